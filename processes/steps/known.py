"""What the guard of a task asks besides roles and kin, read in one statement."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef

from permissions.compiled import Compiled
from permissions.models import User
from processes.cases.models import CaseTask, Hold
from processes.steps.bars import own_papers


@dataclass(frozen=True)
class Known:
    """Whether the case is on hold, and whether the person prepared what the task approves."""

    on_hold: bool
    own_papers: bool

    @classmethod
    def of(cls, user: User | AnonymousUser, task: CaseTask) -> Self:
        """Ask for one person and one task."""
        ((on_hold, own),) = _asked(task.act)(task=task.pk, person=user.pk or 0)
        return cls(bool(on_hold), bool(own))

    @staticmethod
    def questions(person: int | None, act: str) -> dict[str, Any]:
        holds = Hold.objects.filter(case=OuterRef("process"), ended_on__isnull=True)
        return {
            "on_hold": Exists(holds),
            "own_papers": Exists(own_papers(person, OuterRef("process"), act)),
        }


@cache
def _asked(act: str) -> "Compiled[tuple[bool, bool]]":
    """The questions about one task, as they are asked for this act."""
    return Compiled(
        lambda task, person: (
            CaseTask.objects.filter(pk=task)
            .annotate(**Known.questions(person, act))
            .values_list("on_hold", "own_papers")
        ),
        task=int,
        person=int,
    )
