"""Entries and proofs as the lines of a bundle (`docs/audit-format.md`)."""

import shlex
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Max
from django.db.models.functions import TruncDate

from processes.audit.chain import COVERED, FORMAT, REMOVABLE, SALT, commitment
from processes.audit.models import AuditEntry
from processes.audit.trail import covered
from processes.log.keys import verifier
from processes.log.models import Checkpoint, LogKey
from processes.log.places import SUFFIX
from processes.log.tree import Tree

Line = dict[str, Any]


def line_of(entry: AuditEntry, withheld: Iterable[str] = ()) -> Line:
    """An entry with the columns that are given, and digests in the place of the others."""
    columns = dict(zip(COVERED, covered(entry), strict=True))
    out = set(withheld)
    if entry.format != FORMAT:
        return _first_format(entry, columns, bool(out) or entry.removed is not None)
    salts = {
        name: entry.salts[place * SALT : (place + 1) * SALT] for place, name in enumerate(REMOVABLE)
    }
    removed = dict(entry.removed or {})
    removed |= {n: commitment(salts[n], columns[n]) for n in out if columns[n]}
    for name in out | removed.keys():
        columns.pop(name)
    given = {name: salts[name] for name in REMOVABLE if columns.get(name)}
    line = {"format": FORMAT, "hash": entry.hash, "columns": columns, "salts": given}
    return line | ({"removed": removed} if removed else {})


def _first_format(entry: AuditEntry, columns: Line, withheld: bool) -> Line:
    """The first format has no digests of columns: an entry is given whole or by its hash."""
    if withheld:
        columns = {name: columns[name] for name in ("chain", "seq", "prev_hash")}
    line = {"format": 1, "hash": entry.hash, "columns": columns}
    return line | ({"withheld": True} if withheld else {})


def proof_of(entry: AuditEntry, tree: Tree, size: int) -> Line:
    """That the entry is in the log of a checkpoint."""
    number = entry.leaf.number
    path = [one.hex() for one in tree.inclusion(number, size)]
    return {"chain": entry.chain, "seq": entry.seq, "leaf": number, "path": path}


def earlier(last: Checkpoint, since: date, tree: Tree) -> Iterator[Line]:
    """The last checkpoint of each day since then, with the proof that the log only grew."""
    rows = Checkpoint.objects.filter(number__lt=last.number, at__date__gte=since)
    numbers = (
        rows.order_by().annotate(day=TruncDate("at")).values("day").annotate(last=Max("number"))
    )
    chosen = Checkpoint.objects.filter(number__in=[row["last"] for row in numbers])
    for row in chosen.order_by("number"):
        path = [one.hex() for one in tree.consistency(row.size, last.size)]
        yield {"note": row.note, "path": path}


def command(bundle: str, last: Checkpoint) -> str:
    """What to type to check a bundle, by the names under which it and its note are handed out."""
    note = f"{last.number:08}{SUFFIX}"
    key = str(verifier(last.key))
    return shlex.join(["python3", "verify_evidence.py", bundle, "--key", key, "--checkpoint", note])


def key_list() -> list[Line]:
    """Every public key, the first one first."""
    return [{"key": str(verifier(key)), "handover": key.handover} for key in LogKey.objects.all()]
