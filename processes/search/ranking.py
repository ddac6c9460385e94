"""Which of the rows found a person most likely means."""

from collections.abc import Iterable
from dataclasses import dataclass

from processes.search.words import plain

#: For each word typed: it is a word of the name, begins one, is a word of the rest.
NAMED, BEGUN, BESIDE = 4, 2, 1
#: Typed so, in this order; at the beginning of the name; nothing else in it; with its diacritics.
TOGETHER, FIRST, EXACT, SPELT = 2, 1, 6, 3


@dataclass(frozen=True)
class Row:
    """A row that was found: its number, what it is called, what else it is found by."""

    ref: int
    head: str
    rest: str


def ranked(rows: Iterable[Row], text: str) -> list[Row]:
    """The best first; of equally good ones the newest."""
    typed = _Typed(text)
    return sorted(rows, key=lambda row: (-typed.points(row), -row.ref))


def has_all(row: Row, text: str) -> bool:
    """Whether the row has the very words typed, not only words that begin so."""
    return set(plain(text).split()) <= set(plain(f"{row.head} {row.rest}").split())


class _Typed:
    """What a person typed, made ready once for many rows."""

    def __init__(self, text: str) -> None:
        self.text = " ".join(text.lower().split())
        self.plain = plain(text)
        self.words = self.plain.split()
        self.has_diacritics = plain(text) != self.text

    def points(self, row: Row) -> int:
        head = plain(row.head)
        named, beside = set(head.split()), set(plain(row.rest).split())
        points = sum(_points(word, named, beside) for word in self.words)
        if self.plain in head:
            points += TOGETHER + FIRST * head.startswith(self.plain)
        points += EXACT * (head == self.plain)
        return points + SPELT * (self.has_diacritics and self.text in row.head.lower())


def _points(word: str, named: set[str], beside: set[str]) -> int:
    if word in named:
        return NAMED
    if any(one.startswith(word) for one in named):
        return BEGUN
    return BESIDE * (word in beside)
