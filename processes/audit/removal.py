"""Content of an entry goes by order, its digest stays: the one change of an entry that there is.

Who orders it and who approves is decided elsewhere (`processes.retention`). The database lets a
change through only where an approved order names entry and column, and an entry `erased` of the
same chain has to say so too: `processes.audit.verify` finds a removal of which none tells.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from processes.audit.chain import COVERED, FORMAT, NO_SALT, REMOVABLE, SALT, commitment
from processes.audit.models import AuditEntry, Event

#: What an order may take out, and what is left in its place. An outcome stays: it says what was
#: decided, and the history of a procedure is made of it.
ERASABLE: Mapping[str, Any] = {"reason": "", "facts": {}}
_EMPTY = {"reason": "''", "facts": "'{}'"}
#: Entries that tell of an erasure or a hold, of keys and of rules are whole for ever.
WHOLE = frozenset({
    Event.ERASURE_ASKED, Event.ERASURE_APPROVED, Event.ERASURE_DENIED, Event.ERASURE_REVOKED,
    Event.ERASED, Event.PRESERVED, Event.UNPRESERVED, Event.REKEYED, Event.ADOPTED,
})  # fmt: skip


def digest_in(entry: AuditEntry, column: str) -> str:
    """The digest that stays when a column goes; empty where nothing stands in it."""
    at = REMOVABLE.index(column) * SALT
    return commitment(entry.salts[at : at + SALT], getattr(entry, column))


def remove(entry: AuditEntry, columns: Iterable[str]) -> None:
    """Take columns out of an entry, with their salts: nobody can try what stood there.

    A column that is gone already keeps the digest that it left. Raises ValueError for an entry
    that has no digests of its columns, or that stays whole.
    """
    if entry.format != FORMAT or entry.event in WHOLE:
        raise ValueError(f"{entry.chain}/{entry.seq} stays whole")
    removed, salts = dict(entry.removed or {}), entry.salts
    changes: dict[str, Any] = {}
    for name in set(columns) - removed.keys():
        removed[name], changes[name] = digest_in(entry, name), ERASABLE[name]
        at = REMOVABLE.index(name) * SALT
        salts = salts[:at] + NO_SALT + salts[at + SALT :]
    if changes:
        AuditEntry.objects.filter(pk=entry.pk).update(removed=removed, salts=salts, **changes)


def blanking(vendor: str) -> str:
    """In SQL: whether a row of the trail only loses columns that an approved order names."""
    same = "IS NOT DISTINCT FROM" if vendor == "postgresql" else "IS"
    fixed = [n for n in ("id", *COVERED, "hash", "format") if n not in ERASABLE]
    kept = [f"NEW.{name} {same} OLD.{name}" for name in fixed]
    kept.append("NEW.salts <> OLD.salts")
    return " AND ".join([*kept, *(_column(name, same, vendor) for name in REMOVABLE)])


def _column(name: str, same: str, vendor: str) -> str:
    def digest(row: str) -> str:
        if vendor == "postgresql":
            return f"{row}.removed ->> '{name}'"
        return f"json_extract({row}.removed, '$.{name}')"

    def salt(row: str) -> str:
        return f"substr({row}.salts, {REMOVABLE.index(name) * SALT + 1}, {SALT})"

    stays = (
        f"NEW.{name} {same} OLD.{name} AND ({digest('NEW')}) {same} ({digest('OLD')})"
        f" AND {salt('NEW')} = {salt('OLD')}"
    )
    if name not in ERASABLE:
        return f"({stays})"
    ordered = (
        "SELECT 1 FROM processes_erasureitem i"  # noqa: S608 -- only our own names are put in
        " JOIN processes_erasureorder o ON o.id = i.order_id WHERE i.kind = 'entry'"
        f" AND i.number = OLD.id AND i.name = '{name}' AND o.carried_out_at IS NOT NULL"
    )
    goes = (
        f"OLD.format = {FORMAT} AND NEW.{name} = {_EMPTY[name]}"
        f" AND ({digest('OLD')}) IS NULL AND ({digest('NEW')}) IS NOT NULL"
        f" AND {salt('NEW')} = '{NO_SALT}' AND EXISTS ({ordered})"
    )
    return f"({stays} OR {goes})"
