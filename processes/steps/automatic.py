"""Steps that the system takes by itself: services, gateways and ends."""

from collections.abc import Callable, Iterator
from typing import Any

from django.utils import timezone
from viewflow.workflow.activation import Activation
from viewflow.workflow.status import PROCESS, STATUS

from permissions.catalogue import Lane
from permissions.checks import today
from processes.audit.models import Event
from processes.audit.trail import record
from processes.cases.clocks import stop_clocks
from processes.cases.models import Case, CaseTask, Clock
from processes.steps.base import Branching, Row, create_task

#: The deadline that outlives its case: when the notice of reappointment is due.
TERM_TIMER = "reappointment_notice"
#: What the sweep does when a deadline of this rule is due: procedures enter what they start.
WHEN_DUE: dict[str, Callable[[Clock], None]] = {}


class AutomaticActivation(Branching, Activation):
    """A task that is over as soon as it is made."""

    process: Case

    @classmethod
    def create(cls, flow_task: "Service", prev_activation: Activation, token: Any, **extra: Any):  # type: ignore[no-untyped-def]
        """Make the task; nobody takes it."""
        return cls(create_task(flow_task, prev_activation, token))

    @Activation.status.super()
    def activate(self) -> None:
        """Find the outcome and record it."""
        self.task.started = timezone.now()
        self.task.outcome = self.flow_task.choose(self.process)
        record(
            Event.PASSED,
            by=None,
            case=self.process,
            task=self.task.pk,
            step=self.flow_task.name,
            outcome=self.task.outcome,
        )


class Service(Row):
    """Something the system does; the function returns the outcome."""

    kind = "service"
    task_type = "SERVICE"
    bpmn_element = "serviceTask"
    activation_class = AutomaticActivation

    def __init__(
        self, code: str, title: Any, choose: Callable[[Case], str], lane: Lane | None = None
    ) -> None:
        super().__init__(code, title, lane)
        self.choose = choose


class Timer(Service):
    """The clock that begins a procedure: a case opens when it is due."""

    kind = "timer"


class Gateway(Service):
    """A choice that follows from the case itself."""

    kind = "gateway"
    task_type = "GATEWAY"
    bpmn_element = "exclusiveGateway"


class EndActivation(Activation):
    """The end of a case: nothing stays open behind it."""

    process: Case

    @classmethod
    def create(cls, flow_task: "CaseEnd", prev_activation: Activation, token: Any, **extra: Any):  # type: ignore[no-untyped-def]
        """Make the end's task."""
        return cls(create_task(flow_task, prev_activation, token))

    @Activation.status.super()
    def activate(self) -> None:
        """Close the case: open tasks are cancelled, clocks stop, the entry says how it ended."""
        case, now = self.process, timezone.now()
        cancel_open_tasks(case, but=self.task.pk)
        stop_clocks(case, on=today(), but=TERM_TIMER)
        case.holds.filter(ended_on__isnull=True).update(ended_on=today(), outcome="ended")
        case.status, case.finished, case.outcome = PROCESS.DONE, now, self.flow_task.outcome
        case.save(update_fields=["status", "finished", "outcome"])
        record(Event.ENDED, by=None, case=case, step=self.flow_task.name, outcome=case.outcome)

    @Activation.status.transition(source=STATUS.DONE)
    def create_next(self) -> Iterator[Activation]:
        """Nothing follows."""
        return iter(())


class CaseEnd(Row):
    """An end of the procedure, named by its outcome.

    `starts` names the procedure in which the matter goes on: whoever may start it is asked to.
    """

    kind = "end"
    seen_by_all = True
    task_type = "END"
    bpmn_element = "endEvent"
    activation_class = EndActivation

    def __init__(self, code: str, title: Any, outcome: str, *, starts: str = "") -> None:
        super().__init__(code, title)
        self.outcome = outcome
        self.starts = starts


def cancel_open_tasks(case: Case, *, but: int | None = None) -> None:
    """Close every open task of the case without an outcome; what was due of it is due no more."""
    tasks = CaseTask.objects.filter(process=case, finished__isnull=True).exclude(pk=but)
    clocks = case.clocks.filter(task__in=tasks, stopped_on__isnull=True)
    clocks.update(stopped_on=today(), paused_on=None)
    tasks.update(status=STATUS.CANCELED, finished=timezone.now())
