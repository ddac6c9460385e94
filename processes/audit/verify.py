"""Recompute the trail from its rows: the first bad entry of each chain, and why it is bad."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

import orjson
from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _

from processes.audit.chain import COVERED, FORMAT, digest, digest_2
from processes.audit.models import SITE_CHAIN, AuditEntry, ChainHead, Event

PORTION = 5_000
STEP = 100_000


class Fault(models.TextChoices):
    """What can be wrong with an entry or with a chain."""

    NUMBER = "number", _("the number is not the one that follows: an entry is missing or added")
    LINK = "link", _("it does not continue the entry before it")
    CONTENT = "content", _("its content is not what was recorded")
    CUT = "cut", _("the entries at the end of the chain are missing")
    BEYOND = "beyond", _("it stands behind the recorded end of the chain")
    HEAD = "head", _("it is not the entry with which the chain ends by the record")
    NO_HEAD = "no_head", _("the chain has entries and no recorded end")
    NO_CHAIN = "no_chain", _("the case has no entries")
    UNORDERED = "unordered", _("content was taken out of it and no order tells of that")


@dataclass(frozen=True)
class Finding:
    """The first bad entry of a chain; a missing entry is named by its number."""

    chain: int
    seq: int
    fault: Fault


@dataclass
class Report:
    """What a verification has read and found."""

    entries: int = 0
    chains: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether every chain is whole and unaltered."""
        return not self.findings


class Removals:
    """What is gone from the entries of a chain, and what its entries of an erasure name."""

    def __init__(self) -> None:
        self._gone: dict[int, set[str]] = {}
        self._told: dict[int, set[str]] = {}

    def note(self, seq: int, row: "Row") -> None:
        """Take up what is gone from an entry, or what it names of others of its chain."""
        if row[2] is not None:
            self._gone[seq] = set(orjson.loads(row[2]) or ())
        if row[8] == Event.ERASED:
            facts = orjson.loads(row[-1])
            named = facts.get("entries") if isinstance(facts, dict) else None
            for number, names in named.items() if isinstance(named, dict) else ():
                if number.isdecimal() and isinstance(names, list):  # else nobody has recorded it
                    self._told.setdefault(int(number), set()).update(map(str, names))

    def untold(self) -> int:
        """The first entry from which something is gone without a word; 0 where there is none."""
        return next((n for n, gone in self._gone.items() if gone - self._told.get(n, set())), 0)


# A moment as `chain.instant` writes it: the text is made where the row is.
INSTANT = {
    "postgresql": """to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')""",
    "sqlite": "replace(at, ' ', 'T') || CASE instr(at, '.') WHEN 0 THEN '.000000' ELSE '' END",
}
#: Columns that are read as the text of their JSON.
JSON = ("documents", "facts", "removed")
#: What a row is read with before its covered columns.
BEFORE = ("format", "salts", "removed", "hash")
Row = tuple[Any, ...]
Head = tuple[int, str]


def verify(chain: int | None = None, *, progress: Callable[[int], None] | None = None) -> Report:
    """Check every chain, or one, in one snapshot of the database and in constant memory."""
    report = Report()
    with snapshot():
        heads = _heads(chain)
        rows = _counted(_rows(chain), report, progress)
        found: set[int] = set()
        for number, entries in groupby(rows, key=itemgetter(4)):
            found.add(number)
            if finding := _walk(number, entries, heads.get(number)):
                report.findings.append(finding)
        lost = {number for number, head in heads.items() if head[0]} - found
        report.findings += [Finding(number, 1, Fault.CUT) for number in sorted(lost)]
        silent = _cases(chain) - found - lost
        report.findings += [Finding(number, 1, Fault.NO_CHAIN) for number in sorted(silent)]
    report.chains = len(found | lost | silent)
    return report


@contextmanager
def snapshot() -> Iterator[None]:
    """One state of the database for entries and heads, while others go on writing."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:  # not atomic(): that would take the writers' lock
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def _walk(chain: int, rows: Iterable[Row], head: Head | None) -> Finding | None:
    """Follow one chain from its first entry to its recorded end."""
    seq, last, removals = 0, "", Removals()
    for row in rows:
        seq += 1
        if fault := _fault(row, seq, last):
            return Finding(chain, seq, fault)
        last = row[3]
        if row[2] is not None or row[8] == Event.ERASED:
            removals.note(seq, row)
    if unordered := removals.untold():
        return Finding(chain, unordered, Fault.UNORDERED)
    return _end(chain, seq, last, head)


def _end(chain: int, seq: int, last: str, head: Head | None) -> Finding | None:
    """Whether a chain ends where the record says that it ends."""
    if head is None:
        return Finding(chain, seq, Fault.NO_HEAD)
    if seq < head[0]:
        return Finding(chain, seq + 1, Fault.CUT)
    if seq > head[0]:
        return Finding(chain, head[0] + 1, Fault.BEYOND)
    return None if last == head[1] else Finding(chain, seq, Fault.HEAD)


def _fault(row: Row, seq: int, last: str) -> Fault | None:
    if row[5] != seq:
        return Fault.NUMBER
    if row[6] != last:
        return Fault.LINK
    return None if _recomputed(row) == row[3] else Fault.CONTENT


def _recomputed(row: Row) -> str:
    """The hash that the row ought to have; none for what can never have been recorded."""
    kind, salts, removed, _hash, *columns, documents, facts = row
    try:
        columns += orjson.loads(documents), orjson.loads(facts)
        if kind == FORMAT:
            return digest_2(columns, salts, removed and orjson.loads(removed))
        return digest(columns) if kind == 1 else ""
    except (TypeError, ValueError, AttributeError, LookupError):
        return ""


def _rows(chain: int | None) -> Iterator[Sequence[Row]]:
    """Columns of the entries that are checked, chain by chain, a portion at a time.

    The database prepares the next portion while this one is recomputed.
    """
    text = "::text" if connection.vendor == "postgresql" else ""
    read = {"at": INSTANT[connection.vendor]} | {name: f"{name}{text}" for name in JSON}
    columns = ", ".join(read.get(name, name) for name in (*BEFORE, *COVERED))
    where = "" if chain is None else "WHERE chain = %s"
    table = AuditEntry._meta.db_table
    sql = f"SELECT {columns} FROM {table} {where} ORDER BY chain, seq"  # noqa: S608
    with connection.chunked_cursor() as cursor, ThreadPoolExecutor(1) as reader:
        cursor.execute(sql, [] if chain is None else [chain])
        rows = cursor.fetchmany(PORTION)
        while rows:
            following = reader.submit(cursor.fetchmany, PORTION)
            yield rows
            rows = following.result()


def _counted(
    portions: Iterable[Sequence[Row]], report: Report, progress: Callable[[int], None] | None
) -> Iterator[Row]:
    for rows in portions:
        yield from rows
        report.entries += len(rows)
        if progress and not report.entries % STEP:
            progress(report.entries)


def _heads(chain: int | None) -> dict[int, Head]:
    heads = ChainHead.objects.all() if chain is None else ChainHead.objects.filter(chain=chain)
    return {number: (seq, last) for number, seq, last in heads.values_list("chain", "seq", "hash")}


def _cases(chain: int | None) -> set[int]:
    """Numbers of the cases, each of which must have a chain."""
    if chain == SITE_CHAIN:
        return set()
    cases = AuditEntry._meta.get_field("case").related_model._default_manager.all()
    chosen = cases if chain is None else cases.filter(pk=chain)
    return set(chosen.values_list("pk", flat=True))
