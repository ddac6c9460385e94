"""What the demo does not show yet: steps where no case stands, and ends that none has come to."""

from collections.abc import Iterable, Iterator

from processes.cases.models import Case, CaseTask
from processes.flows import FLOWS
from processes.steps.automatic import CaseEnd
from processes.steps.flow import CaseFlow


def unshown(flow_classes: Iterable[type[CaseFlow]] = ()) -> list[str]:
    """Steps of people and ends without a case, as `procedure: row`; by default everywhere."""
    return sorted(
        f"{flow_class.__name__}: {name}"
        for flow_class in flow_classes or FLOWS.values()
        for name in _unshown(flow_class)
    )


def _unshown(flow_class: type[CaseFlow]) -> Iterator[str]:
    tasks = CaseTask.objects.filter(process__flow_class=flow_class, finished__isnull=True)
    stands = {task.flow_task.name for task in tasks.only("flow_task", "process")}
    ended = Case.objects.filter(flow_class=flow_class, finished__isnull=False)
    outcomes = set(ended.values_list("outcome", flat=True))
    for row in flow_class.rows():
        if isinstance(row, CaseEnd):
            shown = row.outcome in outcomes
        else:
            shown = not row.act or row.name in stands
        if not shown:
            yield row.name
