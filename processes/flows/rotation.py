"""Rotation of a cadre into one post (luân chuyển): procedures.md 12.6 and section 9."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from viewflow.this_object import this

from permissions.catalogue import Act, Lane
from processes.cases.models import Case
from processes.flows import (
    choices,
    choices_posts,
    choices_rotation,
    effects_placement,
    effects_rotation,
)
from processes.flows.common import Ends
from processes.organisation.positions import Competence
from processes.rotation.checks import ROTATION_CHECKS, ROTATION_WAIVES
from processes.rules.rulebook import Family
from processes.steps import forms_placement, forms_rotation
from processes.steps.automatic import CaseEnd, Gateway, Service
from processes.steps.base import Step
from processes.steps.flow import CaseFlow
from processes.steps.missions import Propose, Report
from processes.steps.until import Until
from processes.steps.vote import ConferenceStep


class RotationFlow(Ends, CaseFlow):
    """Rotation of a cadre; what a citizen would be told stands in its description."""

    process_title = _("Rotation")
    process_description = _(
        "The Organization Committee plans a move into one post; the Standing Committee approves "
        "the plan; units propose people, whose conditions are checked; one of them is chosen, "
        "commented on, talked over with both units and with the cadre, and appraised. The "
        "Standing Committee votes; the decision comes with a mission, which is reviewed each "
        "quarter and year until the term of rotation is over and the Standing Committee decides "
        "on the placement."
    )
    code = "LC"
    action = Competence.Action.ROTATE
    families = (Family.ROTATION, Family.APPOINTMENT)
    dossier = "rotation_dossier"
    started_in = Lane.OC
    start_form = forms_rotation.RotationStartForm
    waived_checks = ROTATION_WAIVES
    further_checks = ROTATION_CHECKS
    first = "plan_rotation"
    rerun_from = "propose_people"
    restart_from = ("plan_rotation", "propose_people", "comment_on_candidate", "appraise")
    votes_again_at = ("plan_rotation", "propose_people")

    # fmt: off
    plan_rotation = (
        Step("e01", _("Plan the rotation"), Lane.OC, Act.PLAN_ROTATION,
             form=forms_rotation.PlanForm)
        .Does(effects_rotation.planned)
        .On("submit", this.decide_plan)
    )
    decide_plan = (
        ConferenceStep("e02", _("Decide on the rotation plan"), Lane.SC, Act.CONDUCT_SC,
                       conference="sc_rotation_plan", motions=("return",))
        .Does(effects_rotation.plan_decided)
        .On("approve", this.propose_people)
        .On("return", this.plan_rotation)
        .On("reject", this.rejected)
        .On("quorum_fail", this.decide_plan)
    )
    propose_people = (
        Propose("e03", _("Propose people"), Lane.SRC_UNIT, Act.ANSWER,
                form=forms_rotation.ProposalForm, deadline="rotation.proposal_deadline")
        .On("all_in", this.check_proposals)
        .On("deadline", this.check_proposals)
    )
    check_proposals = (
        Service("e04", _("Check the people proposed"), effects_rotation.proposals_checked, Lane.OC)
        .On("ok", this.choose_candidate)
        .On("fail", this.nobody_fits)
    )
    nobody_fits = (
        Step("e04x", _("Say what to do when nobody fits"), Lane.OC, Act.CHECK,
             reasons=("check_again", "ask_again", "drop"))
        .Does(effects_rotation.asked_again)
        .On("check_again", this.check_proposals)
        .On("ask_again", this.propose_people)
        .On("drop", this.rejected)
    )
    choose_candidate = (
        Step("e04c", _("Choose the candidate"), Lane.OC, Act.CHECK,
             form=forms_rotation.CandidateForm, reasons=("pick", "none"))
        .Among(choices.roster)
        .Does(effects_rotation.candidate_chosen)
        .On("pick", this.comment_on_candidate)
        .On("none", this.nobody_fits)
    )
    comment_on_candidate = (
        Step("e05", _("Comments and political conclusion"), Lane.SRC_PARTY, Act.COMMENT,
             form=forms_rotation.ConclusionForm)
        .Does(effects_rotation.commented)
        .On("in", this.hear_both_units)
    )
    hear_both_units = (
        Step("e06", _("Hear source and destination"), Lane.OC, Act.CHECK,
             form=forms_rotation.HearingForm, reasons=("differ",))
        .Does(effects_rotation.both_heard)
        .On("ok", this.meet_cadre)
        .On("differ", this.meet_cadre)
    )
    meet_cadre = (
        Step("e07", _("Meet the cadre"), Lane.OC, Act.CHECK,
             form=forms_rotation.MeetingForm, reasons=("objection",))
        .Does(effects_rotation.cadre_met)
        .On("ok", this.appraise)
        .On("objection", this.appraise)
    )
    appraise = (
        Step("e08", _("Appraise"), Lane.OC, Act.APPRAISE, form=forms_rotation.MissionForm,
             deadline="deadlines.appraisal", reasons=("not_recommended",))
        .Does(effects_rotation.rotation_appraised)
        .On("recommend", this.decide_rotation)
        .On("not_recommended", this.decide_rotation)
    )
    decide_rotation = (
        ConferenceStep("e09", _("The Standing Committee votes on the rotation"), Lane.SC,
                       Act.CONDUCT_SC, conference="sc_rotation", candidates=choices.candidate,
                       motions=("return",))
        .Before(effects_rotation.ready_for_rotation)
        .On("approve", this.sign_rotation)
        .On("return", this.appraise)
        .On("reject", this.rejected)
        .On("quorum_fail", this.decide_rotation)
    )
    sign_rotation = (
        Step("e10", _("Sign the decision and the mission order"), Lane.SEC, Act.SIGN)
        .Does(effects_rotation.rotation_signed)
        .On("issued", this.issuing_authority)
    )
    issuing_authority = (
        Gateway("e10g", _("Which authority issues the decision"), choices.authority, Lane.OC)
        .On("party_post", this.receive_cadre)
        .On("state_post", this.state_decision)
    )
    state_decision = (
        Step("e10s", _("Issue the State decision"), Lane.PCOM, Act.ISSUE)
        .Does(effects_rotation.state_issued)
        .On("issued", this.receive_cadre)
    )
    receive_cadre = (
        Step("e11", _("Receive the cadre"), Lane.DST_UNIT, Act.HEAD_DECIDE,
             form=forms_placement.ReceptionForm)
        .In(choices_rotation.head_of_destination)
        .Among(choices_posts.outside_source)
        .Does(effects_placement.cadre_received)
        .On("done", this.report_on_mission)
    )
    report_on_mission = (
        Report("e12", _("Report on the mission"), Lane.DST_UNIT, Act.ANSWER,
               form=forms_placement.ReportForm, deadline="rotation.report_deadline")
        .Does(effects_placement.mission_reported)
        .Stops("rotation.min_months", "term_ended")
        .Stops("recall", "recalled")
        .On("submit", this.review_mission)
        .On("term_ended", this.rotation_over)
        .On("recalled", this.rotation_over)
    )
    review_mission = (
        Until("e12r", _("Review the mission"), Lane.OC, Act.CHECK,
              form=forms_placement.ReviewForm,
              reasons=("finding_conflict_avoidance", "finding_isolation"))
        .Does(effects_placement.mission_reviewed)
        .Stops("rotation.min_months", "term_ended")
        .Stops("recall", "recalled")
        .On("ok", this.report_on_mission)
        .On("finding_conflict_avoidance", this.report_on_mission)
        .On("finding_isolation", this.report_on_mission)
        .On("term_ended", this.rotation_over)
        .On("recalled", this.rotation_over)
    )
    rotation_over = (
        Service("e13", _("End of the term of rotation"), choices_rotation.how_it_ended)
        .On("ended", this.evaluate_rotation)
        .On("recalled", this.evaluate_rotation)
    )
    evaluate_rotation = (
        Step("e14", _("Evaluate the rotation and propose a placement"), Lane.SRC_UNIT, Act.ANSWER,
             form=forms_placement.EvaluationForm)
        .Does(effects_placement.rotation_evaluated)
        .On("submit", this.propose_placement)
    )
    propose_placement = (
        Step("e14c", _("Propose the placement"), Lane.OC, Act.APPRAISE,
             form=forms_placement.PlacementForm)
        .Does(effects_placement.placement_proposed)
        .On("submit", this.decide_placement)
    )
    decide_placement = (
        ConferenceStep("e15", _("The Standing Committee decides on the placement"), Lane.SC,
                       Act.CONDUCT_SC, conference="sc_placement", candidates=choices.candidate,
                       motions=("return",))
        .Refines(choices_rotation.which_placement)
        .Does(effects_placement.placement_decided)
        .On("stay_local", this.rotation_ended)
        .On("go_home", this.start_appointment)
        .On("promote", this.start_appointment)
        .On("reject", this.propose_placement)
        .On("return", this.propose_placement)
        .On("quorum_fail", this.decide_placement)
    )
    start_appointment = (
        Service("e15a", _("Start the appointment to the next post"),
                effects_placement.appointment_started)
        .On("started", this.rotation_ended)
        .On("not_started", this.rotation_ended)
    )
    rotation_ended = CaseEnd("END", _("Rotation ended, placement decided"), "placed")
    # fmt: on

    @classmethod
    def opened(cls, case: Case) -> None:
        """The move counts as a line of its scheme from the day on which its case begins."""
        effects_rotation.counted(case)

    @classmethod
    def told(cls, case: Case) -> list[tuple[Any, str]]:
        """The plan, who was proposed, what was said, and the placement."""
        return choices_rotation.told(case)
