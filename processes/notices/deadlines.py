"""Whom a deadline concerns: who has to act, and once it is over also who answers for them."""

from collections.abc import Iterator

from permissions.catalogue import Act
from permissions.checks import holders, today
from permissions.models import User
from processes.cases.granting import given_time_by, held_by
from processes.cases.lanes import unit_in_lane
from processes.cases.models import Clock
from processes.notices.kinds import Kind
from processes.notices.writers import notify
from processes.organisation.lookups import NotSetUp

#: What only the head of a unit may do: who holds it answers for the unit.
_HEADS = (Act.HEAD_DECIDE, Act.HOLD, Act.CONCLUDE)


def tell_of_deadline(kind: Kind, clock: Clock, *, by: User | None = None) -> None:
    """Tell of a reminder, an escalation or an extension; of each day of a deadline once."""
    if clock.case.finished:
        return
    people = [*_who_act(clock)]
    if kind != Kind.REMINDER:
        people += _who_answer(clock)
    facts = {"rule": clock.rule, "due_on": clock.due_on.isoformat()}
    key = f"{kind}:{clock.pk}:{clock.due_on}"
    notify(kind, people, key=key, by=by, case=clock.case, task=clock.task, facts=facts)


def _who_act(clock: Clock) -> list[User]:
    """The holder of the task, else whoever may take it; of the whole case, who prepares it."""
    task = clock.task
    if task is None:
        return holders(Act.PREPARE, [clock.case.unit_id])
    if task.owner is not None:
        return [task.owner]
    return holders(Act(task.act), [task.unit_id]) if task.act and task.unit_id else []


def _who_answer(clock: Clock) -> Iterator[User]:
    """Heads of the unit, whoever leads the procedure, and whoever may give it more time.

    A unit that is not done in time reports to the competent level, which decides whether the
    time is extended (procedures.md 5.4); that the others are told is design.
    """
    unit = clock.task.unit_id if clock.task else clock.case.unit_id
    for act in _HEADS:
        yield from holders(act, [unit] if unit else [])
    for right in (held_by, given_time_by):
        try:
            act, lane = right(clock.case)
            yield from holders(act, [unit_in_lane(clock.case, lane, on=today()).pk])
        except NotSetUp:  # a province without this organ
            continue
