"""What else changes in an inspection: cases taken in, requests sent, the conclusion signed."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from permissions.catalogue import Lane
from permissions.checks import today
from permissions.models import User
from processes.cases.models import Case, Opinion
from processes.dossiers.drawing import draw
from processes.dossiers.numbering import take_number
from processes.flows.keeping import remember
from processes.inspections.models import InspectionFinding, parts
from processes.inspections.queries import pending
from processes.inspections.writers import add_cases
from processes.organisation.lookups import organ_in_lane
from processes.steps.base import StepActivation

Facts = dict[str, Any] | None


def cases_taken_in(case: Case) -> None:
    """Keep the cases that the inspection was opened over."""
    cases = Case.objects.filter(pk__in=case.facts["cases"]).order_by("pk")
    add_cases(case, cases, by=case.opened_by)


def examined(activation: StepActivation, *, outcome: str, **_said: Any) -> Facts:
    """Requests that are written are sent, all at once; without one nobody is asked."""
    case, waiting = activation.process, pending(activation.process)
    if outcome != "ask":
        if waiting.exists():
            raise ValidationError(
                {"outcome": _("Requests for explanation are written and not sent; send them.")}
            )
        return None
    numbers = list(waiting.values_list("pk", flat=True))
    if not numbers:
        raise ValidationError(
            {"outcome": _("Write on the page of the inspection first what a unit is to explain.")}
        )
    times = int(case.facts.get("asked", 0)) + 1
    waiting.update(sent_on=today(), round=times)
    remember(case, asked=times)
    return {"requests": numbers}


def drafted(
    activation: StepActivation,
    *,
    by: User,
    outcome: str,
    text: str,
    upheld: Mapping[int, bool],
    **_said: Any,
) -> Facts:
    """Keep the draft, and which findings it upholds."""
    case = activation.process
    if outcome == "submit":
        for finding in InspectionFinding.objects.filter(inspection=case):
            finding.upheld = upheld[finding.pk]
            finding.save(update_fields=["upheld"])
    remember(case, drafted={"text": text, "by": by.pk})
    return None


def signed_off(activation: StepActivation, *, by: User, outcome: str, **_said: Any) -> Facts:
    """The conclusion is drawn up under its number, as a second inspector signs it."""
    if outcome != "signed":
        return None
    case = activation.process
    organ = organ_in_lane(Lane.IC, province=case.province, on=today())
    number = take_number(organ, "KL", on=today())
    remember(case, signed={"number": number, "by": by.pk, "on": today().isoformat()})
    document = draw(
        case, "inspection_conclusion", by=by, context=_wording(case), number=number, organ=organ
    )
    return {"number": number, "document": document.sha256}


def followed_up(case: Case) -> str:
    """Findings that are upheld and that a sanction is to follow begin one, each once."""
    from processes.flows.sanction import open_sanction_of

    upheld = InspectionFinding.objects.filter(inspection=case, upheld=True)
    wanted = upheld.filter(to_sanction=True, sanction__isnull=True).order_by("pk")
    for finding in wanted.select_related("unit", "cadre__unit", "inspection__province"):
        open_sanction_of(finding, number=case.facts["signed"]["number"])
    return "found" if upheld.exists() else "nothing"


def _wording(case: Case) -> dict[str, Any]:
    """What the conclusion tells, in Vietnamese whoever's language the page is in."""
    held = parts(case)
    draft = case.facts["drafted"]
    answers = Opinion.objects.filter(case=case).select_related("unit").order_by("pk")
    with translation.override("vi"):
        return {
            "since": date_format(case.opened_on, "d/m/Y"),
            "number_of_cases": len(held["cases"]),
            "cases": [f"{row.case.code}, {row.case.title}" for row in held["cases"]],
            "conclusion_text": draft["text"],
            "findings": [_finding(row) for row in held["findings"] if row.upheld],
            "answers": [f"{one.unit}: {one.text}" for one in answers],
            "recommendations": [_recommended(row) for row in held["recommendations"]],
            "drafted_by": User.objects.get(pk=draft["by"]).get_full_name(),
        }


def _finding(row: Any) -> str:
    whom = f"{row.cadre}, {row.unit}" if row.cadre else str(row.unit)
    about = f" ({row.case.code})" if row.case else ""
    return f"{whom}{about}: {row.text} Căn cứ: {row.basis}. Mức độ: {row.get_level_display()}."


def _recommended(row: Any) -> str:
    until = f" Thời hạn: {row.due_on:%d/%m/%Y}." if row.due_on else ""
    return f"{row.unit}: {row.text}{until}"
