"""Reads XLSX and CSV files into lines; knows nothing of the database."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from processes.intake.sheets import Heading, heading_of

#: A sheet may begin with its title and the name of the unit; then comes the heading.
HEADING_WITHIN = 15
#: What a spreadsheet of people needs at most; a small file that unpacks to more is no list.
MOST_ROWS, MOST_UNPACKED = 50_000, 300 * 1024 * 1024


class Unreadable(Exception):
    """The file cannot be read as a whole; the message says what to do."""


@dataclass(frozen=True)
class Line:
    """A row of a list with its cells by column; row 1 is the first of the sheet."""

    place: str
    number: int
    heading: Heading
    cells: Sequence[object]

    def cell(self, field: str) -> object:
        """What stands in the column; None where nothing does."""
        at = self.heading.places.get(field)
        value = self.cells[at] if at is not None and at < len(self.cells) else None
        return (value.strip() or None) if isinstance(value, str) else value


def read(name: str, content: bytes) -> list[Line]:
    """Every line of the file's lists, in the order of the file.

    Raises Unreadable: no table, no heading that is known, or a required column is missing.
    """
    if content[:2] == b"PK":
        try:
            found = [_list(place, rows) for place, rows in _workbook(content)]
        except (BadZipFile, KeyError, ValueError, TypeError, OSError, SyntaxError) as error:
            raise Unreadable(_("This is not an XLSX file, whatever its name says.")) from error
    else:
        found = [_list(name, _text(name, content))]
    if not any(heading for heading, _lines in found):
        raise Unreadable(
            _("%(file)s: no row with the headings of the template was found.") % {"file": name}
        )
    return [line for _heading, lines in found for line in lines]


def _list(place: str, rows: Iterable[Sequence[object]]) -> tuple[Heading | None, list[Line]]:
    """The heading of a sheet and the lines below it; a sheet without a heading is no list."""
    heading: Heading | None = None
    lines: list[Line] = []
    for number, cells in enumerate(rows, start=1):
        if heading is None:
            heading = heading_of(cells)
            if heading is None and number >= HEADING_WITHIN:
                break
            if heading and heading.missing:
                columns = ", ".join(column.heading for column in heading.missing)
                raise Unreadable(
                    _("%(sheet)s, row %(row)d: add the columns %(columns)s.")
                    % {"sheet": place, "row": number, "columns": columns}
                )
        elif any(cell not in (None, "") for cell in cells):
            lines.append(Line(place, number, heading, cells))
        if len(lines) > MOST_ROWS:
            raise Unreadable(
                _("%(sheet)s has more than %(most)d rows; divide it into several files.")
                % {"sheet": place, "most": MOST_ROWS}
            )
    return heading, lines


def _workbook(content: bytes) -> Iterator[tuple[str, Iterable[Sequence[object]]]]:
    _guard(content)
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # some programs write a wrong size into the file
        yield sheet.title, sheet.iter_rows(values_only=True)


def _guard(content: bytes) -> None:
    """Refuse what unpacks to far more than a list, and documents that define entities."""
    with ZipFile(io.BytesIO(content)) as archive:
        if sum(one.file_size for one in archive.infolist()) > MOST_UNPACKED:
            raise Unreadable(_("The file is too large when it is unpacked; divide it."))
        for one in archive.infolist():
            if one.filename.endswith((".xml", ".rels")):
                with archive.open(one) as part:
                    if b"<!DOCTYPE" in part.read(2048):
                        raise Unreadable(_("This is no plain table; save it again as XLSX."))


def _text(name: str, content: bytes) -> list[list[str]]:
    """A CSV file is one sheet; spreadsheets in Viet Nam separate by semicolons or commas."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(_("%(file)s: save the file as UTF-8.") % {"file": name}) from error
    head = text[:4096].splitlines()[:HEADING_WITHIN]
    separator = max(",;\t", key=lambda mark: max((line.count(mark) for line in head), default=0))
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise Unreadable(_("%(file)s cannot be read as a table.") % {"file": name}) from error
