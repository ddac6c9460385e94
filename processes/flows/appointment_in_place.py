"""Appointment of staff in place (bổ nhiệm, nguồn nhân sự tại chỗ): procedures.md 12.1."""

from django.utils.translation import gettext_lazy as _
from viewflow.this_object import this

from permissions.catalogue import Act, Lane
from processes.flows import choices, choices_posts, effects, effects_posts
from processes.flows.common import Decision
from processes.organisation.positions import Competence
from processes.steps import forms, forms_posts
from processes.steps.automatic import CaseEnd, Gateway, Service
from processes.steps.base import Step
from processes.steps.flow import CaseFlow
from processes.steps.many import Consult
from processes.steps.vote import ConferenceStep


class AppointmentInPlaceFlow(Decision, CaseFlow):
    """Appointment of staff in place; what a citizen would be told stands in its description."""

    process_title = _("Appointment of staff in place")
    process_description = _(
        "A unit asks for approval in principle, finds its candidate through five conferences and "
        "compiles the dossier; the Organization Committee checks it, hears the organs concerned "
        "and appraises it; the Standing Committee votes; the decision is signed and promulgated."
    )
    code = "BN"
    action = Competence.Action.APPOINT
    first = "request_policy"
    rerun_from = "build_roster"
    supplement_to = "check_dossier"
    restart_from = (
        "request_policy", "conference_1", "conference_3", "conference_5", "assemble_dossier",
    )  # fmt: skip
    new_round_at = ("request_policy", "conference_1")
    by_way_of = {"conference_1": "build_roster"}
    votes_again_at = ("conference_3", "conference_5")

    # fmt: off
    request_policy = (
        Step("a01", _("Request policy approval"), Lane.UNIT, Act.PREPARE,
             form=forms.RequestForm, reasons=("withdraw",))
        .Does(effects.request_made)
        .On("submit", this.check_request)
        .On("withdraw", this.withdrawn)
    )
    check_request = (
        Step("a02", _("Check the request"), Lane.OC, Act.CHECK, reasons=("return",))
        .Does(effects.request_checked)
        .InBulk()
        .On("ok", this.decide_policy)
        .On("return", this.request_policy)
        .On("not_needed", this.build_roster)
    )
    decide_policy = (
        ConferenceStep("a03", _("Decide on the policy"), Lane.SC, Act.CONDUCT_SC,
                       conference="sc_policy", motions=("return",),
                       deadline="deadlines.policy_decision")
        .Does(effects.policy_decided)
        .On("approve", this.build_roster)
        .On("reject", this.rejected)
        .On("return", this.request_policy)
        .On("quorum_fail", this.decide_policy)
    )
    build_roster = (
        Service("a04", _("Build the roster"), effects.roster_built, Lane.UNIT_HR)
        .On("ok", this.conference_1)
        .On("none_eligible", this.report_no_source)
    )
    report_no_source = (
        Step("a04x", _("Report that nobody is eligible"), Lane.UNIT, Act.PREPARE,
             reasons=("external", "close", "redo"))
        .On("external", this.elsewhere)
        .On("close", this.rejected)
        .On("redo", this.build_roster)
    )
    conference_1 = (
        ConferenceStep("a05", _("Conference 1: leadership"), Lane.UNIT, Act.CONDUCT,
                       conference="c1")
        .On("list_passed", this.conference_2)
        .On("redo", this.conference_1)
        .On("quorum_fail", this.conference_1)
    )
    conference_2 = (
        ConferenceStep("a06", _("Conference 2: extended leadership"), Lane.UNIT, Act.CONDUCT,
                       conference="c2", candidates=choices.roster)
        .Reads(over50="counted", top2="counted")
        .On("counted", this.conference_3)
        .On("tie", this.rule_on_tie)
        .On("none", this.report_no_result)
        .On("quorum_fail", this.conference_2)
    )
    conference_3 = (
        ConferenceStep("a07", _("Conference 3: leadership"), Lane.UNIT, Act.CONDUCT,
                       conference="c3", candidates=choices.after_conference_2)
        .Refines(choices.differs_from_conference_2)
        .On("over50", this.conference_4)
        .On("top2", this.conference_4)
        .On("differs", this.conference_4)
        .On("tie", this.rule_on_tie)
        .On("none", this.report_no_result)
        .On("quorum_fail", this.conference_3)
    )
    rule_on_tie = (
        Step("a07r", _("Rule on the tie"), Lane.STANDING, Act.RULE,
             form=forms.RulingForm, reasons=("ruled",))
        .Among(choices.tied)
        .Does(effects.tie_ruled)
        .On("ruled", this.after_ruling)
    )
    after_ruling = (
        Gateway("a07g", _("Which conference was tied"), choices.tie_ruled_on, Lane.STANDING)
        .On("tie_2", this.conference_3)
        .On("tie_3", this.conference_4)
    )
    conference_4 = (
        ConferenceStep("a08", _("Conference 4: key cadres"), Lane.KEY, Act.CONDUCT,
                       conference="c4", candidates=choices.nominees)
        .On("counted", this.committee_opinion)
        .On("quorum_fail", this.conference_4)
    )
    committee_opinion = (
        Step("a09", _("Party committee's opinion"), Lane.UNIT_PARTY, Act.COMMENT,
             form=forms.CommentForm, reasons=("new_issue",))
        .Does(effects.committee_commented)
        .On("clear", this.conference_5)
        .On("new_issue", this.held)
    )
    conference_5 = (
        ConferenceStep("a10", _("Conference 5: leadership"), Lane.UNIT, Act.CONDUCT,
                       conference="c5", candidates=choices.nominees, chooses=True)
        .Before(effects.ready_for_last_conference)
        .Does(effects.candidate_selected)
        .On("selected", this.assemble_dossier)
        .On("exactly_50", this.head_decides)
        .On("none", this.report_no_result)
        .On("quorum_fail", this.conference_5)
    )
    head_decides = (
        Step("a10h", _("The head decides"), Lane.UNIT_HEAD, Act.HEAD_DECIDE,
             form=forms.PickForm, reasons=("pick",))
        .In(choices.head_of_unit)
        .Among(choices.at_half)
        .Does(effects.head_picked)
        .On("pick", this.assemble_dossier)
    )
    report_no_result = (
        Step("a10n", _("Report that nobody was chosen"), Lane.UNIT, Act.PREPARE,
             form=forms.NoResultForm, reasons=("rerun", "stop"))
        .Does(effects.run_again)
        .On("rerun", this.build_roster)
        .On("stop", this.rejected)
    )
    assemble_dossier = (
        Step("a11", _("Assemble the dossier"), Lane.UNIT_HR, Act.PREPARE)
        .Does(effects.dossier_submitted)
        .On("submit", this.check_dossier)
    )
    check_dossier = (
        Step("a12", _("Check the dossier"), Lane.OC, Act.CHECK, reasons=("incomplete",))
        .Does(effects.dossier_checked)
        .On("complete", this.consult_organs)
        .On("incomplete", this.assemble_dossier)
    )
    consult_organs = (
        Consult("a13", _("Consult the organs concerned"), Lane.OC, Act.OPINE,
                form=forms.OpinionForm, deadline="deadlines.organ_reply")
        .On("all_in", this.appraise)
        .On("deadline", this.appraise)
        .On("adverse", this.appraise)
    )
    appraise = (
        Step("a14", _("Appraise"), Lane.OC, Act.APPRAISE, form=forms.AppraisalForm,
             deadline="deadlines.appraisal", reasons=("supplement", "not_recommended", "hold"))
        .Does(effects.appraised)
        .On("recommend", this.schedule)
        .On("not_recommended", this.schedule)
        .On("supplement", this.assemble_dossier)
        .On("hold", this.held)
    )
    promulgate = (
        Step("a19", _("Promulgate and announce"), Lane.OFFICE, Act.PROMULGATE,
             form=forms_posts.PromulgatePostsForm)
        .Among(choices_posts.of_candidate)
        .Does(effects_posts.promulgated)
        .On("done", this.update_record)
    )
    elsewhere = CaseEnd("z_elsewhere", _("Goes on as appointment from elsewhere"), "elsewhere",
                        starts="appointment_from_elsewhere")
    # fmt: on
