"""Reappointment and extension (bổ nhiệm lại, kéo dài thời gian giữ chức vụ): procedures.md 12.3."""

from django.utils.translation import gettext_lazy as _
from viewflow.this_object import this

from permissions.catalogue import Act, Lane
from processes.cases.models import Case, Clock
from processes.flows import choices
from processes.flows import effects_reappointment as effects
from processes.flows.common import Decision
from processes.organisation.positions import Competence
from processes.steps import forms_reappointment as forms
from processes.steps.automatic import TERM_TIMER, WHEN_DUE, CaseEnd, Gateway, Service, Timer
from processes.steps.base import Step
from processes.steps.flow import CaseFlow
from processes.steps.forms import HeadForm
from processes.steps.opening import open_case
from processes.steps.own import OwnStep
from processes.steps.vote import ConferenceStep


class ReappointmentFlow(Decision, CaseFlow):
    """Reappointment and extension; what a citizen would be told stands in its description."""

    process_title = _("Reappointment and extension")
    process_description = _(
        "Some time before a term ends its holder is told; they report on themselves, the key "
        "cadres are consulted, the head evaluates, the leadership votes; the case is appraised "
        "and decided before the term ends. Close to retirement the term is extended instead. "
        "Whoever is not reappointed gets other work."
    )
    code = "BNL"
    action = Competence.Action.APPOINT
    dossier = "reappointment"
    started_in = Lane.OC
    start_form = forms.HolderStartForm
    candidate_is_named = True
    #: What is asked of a holder: R377 Điều 40 (S51), R80 Điều 24 (S50).
    waived_checks = frozenset({"in_planning", "min_time_in_post", "age_full_term"})
    first = "notice_due"
    rerun_from = "choose_conference"
    supplement_to = "appraise"
    restart_from = ("choose_conference", "leadership_vote")
    new_round_at = ("choose_conference", "leadership_vote")

    @classmethod
    def opened(cls, case: Case) -> None:
        """Keep which term it is about, and until when the decision is due."""
        effects.term_found(case)

    # fmt: off
    notice_due = (
        Timer("c01", _("The notice is due"), effects.notice_fired)
        .On("fire", this.notify)
    )
    notify = (
        Step("c02", _("Notify the holder"), Lane.OC, Act.CHECK, form=forms.NoticeForm)
        .Does(effects.notified)
        .On("notified", this.self_report)
        .On("under_2_years", this.extend)
    )
    extend = (
        Step("c02x", _("Extension to retirement"), Lane.OC, Act.CHECK)
        .On("extend", this.self_report)
    )
    self_report = (
        OwnStep("c03", _("Report of self-assessment"), Lane.CAND, Act.PREPARE,
                form=forms.SelfReportForm, deadline="deadlines.self_report")
        .Does(effects.self_reported)
        .On("in", this.choose_conference)
    )
    choose_conference = (
        Gateway("c03g", _("Reappointment or extension"), effects.kind_of)
        .On("reappointment", this.key_conference)
        .On("extension", this.head_evaluates)
    )
    key_conference = (
        ConferenceStep("c04", _("Key cadres are consulted"), Lane.KEY, Act.CONDUCT,
                       conference="reappointment_key", candidates=choices.candidate)
        .Refines(effects.key_threshold)
        .On("counted", this.head_evaluates)
        .On("below", this.report_not_reappointed)
        .On("quorum_fail", this.key_conference)
    )
    head_evaluates = (
        Step("c05", _("The head evaluates"), Lane.UNIT_HEAD, Act.HEAD_DECIDE,
             form=forms.HeadEvaluationForm)
        .In(effects.evaluator)
        .Does(effects.head_evaluated)
        .On("evaluated", this.leadership_vote)
    )
    leadership_vote = (
        ConferenceStep("c06", _("The leadership votes on the term"), Lane.UNIT, Act.CONDUCT,
                       conference="reappointment_vote", candidates=choices.candidate)
        .Before(effects.ready_for_vote)
        .Does(effects.leadership_voted)
        .Reads(selected="over50", none="below")
        .On("over50", this.appraise)
        .On("exactly_50", this.head_rules)
        .On("below", this.report_not_reappointed)
        .On("quorum_fail", this.leadership_vote)
    )
    head_rules = (
        Step("c06h", _("The head decides at exactly half"), Lane.UNIT_HEAD, Act.HEAD_DECIDE,
             form=HeadForm, reasons=("in_favour", "against"))
        .In(effects.evaluator)
        .Does(effects.head_ruled)
        .On("in_favour", this.appraise)
        .On("against", this.report_not_reappointed)
    )
    report_not_reappointed = (
        Step("c06n", _("Not reappointed"), Lane.OC, Act.CHECK, reasons=("report",))
        .On("report", this.reassign)
    )
    appraise = (
        Step("c07", _("Appraise"), Lane.OC, Act.APPRAISE, form=forms.AppraisalForm,
             deadline="deadlines.appraisal", reasons=("not_recommended", "hold"))
        .Does(effects.reappointment_appraised)
        .On("recommend", this.schedule)
        .On("not_recommended", this.schedule)
        .On("hold", this.held)
    )
    reassign = (
        Step("c08", _("Decide on other work"), Lane.SC, Act.RESOLVE, form=forms.ReassignForm)
        .Does(effects.other_work)
        .On("recorded", this.reassigned)
    )
    update_record = (
        Service("a20", _("Update the record, set the term's timer"), effects.term_renewed)
        .On("updated", this.reappointed)
        .On("extended", this.extended)
    )
    appointed = None  # type: ignore[assignment]  # ends with a name of its own
    reappointed = CaseEnd("END", _("Reappointed"), "reappointed")
    extended = CaseEnd("END_x", _("Term extended"), "extended")
    reassigned = CaseEnd("END_n", _("Assigned to other work"), "reassigned")
    # fmt: on


def term_ending(clock: Clock) -> None:
    """Open the reappointment when the notice of a term is due; the clock starts it, nobody else.

    Whoever has left the post, or retires before the term ends, is not reappointed.
    """
    case = clock.case
    if effects.renewable(case.post, case.candidate):
        open_case(
            ReappointmentFlow, by=None, position=case.post, candidate=case.candidate, parent=case
        )


WHEN_DUE[TERM_TIMER] = term_ending
