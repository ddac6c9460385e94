"""A chart as a page holds it: a table that everybody can read, drawn over by Chart.js."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Series:
    """Numbers under one name."""

    name: str
    numbers: Sequence[float]


@dataclass(frozen=True)
class Chart:
    """Series over words: columns, or bars that lie flat; stacked where they add up."""

    name: str
    title: str
    words: Sequence[str]
    series: Sequence[Series]
    stacked: bool = False
    flat: bool = False

    @property
    def rows(self) -> list[tuple[str, list[str]]]:
        """The table that says the same."""
        return [
            (word, [f"{one.numbers[place]:g}" for one in self.series])
            for place, word in enumerate(self.words)
        ]
