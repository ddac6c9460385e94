"""What else changes in a round of comments: the day set, the answers kept, the synthesis drawn."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import translation

from permissions.checks import today
from permissions.models import User
from processes.cases.models import Case
from processes.dossiers.drawing import draw
from processes.dossiers.numbering import take_number
from processes.flows.keeping import complete, organ, remember
from processes.organisation.units import Unit
from processes.steps.base import StepActivation
from processes.steps.forms_consultation import comments_of

Facts = dict[str, Any] | None


def draft_sent(activation: StepActivation, *, answer_by: date, **_said: Any) -> Facts:
    """The draft lies in the dossier; the day until which comments are awaited is kept."""
    complete(activation.process, "y01")
    remember(activation.process, answer_by=answer_by.isoformat())
    return None


def synthesised(
    activation: StepActivation, *, by: User, synthesis: str, answers: Mapping[int, str], **_s: Any
) -> Facts:
    """Each comment keeps its answer, and the synthesis is drawn up with all of them."""
    case = activation.process
    for comment in comments_of(case):
        comment.answer = answers[comment.pk]
        comment.save(update_fields=["answer"])
    remember(case, synthesis=synthesis)
    number = take_number(organ(activation), "BC", on=today())
    context = _wording(case) | {"synthesis": synthesis}
    document = draw(case, "opinions_synthesis", by=by, context=context, number=number)
    return {"number": number, "document": document.sha256}


def _wording(case: Case) -> dict[str, Any]:
    """Who was asked, who answered what, and who did not."""
    asked = Unit.objects.filter(pk__in=case.facts["asked"]).order_by("name", "pk")
    comments = comments_of(case)
    heard = {comment.unit_id for comment in comments}
    with translation.override("vi"):
        told = [
            {
                "unit": str(comment.unit),
                "stand": str(comment.get_stand_display()),
                "text": comment.text,
                "answer": comment.answer,
            }
            for comment in comments
        ]
    return {
        "asked": len(asked),
        "answered": len(heard),
        "comments": told,
        "silent": [str(unit) for unit in asked if unit.pk not in heard],
    }
