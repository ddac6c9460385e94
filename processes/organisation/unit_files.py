"""Reads units from CSV files; says which rows are wrong. Knows nothing of the database."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.utils.translation import gettext as _

DATA = Path(__file__).resolve().parent.parent / "data"
ORGAN = "organ"


@dataclass(frozen=True)
class BadRow:
    """A row that cannot be loaded, and why; line 1 is the heading."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return _("%(file)s, line %(line)d: %(reason)s") % vars(self)


class ImportFailed(Exception):
    """Nothing was loaded; `rows` names what is wrong."""

    def __init__(self, rows: Iterable[BadRow]) -> None:
        self.rows = tuple(rows)
        super().__init__("\n".join(map(str, self.rows)))


@dataclass(frozen=True)
class UnitRow:
    """One unit as its file states it."""

    file: str
    line: int
    code: str
    name: str
    level: str
    kind: str
    parent_code: str

    def bad(self, reason: str) -> BadRow:
        """Say what is wrong with this row."""
        return BadRow(self.file, self.line, reason)


@dataclass(frozen=True)
class UnitFile:
    """The rows of one file and the digest of its bytes."""

    name: str
    sha256: str
    rows: tuple[UnitRow, ...]


def data_rows(path: Path) -> list[dict[str, str]]:
    """Rows of a file that is part of the product."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def read(path: Path) -> UnitFile:
    """Read a file of localities (`level`) or of organs (`kind`); raises ImportFailed."""
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig")
    except OSError as error:
        raise ImportFailed([BadRow(path.name, 0, _("The file cannot be read."))]) from error
    except UnicodeDecodeError as error:
        raise ImportFailed([BadRow(path.name, 0, _("Save the file as UTF-8."))]) from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    _check_heading(path.name, reader.fieldnames or ())
    rows = [_row(path.name, reader.line_num, row) for row in reader]
    if wrong := [bad for row in rows for bad in _faults(row)]:
        raise ImportFailed(wrong)
    return UnitFile(path.name, sha256(content).hexdigest(), tuple(rows))


def _check_heading(file: str, columns: Iterable[str]) -> None:
    present = set(columns)
    missing = {"code", "name", "parent_code"} - present
    if not present & {"level", "kind"}:
        missing.add("level")
    if missing:
        reason = _("Add the columns: %(columns)s.") % {"columns": ", ".join(sorted(missing))}
        raise ImportFailed([BadRow(file, 1, reason)])


def _row(file: str, line: int, row: Mapping[str | None, str | list[str] | None]) -> UnitRow:
    def cell(column: str) -> str:
        value = row.get(column)
        return value.strip() if isinstance(value, str) else ""

    # A row longer than the heading: csv keeps the rest under None.
    name = "" if row.get(None) else cell("name")
    level = cell("level") if "level" in row else ORGAN
    return UnitRow(file, line, cell("code"), name, level, cell("kind"), cell("parent_code"))


def _faults(row: UnitRow) -> Iterator[BadRow]:
    if not row.code:
        yield row.bad(_("The code is empty."))
    if not row.name:
        yield row.bad(_("The name is empty, or the row has too many columns."))
    if not row.level:
        yield row.bad(_("The level is empty."))
    if len(row.code) > 20 or len(row.name) > 200:
        yield row.bad(_("The code or the name is too long."))
    if row.code and row.code == row.parent_code:
        yield row.bad(_("A unit cannot be its own parent."))
