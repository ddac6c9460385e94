"""What the tables of a PostgreSQL database hold, to bring it back when a test has changed it.

To empty every table, to fill some and to let triggers do their part takes long; most tables hold
nothing, and most of the others what they held before.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from processes.audit import triggers

#: The rows of each table that has any, as PostgreSQL writes them out.
Contents = dict[str, bytes]
#: In the place of what refuses to alter history.
STANDS_ASIDE = " BEGIN RETURN OLD; END "


def contents(connection: Any) -> Contents:
    """What the tables of our models hold."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        return _contents(connection, cursor)


def bring_back(connection: Any, wanted: Contents) -> None:
    """Let the tables hold this and nothing else; numbers that were given are not given again."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        present = _contents(connection, cursor)
        tables = present.keys() | wanted.keys()
        changed = [one for one in tables if present.get(one) != wanted.get(one)]
        with _nothing_watches(cursor):
            for table in changed:
                cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608 -- the name of a model's table
            for table in wanted.keys() & changed:
                cursor.copy_expert(f'COPY "{table}" FROM STDIN', BytesIO(wanted[table]))
    ContentType.objects.clear_cache()


def _contents(connection: Any, cursor: Any) -> Contents:
    held = {table: BytesIO() for table in _with_rows(connection, cursor)}
    for table, rows in held.items():
        cursor.copy_expert(f'COPY "{table}" TO STDOUT', rows)
    return {table: rows.getvalue() for table, rows in held.items()}


def _with_rows(connection: Any, cursor: Any) -> list[str]:
    """Asked in one statement, and of the tables that a flush of Django's would empty."""
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    asked = (f"SELECT '{one}' WHERE EXISTS (SELECT 1 FROM \"{one}\")" for one in tables)  # noqa: S608
    cursor.execute(" UNION ALL ".join(asked))
    return [table for (table,) in cursor.fetchall()]


@contextmanager
def _nothing_watches(cursor: Any) -> Iterator[None]:
    """Rows come and go without triggers and foreign keys until this transaction is over.

    Those that keep history are for every session; while this one replaces what they do, the
    others see nothing of it.
    """
    cursor.execute("SET LOCAL session_replication_role = replica")
    for name in triggers.BODIES:
        cursor.execute(triggers.FUNCTION.format(name=name, body=STANDS_ASIDE))
    yield
    for name, body in triggers.BODIES.items():
        cursor.execute(triggers.FUNCTION.format(name=name, body=body))
    cursor.execute("SET LOCAL session_replication_role = DEFAULT")
