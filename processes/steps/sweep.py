"""The clock's own work: remind, escalate, expire, and rebuild rights that have ended."""

from dataclasses import dataclass
from datetime import date

from viewflow.workflow.status import STATUS

from permissions.grants import resync
from processes.audit.models import Event
from processes.audit.trail import record
from processes.cases.announce import announce_on_commit
from processes.cases.models import Case, CaseTask, Clock
from processes.cases.rules import rules_of
from processes.cases.workdays import add
from processes.steps.actions import put_back
from processes.steps.automatic import TERM_TIMER
from processes.steps.many import Consult, flag


@dataclass
class Swept:
    """How much a sweep did."""

    reminded: int = 0
    escalated: int = 0
    expired: int = 0
    released: int = 0


def sweep(on: date) -> Swept:
    """Fire every timer that is due on that day; firing twice does nothing twice."""
    done = Swept()
    clocks = Clock.objects.filter(stopped_on__isnull=True, paused_on__isnull=True)
    for pk, case_id in clocks.values_list("pk", "case_id").order_by("due_on", "pk"):
        _look_at(pk, case_id, on, done)
    resync()
    done.released = _release()
    return done


def _release() -> int:
    """Put tasks back into the queue whose holders have lost the right to them."""
    held = CaseTask.objects.filter(finished__isnull=True, owner__isnull=False, seat="")
    released = 0
    for task in held.select_related("owner", "unit", "process").iterator():
        if task.flow_task.entitled(task.owner, task):
            continue
        with task.flow_task.flow_class.lock(task.process_id):
            task.refresh_from_db()
            if task.finished is None and task.owner_id is not None:
                put_back(task)
                released += 1
    return released


def _look_at(clock_id: int, case_id: int, on: date, done: Swept) -> None:
    case = Case.objects.get(pk=case_id)
    with case.flow_class.lock(case_id):
        clock = Clock.objects.select_related("case", "task").get(pk=clock_id)
        if clock.stopped_on or clock.paused_on:
            return
        if on > clock.due_on or (clock.rule == TERM_TIMER and on >= clock.due_on):
            _due(clock, on, done)
        elif clock.reminded_on is None and on >= _remind_on(clock):
            _remind(clock, on)
            done.reminded += 1


def _remind_on(clock: Clock) -> date:
    before = rules_of(clock.case).get("deadlines.reminder_before")
    return clock.due_on if before.value is None else add(clock.due_on, -before.value, before.unit)


def _due(clock: Clock, on: date, done: Swept) -> None:
    task = clock.task
    if task is not None and isinstance(task.flow_task, Consult) and not task.finished:
        task.flow_task.expire(task)
        done.expired += 1
        return
    if clock.escalated_on is not None:
        return
    clock.escalated_on = on
    clock.save(update_fields=["escalated_on"])
    if clock.rule != TERM_TIMER:
        flag(clock.case, "late")
    _record(Event.ESCALATED, clock)
    done.escalated += 1


def _remind(clock: Clock, on: date) -> None:
    clock.reminded_on = on
    clock.save(update_fields=["reminded_on"])
    _record(Event.REMINDED, clock)


def _record(event: Event, clock: Clock) -> None:
    task = clock.task
    open_task = task is not None and task.status not in (STATUS.DONE, STATUS.CANCELED)
    record(
        event,
        by=None,
        case=clock.case,
        unit=task.unit if task else None,
        task=task.pk if task and open_task else None,
        step=task.flow_task.name if task else "",
        facts={"rule": clock.rule, "due_on": clock.due_on.isoformat()},
    )
    announce_on_commit(clock.case)
