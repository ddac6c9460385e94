"""What REPLACE of SQLite would do unseen: it removes the row in its way, and no trigger fires.

`INSERT OR REPLACE` and `UPDATE OR REPLACE` meet a row by its number or by any unique key, so the
triggers ask for all of them, as the database has them. PostgreSQL has no such statement.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

#: Written by an upsert that may change the row in its way: only its number is not to be met.
UPSERTED = frozenset({"processes_logtile"})

INSERTED = (
    "CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {meets} BEGIN"
    " SELECT RAISE(ABORT, 'History is kept: REPLACE on {table} is refused.'); END"
)
UPDATED = (
    "CREATE TRIGGER {table}_no_displace BEFORE UPDATE ON {table} WHEN {meets} BEGIN"
    " SELECT RAISE(ABORT, 'History is kept: REPLACE on {table} is refused.'); END"
)
_KEYS = """
SELECT i.name, c.name, m.sql FROM pragma_index_list(%s) i JOIN pragma_index_info(i.name) c
LEFT JOIN sqlite_master m ON m.name = i.name WHERE i."unique" ORDER BY i.name, c.seqno
"""


@dataclass(frozen=True)
class Key:
    """Columns that no two rows have alike; where it says so, among some rows only."""

    columns: tuple[str, ...]
    among: str = ""

    def meets(self, table: str, apart: str = "") -> str:
        """In SQL: whether a row stands where the new one wants to be."""
        same = [f'o."{name}" = NEW."{name}"' for name in self.columns]
        if self.among:
            same += [_columns_of(row, self.among) for row in ("o", "NEW")]
        alike = " AND ".join([*same, apart] if apart else same)
        return f"EXISTS (SELECT 1 FROM {table} o WHERE {alike})"  # noqa: S608 -- only our own names

    def moves(self) -> str:
        """In SQL: whether a change of a row may bring it to another's place."""
        if self.among:
            return "1"
        return " OR ".join(f'NEW."{name}" IS NOT OLD."{name}"' for name in self.columns)


def guards(connection: Any, table: str, *, changed: bool) -> Iterator[tuple[str, str]]:
    """Name and definition of the triggers of a table, whose rows may change or not."""
    keys = [Key(("rowid",)), *(_unique_keys(connection, table) if table not in UPSERTED else ())]
    meets = " OR ".join(key.meets(table) for key in keys)
    yield f"{table}_no_replace", INSERTED.format(table=table, meets=meets)
    if changed:
        apart = "o.rowid <> OLD.rowid"
        meets = " OR ".join(f"(({key.moves()}) AND {key.meets(table, apart)})" for key in keys)
        yield f"{table}_no_displace", UPDATED.format(table=table, meets=meets)


def _unique_keys(connection: Any, table: str) -> list[Key]:
    found: dict[str, Key] = {}
    with connection.cursor() as cursor:
        cursor.execute(_KEYS, [table])
        for index, column, sql in cursor.fetchall():
            known = found.get(index, Key((), (sql or "").partition(" WHERE ")[2]))
            found[index] = Key((*known.columns, column), known.among)
    return list(found.values())


def _columns_of(row: str, condition: str) -> str:
    """A condition as Django writes it, of the columns of this row."""
    return "(" + re.sub(r'"(\w+)"', rf'{row}."\1"', condition) + ")"
