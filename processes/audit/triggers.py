"""The triggers that keep history: what the database itself refuses, whoever asks.

A migration that rebuilds one of these tables (SQLite does so for most changes of a column)
ends with `migrations.RunPython(triggers.forwards, triggers.backwards)`.
"""

from collections.abc import Iterator
from typing import Any

from processes.audit.removal import blanking
from processes.audit.replacing import guards

#: What is refused on which table. Accounts, roles, cases and tasks are ended, never removed;
#: the heads of the chains and the tiles of the log move on, so only their removal is refused.
KEPT = {
    "processes_auditentry": ("UPDATE", "DELETE", "TRUNCATE"),
    "processes_chainhead": ("DELETE", "TRUNCATE"),
    "processes_case": ("DELETE", "TRUNCATE"),
    "processes_casetask": ("DELETE", "TRUNCATE"),
    "processes_comment": ("UPDATE", "DELETE", "TRUNCATE"),
    "processes_commentversion": ("UPDATE", "DELETE", "TRUNCATE"),
    # A text is never altered; that it can be deleted is for erasure by order.
    "processes_commenttext": ("UPDATE", "TRUNCATE"),
    "processes_mention": ("UPDATE", "DELETE", "TRUNCATE"),
    "processes_attachment": ("UPDATE", "DELETE", "TRUNCATE"),
    "processes_movedcomment": ("UPDATE", "DELETE", "TRUNCATE"),
    "permissions_user": ("DELETE", "TRUNCATE"),
    "permissions_holding": ("DELETE", "TRUNCATE"),
    "processes_logleaf": ("UPDATE", "DELETE", "TRUNCATE"),
    "processes_logtile": ("DELETE", "TRUNCATE"),
    "processes_logmark": ("DELETE", "TRUNCATE"),
    "processes_logkey": ("UPDATE", "DELETE", "TRUNCATE"),
    "processes_checkpoint": ("UPDATE", "DELETE", "TRUNCATE"),
    "processes_question": ("UPDATE", "DELETE", "TRUNCATE"),
    "permissions_standin": ("DELETE", "TRUNCATE"),
    "processes_erasureorder": ("DELETE", "TRUNCATE"),
    "processes_erasureitem": ("UPDATE", "DELETE", "TRUNCATE"),
    "processes_legalhold": ("DELETE", "TRUNCATE"),
}
#: The one change of a kept row that is let through: content of an entry goes by an order. A
#: migration that rebuilds a table of orders begins with `backwards`: this trigger reads from it.
ENTRIES = ("processes_auditentry", "UPDATE")
ORDERS = frozenset({"processes_erasureorder", "processes_erasureitem"})

_REFUSED = (
    "RAISE EXCEPTION 'History is kept: % on % is refused.', TG_OP, TG_TABLE_NAME"
    " USING ERRCODE = 'restrict_violation';"
)
#: What the functions of PostgreSQL do, by their names.
BODIES = {
    "keep_history": f" BEGIN {_REFUSED} END ",
    "keep_entries": f" BEGIN IF {blanking('postgresql')} THEN RETURN NEW; END IF; {_REFUSED} END ",
}
FUNCTION = "CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"

# Written as PostgreSQL itself prints them, so that a changed one is found by its text.
POSTGRESQL = (
    "CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH {scope} EXECUTE FUNCTION {function}()"
)
SQLITE = (
    "CREATE TRIGGER {name} BEFORE {verb} ON {table}{unless} BEGIN"
    " SELECT RAISE(ABORT, 'History is kept: {verb} on {table} is refused.'); END"
)

PRESENT = {
    "postgresql": (
        "SELECT pg_get_triggerdef(t.oid, true) FROM pg_trigger t"
        " JOIN pg_proc p ON p.oid = t.tgfoid WHERE t.tgenabled = 'A'"
        " AND (p.proname, p.prosrc) IN %s",
        [tuple(BODIES.items())],
    ),
    "sqlite": ("SELECT sql FROM sqlite_master WHERE type = %s", ["trigger"]),
}


def wanted(connection: Any) -> Iterator[tuple[str, str, str]]:
    """Name, table and definition of every trigger that this database should have."""
    postgresql = connection.vendor == "postgresql"
    tables = set(connection.introspection.table_names())
    for table in KEPT.keys() & tables:
        for verb in KEPT[table]:
            if not postgresql and verb == "TRUNCATE":  # SQLite has no such statement
                continue
            name = f"{table}_no_{verb.lower()}"
            scope = "STATEMENT" if verb == "TRUNCATE" else "ROW"
            words = {"name": name, "table": table, "verb": verb, "scope": scope}
            lets = (table, verb) == ENTRIES and tables >= ORDERS
            yield name, table, _written(words, lets=lets, postgresql=postgresql)
        if not postgresql:
            for name, text in guards(connection, table, changed="UPDATE" not in KEPT[table]):
                yield name, table, text


def _written(words: dict[str, str], *, lets: bool, postgresql: bool) -> str:
    """The definition of a trigger; one that lets something through says what."""
    if postgresql:
        return POSTGRESQL.format(function="keep_entries" if lets else "keep_history", **words)
    return SQLITE.format(unless=f" WHEN NOT ({blanking('sqlite')})" if lets else "", **words)


def missing(connection: Any) -> list[str]:
    """Names of triggers that are not there, are switched off or have another definition."""
    with connection.cursor() as cursor:
        cursor.execute(*PRESENT[connection.vendor])
        present = {definition for (definition,) in cursor.fetchall()}
    return sorted(
        name for name, _table, definition in wanted(connection) if definition not in present
    )


def install(connection: Any) -> None:
    """Create every trigger anew, on the tables that exist."""
    remove(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for name, body in BODIES.items():
                cursor.execute(FUNCTION.format(name=name, body=body))
        for name, table, definition in wanted(connection):
            cursor.execute(definition)
            if connection.vendor == "postgresql":
                # Also for replication and for a session that has switched triggers off.
                cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")


def remove(connection: Any) -> None:
    """Drop the triggers; for the way back of a migration, and for tests."""
    on_table = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for name, table, _definition in wanted(connection):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if on_table else ""))


def forwards(apps: Any, schema_editor: Any) -> None:
    """Install, as a step of a migration."""
    install(schema_editor.connection)


def backwards(apps: Any, schema_editor: Any) -> None:
    """Remove, as the way back of a migration."""
    remove(schema_editor.connection)
