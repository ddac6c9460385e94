"""Pictures of the programme: where each bar of a drawing stands. No rule, no request."""

from collections.abc import Sequence
from dataclasses import dataclass

from processes.rotation.board import Holder, Row
from processes.rotation.progress import Bar
from processes.rotation.tenure import months_between

#: Sizes of the drawing in its own units; the page scales it.
WIDTH, LEFT, RIGHT, ROW, THICK, TOP = 640, 56, 72, 44, 14, 8
#: How long the longest bar of the board is, in units of its own.
LONGEST = 300


@dataclass(frozen=True)
class Drawn:
    """A year of the drawing: what was wanted above, what was done and is under way below."""

    bar: Bar
    y: int
    wanted: int
    done: int
    running: int

    @property
    def text_y(self) -> int:
        """Where the year and the numbers stand."""
        return self.y + THICK + 4

    @property
    def below(self) -> int:
        """Where the lower bar begins."""
        return self.y + THICK + 2

    @property
    def running_x(self) -> int:
        """Where what is under way begins: behind what is done."""
        return LEFT + self.done

    @property
    def end_x(self) -> int:
        """Where the number behind the longer bar stands."""
        return LEFT + max(self.wanted, self.done + self.running) + 6


@dataclass(frozen=True)
class Picture:
    """The whole drawing."""

    years: tuple[Drawn, ...]
    width: int
    height: int
    left: int = LEFT
    thick: int = THICK


def picture(bars: Sequence[Bar]) -> Picture:
    """Place the bars; the longest one takes the whole width."""
    longest = max([bar.wanted for bar in bars] + [bar.done + bar.running for bar in bars] + [1])
    room = WIDTH - LEFT - RIGHT

    def long(number: int) -> int:
        return number * room // longest

    years = tuple(
        Drawn(bar, TOP + ROW * row, long(bar.wanted), long(bar.done), long(bar.running))
        for row, bar in enumerate(bars)
    )
    return Picture(years, WIDTH, TOP + ROW * max(len(bars), 1))


@dataclass(frozen=True)
class Seat:
    """A seat of the board: who sits there how long, and where a rotation has its mark."""

    row: Row
    holder: Holder | None = None
    long: int = 0
    mark: int | None = None

    @property
    def kind(self) -> str:
        """What the bar says by its colour; words beside it say the same."""
        if self.holder is None:
            return "vacant"
        if self.holder.at_limit:
            return "limit"
        return "rotated" if self.holder.mission else "held"


def seats(rows: Sequence[Row]) -> list[Seat]:
    """A bar for each seat of these posts, all on one scale; a vacant seat has none."""
    held = [(row, holder) for row in rows for holder in row.holders]
    scale = max([1, *(max(holder.tenure.months, _marked(holder) or 0) for _row, holder in held)])

    def long(months: int) -> int:
        return months * LONGEST // scale

    found = []
    for row in rows:
        for holder in row.holders:
            mark = _marked(holder)
            at = None if mark is None else long(mark)
            found.append(Seat(row, holder, long(holder.tenure.months), at))
        found.extend([Seat(row)] * row.vacant)
    return found


def _marked(holder: Holder) -> int | None:
    """After how many months in the post the rotation has lasted as long as it has to."""
    return None if holder.mark is None else months_between(holder.tenure.since, holder.mark)
