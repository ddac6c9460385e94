"""The log of events for tools of process mining: what was done in which case, by whom and when.

The names of activities are those of the tasks in the BPMN of the procedure, so that a tool can
lay one over the other. What gives no activity there (gateways, ends, the start) gives none here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import Prefetch, QuerySet
from viewflow.workflow.status import STATUS

from processes.audit.models import AuditEntry
from processes.cases.models import Case, CaseTask
from processes.dossiers.models import Document
from processes.figures.rolling import DEVIATIONS
from processes.flows import procedure_name
from processes.steps.automatic import CaseEnd, Gateway, Timer
from processes.steps.base import Row
from processes.steps.many import Consult

#: How many cases are in memory at a time.
PORTION = 200


@dataclass(frozen=True)
class LoggedEvent:
    """One thing that happened: a step that was concluded, or a deviation."""

    id: str
    kind: str
    name: str
    at: datetime
    begun: datetime | None = None
    step: str = ""
    outcome: str = ""
    unit: int | None = None
    person: int | None = None
    #: Whether several organs did it side by side; their events are one activity of the model.
    many: bool = False


@dataclass(frozen=True)
class LoggedCase:
    """A case with everything that happened in it, in the order of time."""

    case: Case
    procedure: str
    events: list[LoggedEvent]
    documents: list[Document]


def logged(cases: QuerySet[Case]) -> Iterator[LoggedCase]:
    """The cases with their events, a portion in memory at a time."""
    tasks = CaseTask.objects.filter(status=STATUS.DONE, seat="").order_by("finished", "pk")
    entries = AuditEntry.objects.filter(event__in=DEVIATIONS).order_by("seq")
    numbers = iter(list(cases.order_by("pk").values_list("pk", flat=True)))
    while portion := list(islice(numbers, PORTION)):
        yield from map(_logged, Case.objects.filter(pk__in=portion).order_by("pk").prefetch_related(
            Prefetch("task_set", tasks, to_attr="done"),
            Prefetch("entries", entries, to_attr="befallen"),
            Prefetch("documents", Document.objects.order_by("pk"), to_attr="kept"),
        ))  # fmt: skip


def _logged(case: Any) -> LoggedCase:
    events = [event for task in case.done if (event := _of_task(task))]
    events += [_of_entry(entry) for entry in case.befallen]
    events.sort(key=lambda event: event.at)
    return LoggedCase(case, procedure_name(case.flow_class), events, case.kept)


def _of_task(task: CaseTask) -> LoggedEvent | None:
    row: Row | None = task.flow_task
    if row is None or isinstance(row, Gateway | Timer) or (
        isinstance(row, CaseEnd) and not row.starts
    ):  # fmt: skip
        return None
    name = str(row.task_title) if isinstance(row, CaseEnd) else f"{row.code} {row.task_title}"
    return LoggedEvent(
        id=f"task-{task.pk}", kind="step", name=name, at=task.finished,
        begun=task.assigned or task.created, step=row.name, outcome=task.outcome,
        unit=task.unit_id, person=task.owner_id, many=isinstance(row, Consult),
    )  # fmt: skip


def _of_entry(entry: AuditEntry) -> LoggedEvent:
    return LoggedEvent(
        id=f"entry-{entry.pk}", kind="deviation", name=str(entry.get_event_display()), at=entry.at,
        step=entry.step, outcome=entry.event, unit=entry.unit_id, person=entry.by_id,
    )  # fmt: skip
