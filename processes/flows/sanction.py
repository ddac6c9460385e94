"""Sanction of a person or a unit (xử lý vi phạm): procedures.md 12.7 x_sanction, section 1."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from viewflow.this_object import this

from permissions.catalogue import Act, Lane
from permissions.checks import today
from processes.cases.models import Case
from processes.flows import choices, effects
from processes.flows import effects_sanction as own
from processes.flows.common import Ends
from processes.inspections.models import InspectionFinding
from processes.organisation.lookups import organ_in_lane
from processes.organisation.people import Discipline
from processes.organisation.unit_notes import UnitNote
from processes.rotation.missions import Finding
from processes.steps import forms, forms_sanction
from processes.steps.automatic import CaseEnd, Service
from processes.steps.base import Step
from processes.steps.flow import CaseFlow
from processes.steps.hold import HoldStep
from processes.steps.many import ConsultNamed
from processes.steps.opening import open_case
from processes.steps.vote import ConferenceStep


class SanctionFlow(Ends, CaseFlow):
    """Sanction of a person or a unit; what a citizen would be told stands in its description."""

    process_title = _("Sanction of a person or a unit")
    process_description = _(
        "A review of a rotation, an inspection, or the Inspection Committee by itself has found a "
        "violation. Whom it concerns explains in writing; the Inspection Committee concludes; "
        "discipline is decided by the Standing Committee's vote and entered in the record."
    )
    code = "XL"
    action = None
    dossier = "sanction"
    started_in = Lane.IC
    start_form = forms_sanction.SanctionStartForm
    about_position = False
    moves_people = False
    bars_its_person = True
    first = "receive_finding"
    rerun_from = "conclude_finding"
    restart_from = ("receive_finding", "conclude_finding")

    # fmt: off
    receive_finding = (
        Step("x01", _("Receive the finding"), Lane.IC, Act.CHECK, reasons=("no_ground",))
        .On("ask", this.explain_finding)
        .On("no_ground", this.rejected)
    )
    explain_finding = (
        ConsultNamed("x02", _("Explain in writing"), Lane.SRC_UNIT, Act.ANSWER,
                     form=forms_sanction.ExplanationForm, deadline="deadlines.explanation")
        .On("all_in", this.conclude_finding)
        .On("deadline", this.conclude_finding)
    )
    conclude_finding = (
        Step("x03", _("Conclude on the finding"), Lane.IC, Act.CONCLUDE,
             form=forms_sanction.ConclusionForm, reasons=("no_violation",))
        .Does(own.concluded)
        .On("no_violation", this.cleared)
        .On("remind", this.record_reminder)
        .On("discipline", this.schedule)
    )
    schedule = (
        Step("x04", _("Put on the agenda"), Lane.STANDING, Act.SCHEDULE,
             form=forms.ScheduleForm, reasons=("return",))
        .Does(effects.scheduled)
        .InBulk()
        .On("scheduled", this.decide_discipline)
        .On("return", this.conclude_finding)
    )
    decide_discipline = (
        ConferenceStep("x05", _("The Standing Committee decides on discipline"), Lane.SC,
                       Act.CONDUCT_SC, conference="sc_sanction", candidates=choices.candidate,
                       motions=("return",))
        .Does(own.sanction_decided)
        .On("approve", this.record_discipline)
        .On("reject", this.rejected)
        .On("return", this.conclude_finding)
        .On("quorum_fail", this.decide_discipline)
    )
    record_discipline = (
        Service("x06", _("Enter the discipline in the record"), own.discipline_recorded)
        .On("recorded", this.disciplined)
    )
    record_reminder = (
        Service("x07", _("Note the reminder"), own.reminder_recorded)
        .On("recorded", this.reminded)
    )
    disciplined = CaseEnd("END", _("Disciplined"), "disciplined")
    reminded = CaseEnd("z_reminded", _("Reminded"), "reminded")
    cleared = CaseEnd("z_cleared", _("No violation"), "cleared")
    held = (
        HoldStep("z_hold", _("On hold"), Lane.IC, Act.HOLD,
                 form=forms.HoldEndForm, reasons=("resume", "restart", "reject"))
        .Does(effects.hold_ended)
        .On("resume", this.held)
        .On("restart", this.conclude_finding)
        .On("reject", this.rejected)
    )
    # fmt: on

    @classmethod
    def told(cls, case: Case) -> list[tuple[Any, str]]:
        """The finding and the conclusion; whom it concerns stands on the page already."""
        found, conclusion = case.facts["finding"], case.facts.get("conclusion", {})
        names = {**dict(UnitNote.Form.choices), **dict(Discipline.Form.choices)}
        return [
            (_("Finding"), str(dict(forms_sanction.KINDS)[found["kind"]])),
            (_("What was found"), found["text"]),
            (_("Document of the finding"), found["basis"]),
            (_("Conclusion"), conclusion.get("text", "")),
            (_("Proposed form of discipline"), str(names.get(conclusion.get("form"), ""))),
        ]


def open_sanction(finding: Finding, *, parent: Case) -> Case:
    """Start the sanction that the finding of a review leads to; the finding keeps its case.

    What it grew out of is told by `parent` alone, to whoever may know of that case: the basis is
    read by everybody who reads the sanction.
    """
    with translation.override("vi"):
        basis = gettext("Review of a rotation, %(period)s") % {"period": finding.review.period}
    said = forms_sanction.about(
        finding.kind, finding.text, basis, cadre=finding.cadre, unit=finding.unit
    )
    finding.sanction = _opened(said, parent)
    finding.save(update_fields=["sanction"])
    return finding.sanction


def open_sanction_of(finding: InspectionFinding, *, number: str) -> Case:
    """The same for a finding that an inspection upholds; `number` is that of its conclusion."""
    basis = f"{number}; {finding.basis}"[:200]
    unit = None if finding.cadre else finding.unit
    said = forms_sanction.about(
        forms_sanction.OTHER, finding.text, basis, cadre=finding.cadre, unit=unit
    )
    finding.sanction = _opened(said, finding.inspection)
    finding.save(update_fields=["sanction"])
    return finding.sanction


def _opened(said: dict[str, Any], parent: Case) -> Case:
    """Opened by nobody: whoever has found it has no say in the Inspection Committee."""
    unit = organ_in_lane(Lane.IC, province=parent.province, on=today())
    return open_case(
        SanctionFlow, by=None, unit=unit, parent=parent, secrecy=parent.secrecy, **said
    )
