"""What else changes in a sanction: the report, the decision, and what the records keep."""

from typing import Any

from django.utils import translation

from permissions.checks import today
from permissions.models import User
from processes.cases.lanes import source_of
from processes.cases.models import Case
from processes.dossiers.drawing import draw
from processes.dossiers.numbering import take_number
from processes.flows.keeping import organ, remember
from processes.organisation.people import Discipline
from processes.organisation.unit_notes import UnitNote
from processes.steps.base import StepActivation

Facts = dict[str, Any] | None

#: What a report proposes that proposes no discipline, in the words of documents.
ENDINGS = {"no_violation": "không có vi phạm, kết thúc", "remind": "nhắc nhở, rút kinh nghiệm"}


def concluded(
    activation: StepActivation, *, by: User, outcome: str, report: str, proposal: str, **_s: Any
) -> Facts:
    """The report is drawn up and numbered; it goes to the Standing Committee with a proposal."""
    case = activation.process
    form = proposal if outcome == "discipline" else ""
    number = take_number(organ(activation), "BC", on=today())
    conclusion = {"outcome": outcome, "text": report, "form": form, "number": number}
    remember(case, conclusion=conclusion)
    context = _wording(case) | {"report": report}
    document = draw(case, "inspection_report", by=by, context=context, number=number)
    return {"number": number, "report": document.sha256}


def sanction_decided(
    activation: StepActivation, *, by: User, outcome: str, meeting: Any = None, **_s: Any
) -> Facts:
    """An approved proposal is a decision of the Standing Committee with its own number."""
    if outcome != "approve":
        return None
    case = activation.process
    number = take_number(organ(activation), "QĐ", on=today())
    remember(case, discipline={"number": number, "on": meeting.held_on.isoformat()})
    document = draw(case, "discipline_decision", by=by, context=_wording(case), number=number)
    return {"number": number, "document": document.sha256}


def discipline_recorded(case: Case) -> str:
    """Enter the discipline of a person, or the note about a unit, with the day of the decision."""
    form, decision = case.facts["conclusion"]["form"], case.facts["discipline"]
    decided_on = today().fromisoformat(decision["on"])
    if case.candidate:
        Discipline.objects.create(
            cadre=case.candidate, form=form, decided_on=decided_on, document=decision["number"]
        )
    else:
        _note(case, form, decided_on, decision["number"])
    return "recorded"


def reminder_recorded(case: Case) -> str:
    """A reminder is no discipline: a unit's is noted, a person's stays in the case."""
    if case.candidate is None:
        _note(case, UnitNote.Form.REMINDER, today(), case.facts["conclusion"]["number"])
    return "recorded"


def _note(case: Case, form: str, on: Any, document: str) -> None:
    text = case.facts["finding"]["text"]
    UnitNote.objects.create(
        unit=source_of(case), form=form, text=text, noted_on=on, document=document
    )


def _wording(case: Case) -> dict[str, Any]:
    """What the documents of a sanction tell, in Vietnamese whoever's language the page is in."""
    conclusion, unit = case.facts["conclusion"], source_of(case)
    names = dict(Discipline.Form.choices if case.candidate else UnitNote.Form.choices)
    with translation.override("vi"):
        name = unit.name_on(today())
        proposal = str(names.get(conclusion["form"], ENDINGS.get(conclusion["outcome"], "")))
    return {
        "accused": f"{case.candidate}, {name}" if case.candidate else name,
        "unit": name,
        "finding": case.facts["finding"]["text"],
        "proposal": proposal,
        "report_number": conclusion["number"],
    }
