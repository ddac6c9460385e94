"""Deadlines of a case: start, pause, go on, stop; lengths come from the edition."""

from datetime import date

from processes.cases.models import Case, CaseTask, Clock
from processes.cases.workdays import DAY, WORKING_DAY, add, working_days_between
from processes.rules import CaseRules


def new_clock(case: Case, rule: str, *, rules: CaseRules, on: date) -> Clock | None:
    """The deadline that the edition sets under `rule`, not saved yet; None where it sets none."""
    length = rules.get(rule)
    if length.value is None:
        return None
    due = add(on, length.value, length.unit)
    return Clock(case=case, rule=rule, unit=length.unit or "", started_on=on, due_on=due)


def start_clock(case: Case, rule: str, *, rules: CaseRules, on: date) -> Clock | None:
    """Start a deadline of the whole case; that of a step starts with its task."""
    clock = new_clock(case, rule, rules=rules, on=on)
    if clock:
        clock.save()
    return clock


def pause_clocks(case: Case, *, on: date) -> None:
    """Let every running deadline of the case stand still from that day."""
    running(case).update(paused_on=on)


def resume_clocks(case: Case, *, on: date) -> None:
    """Go on: each paused deadline moves by the time that it stood still, in its own unit.

    A deadline that is a day, as one that is set for an election or the end of a term, has no
    unit and stays where it is: what it waits for does not wait for the case.
    """
    for clock in case.clocks.filter(paused_on__isnull=False, stopped_on__isnull=True):
        clock.due_on = _moved(clock, on)
        clock.paused_on = None
        clock.save(update_fields=["due_on", "paused_on"])
        if clock.task_id:
            CaseTask.objects.filter(pk=clock.task_id).update(due_on=clock.due_on)


def _moved(clock: Clock, on: date) -> date:
    """The day on which a paused deadline is due when it goes on; months stand still in days."""
    if not clock.unit or clock.paused_on is None:
        return clock.due_on
    if clock.unit == WORKING_DAY:
        return add(clock.due_on, working_days_between(clock.paused_on, on), WORKING_DAY)
    return add(clock.due_on, (on - clock.paused_on).days, DAY)


def extend_clock(clock: Clock, due_on: date) -> None:
    """Move the day of a deadline and of its task; it is reminded of and escalated anew."""
    clock.due_on, clock.reminded_on, clock.escalated_on = due_on, None, None
    clock.save(update_fields=["due_on", "reminded_on", "escalated_on"])
    if clock.task_id:
        CaseTask.objects.filter(pk=clock.task_id).update(due_on=due_on)


def stop_clocks(
    case: Case, *, on: date, rule: str = "", task: CaseTask | None = None, but: str = ""
) -> None:
    """End deadlines that were met or have lost their object: of a rule, of a task, or all."""
    clocks = case.clocks.filter(stopped_on__isnull=True).exclude(rule=but)
    if rule:
        clocks = clocks.filter(rule=rule)
    if task is not None:
        clocks = clocks.filter(task=task)
    clocks.update(stopped_on=on, paused_on=None)


def running(case: Case):  # type: ignore[no-untyped-def]
    """The case's deadlines that run now."""
    return case.clocks.filter(stopped_on__isnull=True, paused_on__isnull=True)
