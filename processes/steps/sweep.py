"""The clock's own work: remind, escalate, expire, rebuild ended rights, drop stale drafts."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from viewflow.workflow.status import STATUS

from permissions.grants import resync
from processes.audit.models import Event
from processes.audit.trail import record
from processes.cases.announce import announce_on_commit
from processes.cases.drafts import drop_stale_drafts
from processes.cases.models import Case, CaseTask, Clock
from processes.cases.rules import rules_of
from processes.cases.transition import any_follow, follow_editions
from processes.cases.workdays import add
from processes.notices.deadlines import tell_of_deadline
from processes.notices.kinds import Kind
from processes.notices.writers import tell_of
from processes.organisation.lookups import NotSetUp
from processes.rules import NoEdition
from processes.steps.actions import put_back
from processes.steps.automatic import TERM_TIMER, WHEN_DUE
from processes.steps.lapsing import remind_of_papers
from processes.steps.many import Consult, flag
from processes.steps.passing_on import pass_on, waiting_with_heads
from processes.steps.standing_in import stands_in
from processes.steps.until import stop_by

log = logging.getLogger(__name__)


@dataclass
class Swept:
    """How much a sweep did."""

    reminded: int = 0
    escalated: int = 0
    expired: int = 0
    released: int = 0
    followed: int = 0
    opened: int = 0
    dropped: int = 0
    lapsing: int = 0
    passed_on: int = 0
    #: What could not be done, with why; it is tried again at the next sweep.
    failed: list[str] = field(default_factory=list)

    @contextmanager
    def apart(self, what: Any) -> Iterator[None]:
        """Let what goes wrong with one thing stop no other: a sweep serves everybody."""
        try:
            yield
        except Exception as error:
            log.exception("The sweep could not do: %s", what)
            self.failed.append(f"{what}: {error}")


def sweep(on: date) -> Swept:
    """Fire every timer that is due on that day; firing twice does nothing twice."""
    done = Swept()
    clocks = Clock.objects.filter(stopped_on__isnull=True, paused_on__isnull=True)
    clocks = clocks.order_by("due_on", "pk")
    for pk, case_id, code in clocks.values_list("pk", "case", "case__code"):
        with done.apart(code):
            _look_at(pk, case_id, on, done)
    with done.apart("resync"):
        resync()
    _release(done)
    for case_id, task_id, code in waiting_with_heads():
        with done.apart(code):
            done.passed_on += pass_on(case_id, task_id)
    _follow(on, done)
    with done.apart("drafts"):
        done.dropped = drop_stale_drafts()
    with done.apart("papers"):
        done.lapsing = remind_of_papers(on)
    return done


def _release(done: Swept) -> None:
    """Put tasks back into the queue whose holders have lost the right to them."""
    held = CaseTask.objects.filter(finished__isnull=True, owner__isnull=False, seat="")
    held = held.select_related("owner", "behalf", "entrusted_by", "unit", "process")
    for task in held.iterator():
        with done.apart(task.process):
            if _still_theirs(task):
                continue
            with task.flow_task.flow_class.lock(task.process_id):
                task.refresh_from_db()
                if task.finished is None and task.owner_id is not None:
                    put_back(task)
                    done.released += 1


def _still_theirs(task: CaseTask) -> bool:
    """Whether the holder has the task rightly: by role, as a deputy, or to prepare it."""
    if task.behalf is not None and task.owner is not None:
        return stands_in(task.owner, task.behalf, task)
    return task.flow_task.entitled(task.entrusted_by or task.owner, task)


def _follow(on: date, done: Swept) -> None:
    """Put open cases of ended editions under the ones that follow, where these say so."""
    if not any_follow():
        return
    for case in Case.objects.filter(finished__isnull=True).iterator():
        with done.apart(case), case.flow_class.lock(case.pk):
            case.refresh_from_db()
            done.followed += not case.finished and follow_editions(case, on=on)


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
        task.process = clock.case
        task.flow_task.expire(task)
        tell_of(clock.case, by=None)
        done.expired += 1
        return
    if stop_by(clock):
        tell_of(clock.case, by=None)
        announce_on_commit(clock.case)
        done.expired += 1
        return
    if clock.escalated_on is None:
        _escalate(clock, on)
        done.escalated += 1
    if clock.rule in WHEN_DUE and _started(clock, on):
        done.opened += 1


def _started(clock: Clock, on: date) -> bool:
    """Let a procedure begin; what stands in its way today may be gone tomorrow."""
    try:
        with transaction.atomic():
            WHEN_DUE[clock.rule](clock)
    except (ValidationError, NotSetUp, NoEdition):
        return False
    clock.stopped_on = on
    clock.save(update_fields=["stopped_on"])
    return True


def _escalate(clock: Clock, on: date) -> None:
    clock.escalated_on = on
    clock.save(update_fields=["escalated_on"])
    if clock.rule != TERM_TIMER:
        flag(clock.case, "late")
    _record(Event.ESCALATED, clock)
    tell_of_deadline(Kind.ESCALATION, clock)


def _remind(clock: Clock, on: date) -> None:
    clock.reminded_on = on
    clock.save(update_fields=["reminded_on"])
    _record(Event.REMINDED, clock)
    tell_of_deadline(Kind.REMINDER, clock)


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
