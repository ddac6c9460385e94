"""Where a case stands: the rows of its procedure, done, open and still to come."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _
from viewflow.workflow.status import STATUS

from processes.cases.models import Case, CaseTask
from processes.steps.automatic import Gateway
from processes.steps.base import Row
from processes.steps.labels import OUTCOMES


@dataclass(frozen=True)
class State:
    """Done, open or coming: a word, an icon and a class, so that colour says nothing alone."""

    name: str
    label: Any
    icon: str


DONE = State("done", _("done"), "ti-circle-check")
OPEN = State("open", _("open"), "ti-player-play")
AGAIN = State("again", _("to be done again"), "ti-repeat")
COMING = State("coming", _("coming"), "ti-circle-dashed")
MISSED = State("missed", _("not reached"), "ti-circle-minus")


@dataclass(frozen=True)
class Stage:
    """A row of the procedure with what has happened in it."""

    row: Row
    state: State
    passes: list[CaseTask] = field(default_factory=list)

    @property
    def last(self) -> CaseTask | None:
        """The last time that the row was passed."""
        return self.passes[-1] if self.passes else None

    @property
    def outcome(self) -> Any:
        """The outcome of the last pass, in words."""
        return OUTCOMES.get(self.last.outcome, self.last.outcome) if self.last else ""


def main_road(case: Case) -> list[str]:
    """The steps that a case goes through when nothing stands in its way.

    The first outcome of a row is the one that leads on; a gateway says its own.
    """
    nodes = case.flow_class.instance
    row: Row | None = nodes.node(case.flow_class.first)
    road: list[str] = []
    while row is not None and row.name not in road:
        road.append(row.name)
        row = _next(row, case)
    return road


def stages(case: Case, tasks: Iterable[CaseTask]) -> list[Stage]:
    """The main road and every other row that the case has been at, in written order."""
    by_row: dict[str, list[CaseTask]] = defaultdict(list)
    for task in tasks:
        if not task.seat:
            by_row[task.flow_task.name].append(task)
    road = main_road(case)
    front = _front(road, by_row)
    return [
        _stage(row, by_row[row.name], case, passed=row.name not in road[front:])
        for row in case.flow_class.rows()
        if row.name in road or row.name in by_row
    ]


def _front(road: list[str], by_row: dict[str, list[CaseTask]]) -> int:
    """How far along the road the case is: its first open row, or the end of the road."""
    fronts = [n for n, name in enumerate(road) if any(not t.finished for t in by_row[name])]
    return fronts[0] if fronts else len(road)


def _stage(row: Row, tasks: list[CaseTask], case: Case, *, passed: bool) -> Stage:
    passes = [task for task in tasks if task.finished and task.status == STATUS.DONE]
    return Stage(row, _state(tasks, passes, case, passed=passed), passes)


def _state(tasks: list[CaseTask], passes: list[CaseTask], case: Case, *, passed: bool) -> State:
    if any(not task.finished for task in tasks):
        return OPEN
    if passes and (passed or case.finished):
        return DONE
    if case.finished or (tasks and not passes):
        return MISSED
    return AGAIN if passes else COMING


def _next(row: Row, case: Case) -> Row | None:
    if isinstance(row, Gateway):
        return row.outcomes[row.choose(case)]
    return next(_targets(row), None)


def _targets(row: Row) -> Iterator[Row]:
    yield from row.outcomes.values()
