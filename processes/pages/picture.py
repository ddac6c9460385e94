"""The picture of a scheme's progress: where each bar of the drawing stands. No rule, no request."""

from collections.abc import Sequence
from dataclasses import dataclass

from processes.rotation.progress import Bar

#: Sizes of the drawing in its own units; the page scales it.
WIDTH, LEFT, RIGHT, ROW, THICK, TOP = 640, 56, 40, 44, 14, 8


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
