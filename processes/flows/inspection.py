"""Inspection of cases (kiểm tra): no table of the law book; its rows and numbers are design."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from viewflow.this_object import this

from permissions.catalogue import Act, Lane
from permissions.models import User
from processes.cases.models import Case
from processes.flows import effects
from processes.flows import effects_inspection as own
from processes.flows.common import Ends
from processes.steps import forms, forms_inspection
from processes.steps.automatic import CaseEnd, Service
from processes.steps.flow import CaseFlow
from processes.steps.inspecting import ExplainStep, InspectorHold, InspectorStep, why_out_of


class InspectionFlow(Ends, CaseFlow):
    """Inspection of cases; what a citizen would be told stands in its description."""

    process_title = _("Inspection of cases")
    process_description = _(
        "An inspector opens an inspection over cases of the province, notes what is found, and "
        "asks units to explain it. The conclusion with its findings and recommendations is "
        "signed by a second inspector; findings may lead to sanctions."
    )
    code = "KTRA"
    action = None
    dossier = "inspection"
    started_in = Lane.AUDIT
    withdrawn_with = Act.SIGN_OFF
    units_apart = True
    start_form = forms_inspection.InspectionStartForm
    about_position = False
    moves_people = False
    first = "examine_cases"
    rerun_from = "examine_cases"
    restart_from = ("examine_cases", "draft_conclusion")

    # fmt: off
    examine_cases = (
        InspectorStep("k01", _("Examine the cases"), Lane.AUDIT, Act.EXAMINE,
                      form=forms_inspection.ExamineForm)
        .Does(own.examined)
        .On("ask", this.explain_to_inspectors)
        .On("conclude", this.draft_conclusion)
    )
    explain_to_inspectors = (
        ExplainStep("k02", _("Explain to the inspectors"), Lane.UNIT, Act.ANSWER,
                    form=forms_inspection.AnswerForm, deadline="deadlines.inspection_explanation")
        .On("all_in", this.draft_conclusion)
        .On("deadline", this.draft_conclusion)
    )
    draft_conclusion = (
        InspectorStep("k03", _("Draft the conclusion"), Lane.AUDIT, Act.EXAMINE,
                      form=forms_inspection.DraftForm)
        .Does(own.drafted)
        .On("submit", this.sign_conclusion)
        .On("examine", this.examine_cases)
    )
    sign_conclusion = (
        InspectorStep("k04", _("Sign off the conclusion"), Lane.AUDIT, Act.SIGN_OFF,
                      form=forms_inspection.SignOffForm, reasons=("return",))
        .Does(own.signed_off)
        .On("signed", this.follow_up_findings)
        .On("return", this.draft_conclusion)
    )
    follow_up_findings = (
        Service("k05", _("Start what the findings lead to"), own.followed_up)
        .On("found", this.inspected)
        .On("nothing", this.nothing_found)
    )
    inspected = CaseEnd("END", _("Inspection concluded"), "inspected")
    nothing_found = CaseEnd("z_nothing", _("Nothing found"), "nothing_found")
    held = (
        InspectorHold("z_hold", _("On hold"), Lane.AUDIT, Act.EXAMINE,
                      form=forms.HoldEndForm, reasons=("resume", "restart", "reject"))
        .Does(effects.hold_ended)
        .On("resume", this.held)
        .On("restart", this.examine_cases)
        .On("reject", this.rejected)
    )
    # fmt: on

    @classmethod
    def keeps_out(cls, user: User, case: Case, act: str) -> str:
        """Relatives of whom the cases are about, and from a signature whoever worked on it."""
        return why_out_of(user, case, act)

    @classmethod
    def start_act(cls) -> Act:
        """Inspectors open inspections, and nothing else."""
        return Act.EXAMINE

    @classmethod
    def opened(cls, case: Case) -> None:
        """The cases are kept as rows, with an entry; ValidationError where one is closed."""
        own.cases_taken_in(case)

    @classmethod
    def told(cls, case: Case) -> list[tuple[Any, str]]:
        """What everybody may know who takes part: its occasion, and once signed its conclusion."""
        signed = case.facts.get("signed", {})
        return [
            (_("Basis of the inspection"), case.facts["basis"]),
            (_("Conclusion"), case.facts["drafted"]["text"] if signed else ""),
            (_("Number of the conclusion"), signed.get("number", "")),
        ]
