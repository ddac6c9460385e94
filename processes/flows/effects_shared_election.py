"""What else changes when an election that several cases share is over, or one of them leaves it."""

from typing import Any

from processes.cases.models import Case
from processes.flows import choices_nomination as who
from processes.flows import shared_elections as shared
from processes.steps.base import StepActivation

Facts = dict[str, Any] | None


def election_held(activation: StepActivation, *, outcome: str, **_said: Any) -> Facts:
    """Where nobody is elected, the cases that wait for this election are told at once."""
    if outcome == "none":
        shared.tell(activation.process, set())
    return None


def election_decided(case: Case) -> str:
    """Whether the nominee is elected; each case that waits hears the same of its own."""
    shared.tell(case, {cadre.pk for cadre in who.elected(case)})
    return who.result(case)


def election_left(activation: StepActivation, **_said: Any) -> Facts:
    """A case whose nominee is on the list no more draws up a list of its own."""
    case = activation.process
    other = Case.objects.get(pk=case.facts["stands_in"])
    shared.check_left(case, [] if other.finished else who.the_list(other).get("people", []))
    case.facts.pop("stands_in")
    case.save(update_fields=["facts"])
    return {"left": other.pk}
