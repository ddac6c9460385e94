"""A procedure as the elements of BPMN 2.0, read from the rows that run it. No sizes, no XML."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from permissions.catalogue import Act, Lane
from processes.steps.automatic import CaseEnd, Gateway, Timer
from processes.steps.base import Row, Step
from processes.steps.flow import CaseFlow
from processes.steps.hold import HoldStep
from processes.steps.labels import OUTCOMES
from processes.steps.many import Consult
from processes.steps.unfit import RECALL
from processes.steps.until import Until

#: The outcome by which a round of opinions ends when its deadline has passed.
DEADLINE = "deadline"
START = "start"


@dataclass(frozen=True)
class Node:
    """An element of the diagram; `step` is the row that it belongs to, empty for what has none."""

    id: str
    kind: str
    name: str
    step: str = ""
    told: str = ""
    #: What an event waits for: `timer`, `message` or `escalation`; the parameter of a timer.
    event: str = ""
    rule: str = ""
    #: A boundary event sits on this element, and ends it or not.
    on: str = ""
    ends_it: bool = True
    #: Whether several bodies carry it out side by side.
    many: bool = False
    #: The procedure that a call activity starts.
    calls: str = ""


@dataclass(frozen=True)
class Edge:
    """A sequence flow, with the outcomes that take it."""

    id: str
    source: str
    target: str
    name: str = ""
    outcomes: tuple[str, ...] = ()


@dataclass
class Cell:
    """What is drawn together: a step, the choice after it, what waits on its border.

    `line` stands from left to right; `boundary` sits on the first of it.
    """

    line: list[Node]
    lane: Lane
    boundary: list[Node] = field(default_factory=list)
    #: Where a deadline leads that only makes the case late.
    late: list[Node] = field(default_factory=list)
    #: An event sub-process: what may befall a case at any step.
    inside: list[Node] = field(default_factory=list)

    @property
    def nodes(self) -> list[Node]:
        """Every element of the cell."""
        return [*self.line, *self.boundary, *self.late, *self.inside]


@dataclass
class Model:
    """A whole procedure."""

    name: str
    title: str
    told: str
    lanes: list[Lane]
    cells: list[Cell]
    edges: list[Edge]


def model_of(name: str, flow_class: type[CaseFlow], deadlines: Mapping[str, Any]) -> Model:
    """Read a procedure; `deadlines` says in words what the deadlines are called."""
    return _Reader(name, flow_class, deadlines).model()


class _Reader:
    """Goes through the rows once, in written order."""

    def __init__(self, name: str, flow_class: type[CaseFlow], deadlines: Mapping[str, Any]) -> None:
        self.name, self.flow_class, self.deadlines = name, flow_class, deadlines
        self.rows = flow_class.rows()
        self.cells: list[Cell] = []
        self.edges: list[Edge] = []
        self.sources = {
            row.name: [other for other in self.rows if row in _ways(other) and other is not row]
            for row in self.rows
        }

    def model(self) -> Model:
        first = self.flow_class.instance.node(self.flow_class.first)
        if not isinstance(first, Timer):
            self._start(first)
        reached = [row for row in self.rows if self.sources[row.name] or row is first]
        for row in reached:
            if not isinstance(row, CaseEnd):
                self._step(row)
        for row in self.rows:
            if row not in reached:
                self._at_any_step(row)
        self._joined()
        for cell in self.cells:
            for source, target in pairwise(cell.line):
                self._edge(source.id, target.id)
        return Model(
            self.name,
            str(self.flow_class.process_title),
            str(self.flow_class.process_description),
            self._lanes(),
            self.cells,
            self.edges,
        )

    def _lanes(self) -> list[Lane]:
        """The lanes in which something stands, in the order of the table."""
        used = {cell.lane for cell in self.cells}
        order = dict.fromkeys(self._lane(row) for row in self.rows)
        return [lane for lane in order if lane in used]

    def _joined(self) -> None:
        """Let ways meet before a gateway: one gateway either joins or chooses."""
        for cell in self.cells:
            gate = cell.line[0]
            ways = [edge for edge in self.edges if edge.target == gate.id]
            if gate.kind == "exclusiveGateway" and len(ways) > 1:
                join = Node(f"{gate.id}-join", gate.kind, "", gate.step)
                cell.line.insert(0, join)
                self.edges = [
                    replace(edge, target=join.id) if edge in ways else edge for edge in self.edges
                ]

    def _start(self, first: Row) -> None:
        self.cells.append(Cell([Node(START, "startEvent", _("Start"))], self._lane(first)))
        self._edge(START, first.name)

    def _step(self, row: Row) -> None:
        cell = Cell([_node(row)], self._lane(row))
        self.cells.append(cell)
        left = self._boundary(row, cell)
        ways = self._ways_out(row, left)
        last = cell.line[-1]
        if len(ways) > 1 and last.kind != "exclusiveGateway":
            last = Node(f"{row.name}-outcome", "exclusiveGateway", _("Outcome?"), row.name)
            cell.line.append(last)
        for target, outcomes in ways:
            self._lead(last, row, target, outcomes, named=len(ways) > 1)

    def _ways_out(self, row: Row, left: set[str]) -> list[tuple[Row, tuple[str, ...]]]:
        """Where a row leads: each target once, with the outcomes that lead to it."""
        if isinstance(row, HoldStep):
            return list(self._out_of_hold(row))
        ways: dict[Row, list[str]] = {}
        for outcome, target in row.outcomes.items():
            if outcome not in left:
                ways.setdefault(target, []).append(outcome)
        return [(target, tuple(outcomes)) for target, outcomes in ways.items()]

    def _out_of_hold(self, row: HoldStep) -> Iterator[tuple[Row, tuple[str, ...]]]:
        """Back to where the case stood, to a step that it may be restarted from, or to the end."""
        origins = self.sources[row.name]
        again = [self.flow_class.instance.node(name) for name in row.restartable]
        for target in [target for target in self.rows if target in (*origins, *again)]:
            how = (("resume", target in origins), ("restart", target in again))
            yield target, tuple(outcome for outcome, leads in how if leads)
        yield row.outcomes["reject"], ("reject",)

    def _lead(
        self, last: Node, row: Row, target: Row, outcomes: tuple[str, ...], *, named: bool
    ) -> None:
        """Draw one way; an end stands beside each row that leads to it."""
        said = " / ".join(str(OUTCOMES.get(name, name)) for name in outcomes) if named else ""
        to = target.name
        if isinstance(target, CaseEnd):
            line = _end(target, f"{target.name}-{last.id}")
            self.cells.append(Cell(line, self._lane(row)))
            to = line[0].id
        self._edge(last.id, to, said, outcomes if named else ())

    def _boundary(self, row: Row, cell: Cell) -> set[str]:
        """Put deadlines on the border of a step; the outcomes that these take over."""
        if not isinstance(row, Step):
            return set()
        taken = dict(_stops(row))
        for rule, outcome in taken.items():
            event = "message" if rule == RECALL else "timer"
            said = str(OUTCOMES.get(outcome, outcome))
            node = Node(
                f"{row.name}-{outcome}", "boundaryEvent", said, row.name, "", event, rule, row.name
            )
            cell.boundary.append(node)
            self._lead(node, row, row.outcomes[outcome], (outcome,), named=False)
        if row.deadline and row.deadline not in taken:
            self._late(row, cell)
        return set(taken.values())

    def _late(self, row: Step, cell: Cell) -> None:
        """A deadline that stops nothing: the case is late from then on, and its superiors told."""
        said = str(self.deadlines.get(row.deadline, row.deadline))
        clock = Node(
            f"{row.name}-deadline", "boundaryEvent", said, row.name, "", "timer", row.deadline,
            row.name, ends_it=False,
        )  # fmt: skip
        late = Node(f"{row.name}-late", "endEvent", _("Late"), row.name, event="escalation")
        cell.boundary.append(clock)
        cell.late.append(late)
        self._edge(clock.id, late.id)

    def _at_any_step(self, row: Row) -> None:
        """What no outcome leads to: it may befall a case wherever it stands."""
        frame = Node(f"{row.name}-any", "subProcess", _("At any step"), row.name)
        begin = Node(
            f"{row.name}-begin", "startEvent", str(row.task_title), row.name,
            event="message", ends_it=isinstance(row, CaseEnd),
        )  # fmt: skip
        inside = [begin]
        if not isinstance(row, CaseEnd):
            inside.append(_node(row))
        last = _node(row) if isinstance(row, CaseEnd) else Node(
            f"rejected-{row.name}", "endEvent", _("Resumed, restarted or rejected"), "rejected"
        )  # fmt: skip
        inside.append(last)
        self.cells.append(Cell([frame], self._lane(row), inside=inside))
        for source, target in pairwise(inside):
            self._edge(source.id, target.id)

    def _edge(
        self, source: str, target: str, name: str = "", outcomes: tuple[str, ...] = ()
    ) -> None:
        self.edges.append(Edge(f"flow-{source}-{target}", source, target, name, outcomes))

    def _lane(self, row: Row) -> Lane:
        """Whose step it is; what the system does stands with the step that leads to it."""
        seen: list[Row] = []
        while row.lane is None and row not in seen:
            seen.append(row)
            row = next(iter(self.sources[row.name]), row)
        if row.lane is None:
            row = next(other for other in self.rows if other.lane)
        return row.lane  # type: ignore[return-value]


def _ways(row: Row) -> list[Row]:
    """Where the outcomes of a row lead; the ways out of a hold are drawn by themselves."""
    return [row.outcomes["reject"]] if isinstance(row, HoldStep) else list(row.outcomes.values())


def _stops(row: Step) -> Iterator[tuple[str, str]]:
    """Deadlines and decisions from outside that end a step, with the outcome that they give."""
    if isinstance(row, Until):
        yield from row.stops.items()
    if isinstance(row, Consult) and row.deadline and DEADLINE in row.outcomes:
        yield row.deadline, DEADLINE


def _node(row: Row) -> Node:
    return Node(
        row.name,
        _kind(row),
        f"{row.code} {row.task_title}",
        row.name,
        str(Act(row.act).label) if row.act else "",
        event="timer" if isinstance(row, Timer) else "",
        rule=row.name if isinstance(row, Timer) else "",
        many=isinstance(row, Consult),
        calls=row.starts,
    )


def _kind(row: Row) -> str:
    if isinstance(row, Timer):
        return "startEvent"
    if isinstance(row, Gateway):
        return "exclusiveGateway"
    return str(row.bpmn_element)


def _end(row: CaseEnd, name: str) -> list[Node]:
    """An end, after the procedure that goes on with the matter where there is one."""
    end = Node(name, "endEvent", f"{row.code} {row.task_title}", row.name)
    if not row.starts:
        return [end]
    call = Node(f"{name}-call", "callActivity", str(row.task_title), row.name, calls=row.starts)
    return [call, end]
