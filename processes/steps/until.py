"""Steps that stay open until a clock of the case, or a decision from outside, ends them."""

from typing import Any, Self

from django.utils import timezone
from viewflow.workflow.status import STATUS

from permissions.checks import today
from permissions.models import User
from processes.audit.models import Event
from processes.audit.trail import record
from processes.cases.clocks import stop_clocks
from processes.cases.models import Case, CaseTask, Clock
from processes.steps.base import Step


class Until(Step):
    """A step that a clock of the whole case may end: `Stops(rule, outcome)`.

    Nobody chooses these outcomes in the form.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stops: dict[str, str] = {}

    def Stops(self, rule: str, outcome: str) -> Self:
        """Leave by this outcome when the clock of that rule is over."""
        self.stops[rule] = outcome
        return self

    @property
    def chosen(self) -> tuple[str, ...]:
        """The outcomes that a person may choose."""
        return tuple(name for name in self.outcomes if name not in self.stops.values())

    def expire(self, task: CaseTask, outcome: str, *, by: User | None = None) -> None:
        """Leave the step without its form; the entry says who or that the clock did it."""
        record(
            Event.CONCLUDED, by=by, case=task.process, unit=task.unit, task=task.pk,
            step=self.name, outcome=outcome,
        )  # fmt: skip
        stop_clocks(task.process, on=today(), task=task)
        task.outcome, task.status = outcome, STATUS.STARTED
        task.started = task.started or timezone.now()
        self.activation_class(task).execute()


def stoppable(case: Case, rule: str) -> CaseTask | None:
    """The open task that the clock of this rule would end; None where there is none."""
    tasks = CaseTask.objects.filter(process=case, finished__isnull=True).order_by("pk")
    for task in tasks.select_related("unit"):
        task.process = case
        if isinstance(task.flow_task, Until) and rule in task.flow_task.stops:
            return task
    return None


def stop_by(clock: Clock) -> bool:
    """Let a clock that is over end the step that waits for it; whether one did."""
    task = stoppable(clock.case, clock.rule)
    if task is None:
        return False
    clock.stopped_on = today()
    clock.save(update_fields=["stopped_on"])
    task.flow_task.expire(task, task.flow_task.stops[clock.rule])
    return True
