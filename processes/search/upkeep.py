"""What keeps the table of words true: triggers on every table that it tells of.

They are no part of a migration. SQLite rebuilds a table for most changes of a column, which loses
the triggers on it and fails while those of other tables read from it. So they are taken away
before pending migrations and put back after them; a migration of ours need not know of them.
"""

from collections.abc import Iterator
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from processes.search import postgresql, sqlite
from processes.search.source import SOURCES, rows, tables

ENGINES: dict[str, Any] = {"postgresql": postgresql, "sqlite": sqlite}
ENTRIES = "processes_searchentry"
_COLUMNS = "kind, ref, head, rest, marks"


def stands(connection: Any) -> bool:
    """Whether the database is new enough to have a table of words."""
    return tables() | {ENTRIES} <= set(connection.introspection.table_names())


def missing(connection: Any) -> list[str]:
    """Names of triggers that are not there or have another definition."""
    engine = ENGINES[connection.vendor]
    with connection.cursor() as cursor:
        present = engine.present(cursor)
    return sorted(name for name, definition in engine.wanted() if present.get(name) != definition)


def install(connection: Any) -> None:
    """Put all triggers in place and write every row anew."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        ENGINES[connection.vendor].install(cursor)
        _fill(connection.vendor, cursor)


def remove(connection: Any) -> None:
    """Take the triggers away."""
    with connection.cursor() as cursor:
        ENGINES[connection.vendor].remove(cursor)


def rebuild(connection: Any) -> None:
    """Write every row anew."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        _fill(connection.vendor, cursor)


def differences(connection: Any) -> Iterator[tuple[str, int]]:
    """How many rows of each kind do not read as they should."""
    with connection.cursor() as cursor:
        for kind in SOURCES:
            there = f"SELECT {_COLUMNS} FROM {ENTRIES} WHERE kind = '{kind}'"  # noqa: S608
            due = f"SELECT {_COLUMNS} FROM ({rows(connection.vendor, kind)}) AS due"  # noqa: S608
            cursor.execute(
                f"SELECT count(DISTINCT ref) FROM (SELECT ref FROM ({due} EXCEPT {there}) AS a"  # noqa: S608
                f" UNION ALL SELECT ref FROM ({there} EXCEPT {due}) AS b) AS differing"
            )
            yield kind, cursor.fetchone()[0]


def before_migrations(using: str = DEFAULT_DB_ALIAS, plan: Any = (), **_: object) -> None:
    """Clear the way for a migration that rebuilds a table; PostgreSQL needs no such thing."""
    connection = connections[using]
    if plan and connection.vendor == "sqlite":
        remove(connection)


def after_migrations(using: str = DEFAULT_DB_ALIAS, **_: object) -> None:
    """Put in place what is missing, which after most migrations is nothing."""
    connection = connections[using]
    if stands(connection) and missing(connection):
        install(connection)


def backwards(apps: Any, schema_editor: Any) -> None:
    """Take the triggers away, as the way back of the migration that made the table."""
    remove(schema_editor.connection)


def _fill(vendor: str, cursor: Any) -> None:
    cursor.execute(f"DELETE FROM {ENTRIES}")  # noqa: S608
    for kind in SOURCES:
        cursor.execute(f"INSERT INTO {ENTRIES} ({_COLUMNS}) {rows(vendor, kind)}")
