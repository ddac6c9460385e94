"""Entries as CSV for a spreadsheet: streamed, and no cell of it is ever run as a formula."""

import csv
from collections.abc import Iterator
from io import StringIO
from itertools import islice

import orjson
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from permissions.catalogue import role_name
from processes.audit.models import AuditEntry
from processes.audit.sentences import Labels, Names, names_of, sentence

PORTION = 1_000
#: Signs with which a spreadsheet takes a cell for a formula.
FORMULA = tuple("=+-@\t\r\n＝＋－＠")
#: Without it Excel does not read the file as UTF-8.
MARK = "\ufeff"


def csv_lines(entries: QuerySet[AuditEntry], labels: Labels) -> Iterator[str]:
    """The whole file, line by line, for a streaming response."""
    yield MARK + _line(header())
    yield from map(_line, rows(entries, labels))


def header() -> list[str]:
    """Titles of the columns."""
    return [
        _("case"), _("chain"), _("number"), _("at"), _("event"), _("sentence"), _("by"),
        _("role"), _("on behalf of"), _("unit"), _("step"), _("outcome"), _("reason"),
        _("edition"), _("documents"), _("facts"), _("hash"),
    ]  # fmt: skip


def rows(entries: QuerySet[AuditEntry], labels: Labels) -> Iterator[list[str]]:
    """One list of cells per entry, a portion of the entries in memory at a time."""
    stream = entries.select_related("case").iterator(chunk_size=PORTION)
    while portion := list(islice(stream, PORTION)):
        names = names_of(portion, labels)
        for entry in portion:
            yield [harmless(cell) for cell in _cells(entry, names)]


def harmless(text: str) -> str:
    """A cell that a spreadsheet shows and does not run."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _cells(entry: AuditEntry, names: Names) -> list[str]:
    people = names.people
    return [
        entry.case.code if entry.case else "",
        str(entry.chain),
        str(entry.seq),
        timezone.localtime(entry.at).isoformat(sep=" ", timespec="seconds"),
        entry.get_event_display(),
        sentence(entry, names),
        people[entry.by_id] if entry.by_id else "",
        role_name(entry.role),
        people[entry.behalf_id] if entry.behalf_id else "",
        names.units[entry.unit_id] if entry.unit_id else "",
        str(names.labels.steps.get(entry.step, entry.step)),
        str(names.labels.outcomes.get(entry.outcome, entry.outcome)),
        entry.reason,
        entry.edition,
        " ".join(entry.documents),
        orjson.dumps(entry.facts, option=orjson.OPT_SORT_KEYS).decode(),
        entry.hash,
    ]


def _line(cells: list[str]) -> str:
    buffer = StringIO()
    csv.writer(buffer, quoting=csv.QUOTE_ALL).writerow(cells)
    return buffer.getvalue()
