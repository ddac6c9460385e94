"""Lists as files: XLSX and CSV, and no cell of either is ever run as a formula."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import TextIOWrapper
from tempfile import TemporaryFile
from typing import IO, Any

from django.db import transaction
from django.http import FileResponse
from django.urls import register_converter
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from permissions.catalogue import Act
from permissions.checks import role_held, today
from permissions.models import User
from processes.audit.export import FORMULA, MARK, harmless
from processes.audit.models import Event
from processes.audit.trail import record
from processes.organisation.units import Unit
from processes.pages.tables import Cell

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
WIDTH = 24


class Kind:
    """The kind of file at the end of an address."""

    regex = "|".join(KINDS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Kind, "kind")


@dataclass(frozen=True)
class Listing:
    """A list to be taken along: its file name, its title, its columns, and rows as they come."""

    name: str
    title: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    #: Label of the model that the rows are of, for the entry: `processes.case`.
    model: str
    unit: Unit | None = None
    #: What stands below the rows (CSV) or on a sheet of its own (XLSX): what it is, and its text.
    notes: Sequence[tuple[str, str]] = ()
    #: What the entry says besides.
    facts: Mapping[str, Any] = field(default_factory=dict)


def file_of(listing: Listing, kind: str, *, by: User) -> FileResponse:
    """Write the list to a file, with an entry in the trail that says who took how much of what."""
    target = TemporaryFile()  # noqa: SIM115 -- the response closes it
    counted = _Counted(listing.rows)
    _WRITERS[kind](target, listing, counted)
    with transaction.atomic():
        facts = {"rows": counted.number, "model": listing.model, "kind": kind}
        facts |= listing.facts
        note_taken(facts, by=by, unit=listing.unit)
    target.seek(0)
    name = f"{listing.name}-{today():%Y%m%d}.{kind}"
    return FileResponse(target, as_attachment=True, filename=name, content_type=KINDS[kind])


def note_taken(facts: Mapping[str, Any], *, by: User, unit: Unit | None = None) -> None:
    """Record that a person took a list along, in the role in which it was shown to them."""
    acts = (Act.INSPECT, Act.READ, Act.READ_PEOPLE)
    role, place = role_held(by, (), *acts)
    if unit is None:
        unit = Unit.objects.filter(pk=place).first()
    else:
        role = role_held(by, {unit.pk, unit.province_id}, *acts)[0] or role
    record(Event.DOWNLOADED, by=by, role=role, unit=unit, facts=facts)


class _Counted:
    """Rows that are counted while they are written."""

    def __init__(self, rows: Iterable[Sequence[Cell]]) -> None:
        self.rows, self.number = rows, 0

    def __iter__(self) -> Iterator[Sequence[Cell]]:
        for row in self.rows:
            self.number += 1
            yield row


def _write_csv(target: IO[bytes], listing: Listing, rows: Iterable[Sequence[Cell]]) -> None:
    """With a mark that lets Excel read UTF-8, and days that any program reads (ISO 8601)."""
    text = TextIOWrapper(target, encoding="utf-8", newline="")
    text.write(MARK)
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(listing.columns)
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    if listing.notes:
        writer.writerow([])
        writer.writerows([what, harmless(said)] for what, said in listing.notes)
    text.detach()


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, date) else harmless(str(cell))


def _write_xlsx(target: IO[bytes], listing: Listing, rows: Iterable[Sequence[Cell]]) -> None:
    """Row by row, so that a long list takes no more memory than a short one."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("1")
    sheet.freeze_panes = "A2"
    for number, _column in enumerate(listing.columns):
        sheet.column_dimensions[chr(ord("A") + number)].width = WIDTH
    sheet.append([_heading(sheet, column) for column in listing.columns])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    if listing.notes:
        told = book.create_sheet("2")
        told.column_dimensions["A"].width, told.column_dimensions["B"].width = WIDTH, 3 * WIDTH
        for note in listing.notes:
            told.append([_cell(told, value) for value in note])
    book.properties.title = listing.title
    book.save(target)


def _heading(sheet: Any, column: str) -> Any:
    cell = WriteOnlyCell(sheet, value=column)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, value: Cell) -> Any:
    """Days as days and numbers as numbers; a text stays a text, also when it looks like more."""
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, date):
        cell = WriteOnlyCell(sheet, value=value)
        cell.number_format = "dd/mm/yyyy"
        return cell
    text = ILLEGAL_CHARACTERS_RE.sub("", str(value))
    if not text.startswith((*FORMULA, "#")):
        return text
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    cell.quotePrefix = True  # so that it stays a text when somebody edits it
    return cell


_WRITERS = {"csv": _write_csv, "xlsx": _write_xlsx}
