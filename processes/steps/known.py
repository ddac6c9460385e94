"""What the guard of a task asks besides roles and kin, read in one statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef

from permissions.checks import stand_ins_of
from permissions.compiled import Compiled
from permissions.models import User
from processes.cases.bars import closed_cases
from processes.cases.models import CaseTask, Hold
from processes.steps.bars import FOUR_EYES, acts_done, own_papers, own_uploads


@dataclass(frozen=True)
class Known:
    """Whether the case is on hold, and whether the person prepared what the task approves.

    `personal` is what keeps the person out of the case; None where it has not been asked.
    `beside` is the same for those for whom the person stands in, by their numbers.
    """

    on_hold: bool
    own_papers: bool
    personal: str | None = None
    beside: "Mapping[int, Known]" = field(default_factory=dict)

    @classmethod
    def of(cls, user: User | AnonymousUser, task: CaseTask) -> Self:
        """Ask for one person and one task."""
        ((on_hold, own),) = _asked(task.act)(task=task.pk, person=user.pk or 0)
        return cls(bool(on_hold), bool(own))

    @classmethod
    def of_all(cls, user: User, tasks: Sequence[CaseTask]) -> dict[int, Self]:
        """Ask for one person and many tasks, by their numbers, in as many statements as for one."""
        cases = {task.process_id for task in tasks}
        held = Hold.objects.filter(case__in=cases, ended_on__isnull=True)
        on_hold = set(held.values_list("case", flat=True))
        people = {one.principal_id: one.principal for one in stand_ins_of(user)}
        beside = {pk: cls._each(person, tasks, on_hold) for pk, person in people.items()}
        return {
            number: replace(known, beside={pk: found[number] for pk, found in beside.items()})
            for number, known in cls._each(user, tasks, on_hold).items()
        }

    @classmethod
    def _each(cls, user: User, tasks: Sequence[CaseTask], on_hold: set[int]) -> dict[int, Self]:
        done = acts_done(user.pk, {task.process_id for task in tasks})
        closed = closed_cases(user)
        return {
            task.pk: cls(
                task.process_id in on_hold,
                not FOUR_EYES.get(task.act, frozenset()).isdisjoint(done.get(task.process_id, ())),
                None if task.process_id in closed else "",
            )
            for task in tasks
        }

    @staticmethod
    def questions(person: int | None, act: str) -> dict[str, Any]:
        holds = Hold.objects.filter(case=OuterRef("process"), ended_on__isnull=True)
        return {
            "on_hold": Exists(holds),
            "own_papers": _own(person, act),
        }


def _own(person: int | None, act: str) -> Any:
    """Whether the person prepared what the act approves, by a step or by adding a paper."""
    case = OuterRef("process")
    prepared = Exists(own_papers(person, case, act))
    added = own_uploads(person, case, act)
    return prepared if added.query.is_empty() else prepared | Exists(added)


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
