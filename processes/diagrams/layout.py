"""Where the elements of a diagram stand: columns from left to right, a band for each lane.

Steps stand in the column after the last step that leads to them. Lines leave to the right, run up
or down between columns and along the top of a lane, and enter from the left: none crosses a step.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from permissions.catalogue import Lane
from processes.diagrams.model import Cell, Edge, Model, Node

#: Widths and heights in the units of the drawing, those that bpmn-js gives to new elements.
SIZES = {"exclusiveGateway": (50, 50), "startEvent": (36, 36), "endEvent": (36, 36)}
SIZES |= {"boundaryEvent": (36, 36)}
TASK = (120, 80)
INSIDE, FRAME = 50, 24
HEAD, MARGIN, STEP = 30, 30, 12
PORT, LABEL, BELOW, LETTER, EVENT = 36, 124, 66, 6, 76
Point = tuple[int, int]


@dataclass(frozen=True)
class Box:
    """A rectangle."""

    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> Point:
        """Its centre."""
        return self.x + self.width // 2, self.y + self.height // 2

    @property
    def right(self) -> int:
        """Its right border."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """Its lower border."""
        return self.y + self.height


@dataclass
class Layout:
    """Every element's box, every line's points, and where the words of both stand."""

    pool: Box
    lanes: dict[Lane, Box]
    boxes: dict[str, Box] = field(default_factory=dict)
    lines: dict[str, list[Point]] = field(default_factory=dict)
    labels: dict[str, Box] = field(default_factory=dict)


def size_of(node: Node) -> tuple[int, int]:
    """How large an element is drawn."""
    return SIZES.get(node.kind, TASK)


def laid_out(model: Model) -> Layout:
    """Place a whole procedure."""
    return _Plan(model).layout()


class _Plan:
    """Columns and rows first, then how many lines run between them, then coordinates."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.cell_of = {node.id: cell for cell in model.cells for node in cell.nodes}
        self.number = {id(cell): place for place, cell in enumerate(model.cells)}
        self.outer = [edge for edge in model.edges if not self._within(edge)]
        self.drop = self._drops()
        self.column = self._columns()
        self.row = self._rows()
        self.track = self._tracks()

    def _within(self, edge: Edge) -> bool:
        return self.cell_of[edge.source] is self.cell_of[edge.target] and (
            edge.source != self.cell_of[edge.source].line[-1].id
        ) and not self._loops(edge)  # fmt: skip

    def _loops(self, edge: Edge) -> bool:
        """Whether a line leads back to the very step that it comes from."""
        cell = self.cell_of[edge.source]
        return edge.target == cell.line[0].id and edge.source != edge.target

    def _drops(self) -> dict[str, int]:
        """How far below the middle of its cell each line leaves it: the first one at none."""
        drops: dict[str, int] = {}
        for cell in self.model.cells:
            out = [edge for edge in self.outer if self.cell_of[edge.source] is cell]
            chosen = [edge for edge in out if edge.source == cell.line[-1].id]
            drops |= {edge.id: place * PORT for place, edge in enumerate(chosen)}
            below = TASK[1] // 2 + (BELOW if cell.late else 26)
            lowest = max((len(chosen) - 1) * PORT + STEP, below)
            waiting = [edge for edge in out if edge not in chosen]
            drops |= {edge.id: lowest + place * STEP for place, edge in enumerate(waiting)}
        return drops

    def _columns(self) -> dict[int, int]:
        columns: dict[int, int] = defaultdict(int)
        for cell in self.model.cells:
            columns[id(cell)] = max((columns[id(one)] + 1 for one in self._before(cell)), default=0)
        for cell in self.model.cells:  # ends are written before what may stand between
            if cell.line[-1].kind == "endEvent":
                columns[id(cell)] = max(columns[id(one)] + 1 for one in self._sources(cell))
        last = max(columns.values()) + 1
        for cell in self.model.cells:
            if cell.inside:
                columns[id(cell)] = last
        return columns

    def _sources(self, cell: Cell) -> list[Cell]:
        entry = cell.line[0].id
        return [self.cell_of[edge.source] for edge in self.outer if edge.target == entry]

    def _before(self, cell: Cell) -> list[Cell]:
        """The cells that lead to this one and are written before it."""
        here = self.number[id(cell)]
        return [one for one in self._sources(cell) if self.number[id(one)] < here]

    def _rows(self) -> dict[int, int]:
        """Cells of one lane and column stand under each other, ends below steps."""
        taken: dict[tuple[Lane, int], int] = defaultdict(int)
        rows: dict[int, int] = {}
        for cell in sorted(self.model.cells, key=lambda one: one.line[-1].kind == "endEvent"):
            place = cell.lane, self.column[id(cell)]
            rows[id(cell)] = taken[place]
            taken[place] += 1
        return rows

    def _gap(self, edge: Edge) -> tuple[int, int]:
        """The gaps between columns in which a line leaves and enters."""
        return self.column[id(self.cell_of[edge.source])], (
            self.column[id(self.cell_of[edge.target])] - 1
        )

    def _far(self, edge: Edge) -> bool:
        leaves, enters = self._gap(edge)
        return leaves != enters

    def _tracks(self) -> dict[str, int]:
        """On which track along the top of its lane the lines run that come to an element."""
        spans: dict[str, list[int]] = defaultdict(list)
        for edge in filter(self._far, self.outer):
            spans[edge.target] += self._gap(edge)
        tracks: dict[str, int] = {}
        for lane in self.model.lanes:
            asked = [(key, min(span), max(span)) for key, span in spans.items()
                     if self.cell_of[key].lane == lane]  # fmt: skip
            tracks |= coloured(asked)
        return tracks

    def layout(self) -> Layout:
        heights = self._heights()
        lanes = self._bands(heights)
        middle = self._middles(lanes, heights)
        outs, ins = self._channels(lanes, middle)
        columns, gaps, width = self._widths(outs, ins)
        left = 2 * HEAD + MARGIN
        pool = Box(0, 0, width, sum(band.height for band in lanes.values()))
        found = Layout(pool, {
            lane: Box(HEAD, band.y, width - HEAD, band.height) for lane, band in lanes.items()
        })  # fmt: skip
        for cell in self.model.cells:
            _place(found, cell, left + columns[self.column[id(cell)]], middle[id(cell)])
        for edge in self.outer:
            leaves, enters = self._gap(edge)
            out = left + gaps[leaves][0] + outs[edge.id] * STEP
            into = left + gaps[enters][1] + ins.get(edge.target, 0) * STEP
            top = lanes[self.cell_of[edge.target].lane].y + self._track_y(edge.target)
            self._draw(found, edge, out, into, top)
        for edge in self.model.edges:
            if edge.id not in found.lines:
                found.lines[edge.id] = _short(found.boxes[edge.source], found.boxes[edge.target])
        return found

    def _track_y(self, target: str) -> int:
        return MARGIN // 2 + self.track.get(target, 0) * STEP

    def _heights(self) -> dict[tuple[Lane, int], tuple[int, int]]:
        """How much each row of a lane needs above and below its middle."""
        needs: dict[tuple[Lane, int], tuple[int, int]] = defaultdict(lambda: (0, 0))
        for cell in self.model.cells:
            place = cell.lane, self.row[id(cell)]
            above, below = needs[place]
            half = _size(cell)[1] // 2
            drops = [self.drop[e.id] for e in self.outer if self.cell_of[e.source] is cell]
            named = 34 if cell.line[-1].kind in ("endEvent", "startEvent") else 0
            under = max([half + named, half + (BELOW if cell.late else 0), *drops])
            needs[place] = max(above, half), max(below, under)
        return needs

    def _bands(self, heights: dict[tuple[Lane, int], tuple[int, int]]) -> dict[Lane, Box]:
        top, bands = 0, {}
        for lane in self.model.lanes:
            tracks = [self.track[key] for key in self.track if self.cell_of[key].lane == lane]
            rows = [sum(need) + MARGIN for (one, _row), need in heights.items() if one == lane]
            height = sum(rows) + (max(tracks, default=-1) + 1) * STEP + MARGIN
            bands[lane] = Box(0, top, 0, height)
            top += height
        return bands

    def _middles(
        self, lanes: dict[Lane, Box], heights: dict[tuple[Lane, int], tuple[int, int]]
    ) -> dict[int, int]:
        """The height of the line on which each cell stands."""
        middles: dict[int, int] = {}
        for cell in self.model.cells:
            tracks = [self.track[k] for k in self.track if self.cell_of[k].lane == cell.lane]
            y = lanes[cell.lane].y + (max(tracks, default=-1) + 1) * STEP + MARGIN
            for row in range(self.row[id(cell)]):
                y += sum(heights[cell.lane, row]) + MARGIN
            middles[id(cell)] = y + heights[cell.lane, self.row[id(cell)]][0]
        return middles

    def _channels(
        self, lanes: dict[Lane, Box], middle: dict[int, int]
    ) -> tuple[dict[str, int], dict[str, int]]:
        """In which channel of its gap each line runs up or down, on its way out and in."""
        outs: dict[int, list[tuple[str, int, int]]] = defaultdict(list)
        spans: dict[str, list[int]] = defaultdict(list)
        for edge in self.outer:
            leaves, _enters = self._gap(edge)
            source, target = self.cell_of[edge.source], self.cell_of[edge.target]
            start, end = middle[id(source)] + self.drop[edge.id], middle[id(target)]
            if self._far(edge):
                top = lanes[target.lane].y + self._track_y(edge.target)
                spans[edge.target] += [top, end]
                end = top
            outs[leaves].append((edge.id, min(start, end), max(start, end)))
        ins: dict[int, list[tuple[str, int, int]]] = defaultdict(list)
        for key, span in spans.items():
            ins[self.column[id(self.cell_of[key])] - 1].append((key, min(span), max(span)))
        return _each_coloured(outs.values()), _each_coloured(ins.values())

    def _widths(
        self, outs: dict[str, int], ins: dict[str, int]
    ) -> tuple[dict[int, int], dict[int, Point], int]:
        """Where columns begin, and where in each gap lines leave and enter."""
        wide: dict[int, int] = defaultdict(int)
        for cell in self.model.cells:
            wide[self.column[id(cell)]] = max(wide[self.column[id(cell)]], _size(cell)[0])
        leaving: dict[int, int] = defaultdict(int)
        entering: dict[int, int] = defaultdict(int)
        worded = {self._gap(edge)[0] for edge in self.outer if edge.name}
        for edge in self.outer:
            leaves, enters = self._gap(edge)
            leaving[leaves] = max(leaving[leaves], outs[edge.id] + 1)
            if self._far(edge):
                entering[enters] = max(entering[enters], ins[edge.target] + 1)
        x, columns, gaps = 0, {}, {-1: (0, 0)}
        x = entering[-1] * STEP + STEP
        for place in range(max(wide) + 1):
            columns[place] = x
            x += wide[place] + (LABEL if place in worded else STEP)
            gaps[place] = x, x + leaving[place] * STEP + STEP
            x = gaps[place][1] + entering[place] * STEP + STEP
        return columns, gaps, x + 2 * HEAD + MARGIN

    def _draw(self, found: Layout, edge: Edge, out: int, into: int, top: int) -> None:
        source, target = found.boxes[edge.source], found.boxes[edge.target]
        cell = self.cell_of[edge.source]
        drop = self.drop[edge.id]
        height = found.boxes[cell.line[0].id].middle[1] + drop
        start = [(source.right, height)]
        if drop:
            start = [(source.middle[0], source.bottom), (source.middle[0], height)]
        end = target.middle[1]
        way = [(out, height), (out, end)]
        if self._far(edge):
            way = [(out, height), (out, top), (into, top), (into, end)]
        found.lines[edge.id] = straight([*start, *way, (target.x, end)])
        if edge.name:
            x = (source.middle[0] if drop else source.right) + 6
            room = max(out - x - 4, 60)
            tall = 14 if len(edge.name) * LETTER <= room else 27
            found.labels[edge.id] = Box(x, height - tall - 1, room, tall)


def _size(cell: Cell) -> tuple[int, int]:
    """How much room the line of a cell takes."""
    if cell.inside:
        width = sum(size_of(node)[0] for node in cell.inside)
        return width + INSIDE * (len(cell.inside) - 1) + 2 * FRAME + 30, TASK[1] + 2 * FRAME + 34
    sizes = [_room(cell, node) for node in cell.line]
    gaps = 30 * (len(sizes) - 1)
    return sum(width for width, _height in sizes) + gaps, max(height for _width, height in sizes)


def _room(cell: Cell, node: Node) -> tuple[int, int]:
    """How large an element is drawn; a step is as wide as the events on its border need."""
    width, height = size_of(node)
    if node is cell.line[0]:
        width = max(width, EVENT * (len(cell.boundary) + len(cell.late)))
    return width, height


def _place(found: Layout, cell: Cell, x: int, middle: int) -> None:
    """Put the elements of a cell beside each other, and its events on the border."""
    if cell.inside:
        width, height = _size(cell)
        found.boxes[cell.line[0].id] = Box(x, middle - height // 2, width, height)
        _in_line(found, cell.inside, x + FRAME + 15, middle, INSIDE, cell)
        return
    _in_line(found, cell.line, x, middle, 30, cell)
    first = found.boxes[cell.line[0].id]
    for place, node in enumerate(cell.boundary):
        found.boxes[node.id] = Box(first.x + 8 + place * EVENT, first.bottom - 18, 36, 36)
        found.labels[node.id] = Box(first.x - 48 + place * EVENT, first.bottom + 18, 72, 27)
    for node in cell.late:
        x = first.x + 8 + len(cell.boundary) * EVENT - 14
        found.boxes[node.id] = Box(x, first.bottom + 14, 36, 36)
        found.labels[node.id] = Box(x - 12, first.bottom + 50, 60, 14)


def _in_line(found: Layout, nodes: list[Node], x: int, middle: int, gap: int, cell: Cell) -> None:
    for node in nodes:
        width, height = _room(cell, node)
        found.boxes[node.id] = box = Box(x, middle - height // 2, width, height)
        if node.kind in SIZES:
            above = node.kind == "exclusiveGateway"
            y = box.y - 18 if above else box.bottom + 4
            if node.name:
                found.labels[node.id] = Box(box.middle[0] - 50, y, 100, 14 if above else 27)
        x += width + gap


def _short(source: Box, target: Box) -> list[Point]:
    """A line within a cell."""
    if target.x >= source.right:
        height = source.middle[1] if source.middle[1] == target.middle[1] else target.middle[1]
        if height != source.middle[1]:
            x = source.middle[0]
            return [(x, source.bottom), (x, height), (target.x, height)]
        return [(source.right, height), (target.x, height)]
    return [source.middle, target.middle]


def straight(points: list[Point]) -> list[Point]:
    """The same line without points at which it does not turn."""
    kept: list[Point] = []
    for point in points:
        if kept and kept[-1] == point:
            continue
        if len(kept) > 1 and _on_line(kept[-2], kept[-1], point):
            kept.pop()
        kept.append(point)
    return kept


def _on_line(one: Point, two: Point, three: Point) -> bool:
    """Whether the middle one of three points is no turn."""
    flat = one[1] == two[1] == three[1] and (two[0] - one[0]) * (three[0] - two[0]) > 0
    steep = one[0] == two[0] == three[0] and (two[1] - one[1]) * (three[1] - two[1]) > 0
    return flat or steep


def coloured(spans: Iterable[tuple[str, int, int]]) -> dict[str, int]:
    """The first free track for each span, so that no two on one track touch."""
    ends: list[int] = []
    given: dict[str, int] = {}
    for key, first, last in sorted(spans, key=lambda span: (span[1], -span[2], span[0])):
        free = next((n for n, end in enumerate(ends) if end < first), len(ends))
        if free == len(ends):
            ends.append(last)
        ends[free] = last
        given[key] = free
    return given


def _each_coloured(groups: Iterable[list[tuple[str, int, int]]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for group in groups:
        found |= coloured(group)
    return found
