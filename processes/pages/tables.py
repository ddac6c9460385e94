"""A list of facts as it stands on a page and in a file: columns, and cells that may be links."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from permissions.models import User
from processes.cases.people import reach_of
from processes.organisation.people import Cadre
from processes.organisation.units import Unit


@dataclass(frozen=True)
class Link:
    """A cell that leads somewhere; in a file only its text counts."""

    text: str
    url: str

    def __str__(self) -> str:
        return self.text


Cell = str | int | date | Link | None


@dataclass(frozen=True)
class Shown:
    """A cell on a page, with the column that it stands in."""

    column: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class Table:
    """Rows under a title; `name` is the anchor on the page, `empty` what is said without rows."""

    name: str
    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    empty: str = ""

    @property
    def lines(self) -> list[list[Shown]]:
        """The rows as a page shows them."""
        return [list(map(_shown, self.columns, row)) for row in self.rows]


def _shown(column: str, cell: Cell) -> Shown:
    return Shown(column, as_text(cell) or "–", cell.url if isinstance(cell, Link) else "")


def as_text(cell: Cell) -> str:
    """A cell in words; days as Vietnamese documents write them."""
    if cell is None:
        return ""
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else str(cell)


def cadre_cell(cadre: Cadre, user: User, *, linked: bool = True) -> Cell:
    """A name that leads to the record where the person may read it. `cadre.unit` is read."""
    if linked and reach_of(user).covers(cadre.unit):
        return Link(str(cadre), reverse("person", args=[cadre.pk]))
    return str(cadre)


def unit_cell(unit: Unit, known: bool) -> Cell:
    """A unit's name that leads to its page where the person may see it."""
    return Link(str(unit), reverse("unit", args=[unit.pk])) if known else str(unit)


def joined(cells: Iterable[Cell]) -> str:
    """Several cells as one, for files."""
    return "; ".join(filter(None, map(as_text, cells)))
