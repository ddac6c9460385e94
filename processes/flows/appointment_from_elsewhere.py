"""Appointment from elsewhere (bổ nhiệm, nguồn nhân sự từ nơi khác): procedures.md 12.2."""

from django.utils.translation import gettext_lazy as _
from viewflow.this_object import this

from permissions.catalogue import Act, Lane
from processes.cases.models import Case
from processes.flows import choices, choices_posts, effects_posts
from processes.flows import effects_elsewhere as effects
from processes.flows.common import Decision
from processes.organisation.positions import Competence
from processes.steps import forms_elsewhere as forms
from processes.steps import forms_posts
from processes.steps.automatic import Service
from processes.steps.base import Step
from processes.steps.flow import CaseFlow
from processes.steps.forms import HeadForm
from processes.steps.vote import ConferenceStep


class AppointmentFromElsewhereFlow(Decision, CaseFlow):
    """Appointment from elsewhere; what a citizen would be told stands in its description."""

    process_title = _("Appointment from elsewhere")
    process_description = _(
        "The Organization Committee names somebody who works in another unit. It hears the "
        "receiving unit; the leadership that the edition names votes; the unit where the person "
        "works sends its evaluation and the dossier; the person is met; the case is appraised "
        "with every differing opinion, and goes to the Standing Committee."
    )
    code = "BNN"
    action = Competence.Action.APPOINT
    dossier = "external"
    started_in = Lane.OC
    start_form = forms.PersonStartForm
    candidate_is_named = True
    first = "approve_need"
    rerun_from = "collective_vote"
    supplement_to = "send_evaluation"
    restart_from = ("approve_need", "collective_vote", "send_evaluation")
    new_round_at = ("approve_need", "collective_vote")

    @classmethod
    def opened(cls, case: Case) -> None:
        """Keep where the person works, and check them for the post."""
        effects.person_named(case)

    # fmt: off
    approve_need = (
        Step("b01", _("Approve the need"), Lane.OC, Act.APPRAISE, reasons=("reject",))
        .Does(effects.need_approved)
        .On("approve", this.hear_receiving_unit)
        .On("reject", this.rejected)
    )
    hear_receiving_unit = (
        Step("b02", _("Hear the receiving unit"), Lane.DST_UNIT, Act.PREPARE,
             form=forms.HearingForm)
        .Does(effects.receiving_unit_heard)
        .On("agree", this.collective_vote)
        .On("differ", this.collective_vote)
    )
    collective_vote = (
        ConferenceStep("b03", _("The leadership votes on the person"), Lane.SRC_UNIT, Act.CONDUCT,
                       conference="external_vote", candidates=choices.candidate)
        .In(choices.voting_unit)
        .Reads(selected="over50")
        .On("over50", this.send_evaluation)
        .On("exactly_50", this.head_rules)
        .On("none", this.report_vote_lost)
        .On("quorum_fail", this.collective_vote)
    )
    head_rules = (
        Step("b03h", _("The head decides at exactly half"), Lane.SRC_HEAD, Act.HEAD_DECIDE,
             form=HeadForm, reasons=("in_favour", "against"))
        .In(choices.head_of_voting_unit)
        .Does(effects.head_ruled)
        .On("in_favour", this.send_evaluation)
        .On("against", this.report_vote_lost)
    )
    report_vote_lost = (
        Step("b03n", _("The vote was not carried"), Lane.OC, Act.CHECK, reasons=("report", "stop"))
        .Does(effects.vote_lost)
        .On("report", this.appraise)
        .On("stop", this.rejected)
    )
    send_evaluation = (
        Step("b04", _("Evaluation and dossier"), Lane.SRC_UNIT, Act.PREPARE,
             form=forms.EvaluationForm)
        .Does(effects.evaluation_sent)
        .On("in", this.meet_person)
    )
    meet_person = (
        Step("b05", _("Meet the person"), Lane.OC, Act.CHECK, form=forms.MeetingForm,
             reasons=("declines",))
        .Does(effects.person_met)
        .On("ok", this.appraise)
        .On("declines", this.withdrawn)
    )
    appraise = (
        Step("b06", _("Appraise"), Lane.OC, Act.APPRAISE, form=forms.AppraisalForm,
             deadline="deadlines.appraisal", reasons=("differ", "supplement", "hold"))
        .Does(effects.opinions_appraised)
        .On("report", this.schedule)
        .On("differ", this.schedule)
        .On("supplement", this.send_evaluation)
        .On("hold", this.held)
    )
    promulgate = (
        Step("a19", _("Promulgate and announce"), Lane.OFFICE, Act.PROMULGATE,
             form=forms_posts.PromulgatePostsForm)
        .Among(choices_posts.outside_source)
        .Does(effects_posts.promulgated)
        .On("done", this.update_record)
    )
    update_record = (
        Service("a20", _("Update the record, set the term's timer"), effects.person_moved)
        .On("updated", this.appointed)
    )
    # fmt: on
