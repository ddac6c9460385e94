"""One election for several cases: who stands in whose, and what its result says of each.

A committee is elected on one list. The case that draws up the list takes in the nominees of the
others that stand at the same row; these wait there (fact `stands_in`) until the list is voted on.
Whoever draws up a list has locked its case and those that it takes in by their numbers, so that
two cases that reach for each other do not deadlock; the result goes one way only, from the case
with the list to those that wait.
"""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from permissions.catalogue import Act
from permissions.models import User
from processes.cases.announce import announce_on_commit
from processes.cases.models import Case, CaseTask
from processes.steps.bars import bar

#: The rows of the list and of the election of another case, and how they are left without a form.
LIST, WAITING = "election_list", "other_election"
JOINS, WON, LOST = "election.joins", "election.won", "election.lost"


def may_join(case: Case) -> list[Case]:
    """Cases whose nominees may stand on the list of this one: the same unit and title group."""
    others = Case.objects.filter(
        flow_class=case.flow_class, finished__isnull=True, candidate__isnull=False,
        position__unit=case.post.unit_id, position__group=case.post.group_id,
    ).exclude(pk=case.pk)  # fmt: skip
    found = others.exclude(holds__ended_on__isnull=True, holds__isnull=False)
    standing = [other for other in found.order_by("pk") if _stands(other, LIST)]
    return sorted([*standing, *waiting_for(case)], key=lambda other: other.pk)


def waiting_for(case: Case) -> list[Case]:
    """The open cases that wait for the election of this one."""
    found = Case.objects.filter(finished__isnull=True, facts__stands_in=case.pk).order_by("pk")
    return [other for other in found if _stands(other, WAITING)]


def take_in(case: Case, chosen: Iterable[Case], *, by: User) -> None:
    """Let the nominees of these cases stand on the list; raises ValidationError, naming a case."""
    for other in sorted(chosen, key=lambda each: each.pk):
        with other.flow_class.lock(other.pk):
            fresh = Case.objects.get(pk=other.pk)
            if fresh.facts.get("stands_in") == case.pk and _stands(fresh, WAITING):
                continue
            task = _stands(fresh, LIST)
            if task is None:
                raise ValidationError({"cases": _("Case %(code)s has moved on.") % _named(fresh)})
            if reason := bar(by, fresh, Act.RESOLVE):
                raise ValidationError({"cases": f"{fresh.code}: {reason}"})
            fresh.facts = {**fresh.facts, "stands_in": case.pk}
            fresh.save(update_fields=["facts"])
            task.process = fresh
            task.flow_task.expire(task, task.flow_task.stops[JOINS], by=by)
            announce_on_commit(fresh)


def tell(case: Case, elected: set[int]) -> None:
    """The election is over: each case that waits for it goes on to its own end of it."""
    for other in waiting_for(case):
        with other.flow_class.lock(other.pk):
            fresh = Case.objects.get(pk=other.pk)
            task = _stands(fresh, WAITING)
            if task is None:
                continue
            won = fresh.candidate_id in elected
            task.process = fresh
            task.flow_task.expire(task, task.flow_task.stops[WON if won else LOST])
            announce_on_commit(fresh)


def check_standing(case: Case) -> None:
    """Nobody is voted on whose own case is on hold; raises ValidationError."""
    for other in waiting_for(case):
        if other.holds.filter(ended_on__isnull=True).exists():
            raise ValidationError(_("Case %(code)s is on hold; end the hold.") % _named(other))


def check_left(case: Case, people: Iterable[int]) -> None:
    """A case leaves an election that goes on without its nominee; raises ValidationError."""
    if case.candidate_id in people:
        raise ValidationError(
            _("The nominee stands on the list of case %(code)s: the congress lets them go.")
            % _named(Case.objects.get(pk=case.facts["stands_in"]))
        )


def _stands(case: Case, row: str) -> CaseTask | None:
    tasks = CaseTask.objects.filter(
        process=case, flow_task=case.flow_class.instance.node(row), finished__isnull=True
    )
    return tasks.select_related("unit", "process").first()


def _named(case: Case) -> dict[str, str]:
    return {"code": case.code}
