"""Filling tables fast: COPY on PostgreSQL, executemany elsewhere; and databases of our own."""

import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from io import StringIO
from itertools import islice
from typing import Any

BATCH = 20_000
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def load(model: type[Any], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows of these attributes; every other column gets the default of its field."""
    from django.db import connection

    fields = {field.attname: field for field in model._meta.local_concrete_fields}
    rest = {name: f for name, f in fields.items() if name not in columns and not f.primary_key}
    defaults = [_plain(f.get_db_prep_save(_default(f), connection)) for f in rest.values()]
    names = ", ".join(f'"{fields[name].column}"' for name in (*columns, *rest))
    table, rows = model._meta.db_table, iter(rows)
    with connection.cursor() as cursor:
        while batch := list(islice(rows, BATCH)):
            if connection.vendor == "postgresql":
                tail = "".join(f"\t{_text(value)}" for value in defaults) + "\n"
                lines = "".join("\t".join(map(_text, row)) + tail for row in batch)
                cursor.copy_expert(f'COPY "{table}" ({names}) FROM STDIN', StringIO(lines))  # type: ignore[attr-defined]
            else:
                marks = ", ".join(["%s"] * len([*columns, *rest]))
                sql = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'  # noqa: S608
                cursor.executemany(sql, [[*map(_sqlite, row), *defaults] for row in batch])


def _default(field: Any) -> Any:
    """The field's default; a date that Django sets by itself is not for us."""
    return field.get_default() if field.has_default() or not field.null else None


def _plain(value: Any) -> Any:
    """A value as the driver takes it."""
    if hasattr(value, "adapted"):  # a JSON value wrapped for PostgreSQL
        return json.dumps(value.adapted)
    return json.dumps(value) if isinstance(value, dict | list) else value


def _sqlite(value: Any) -> Any:
    """A value as Django writes it on SQLite: moments in UTC, without saying so."""
    value = _plain(value)
    return str(value.replace(tzinfo=None)) if isinstance(value, datetime) else value


def _text(value: Any) -> str:
    """A value as COPY reads it."""
    value = _plain(value)
    if value is None:
        return r"\N"
    return value.translate(ESCAPES) if isinstance(value, str) else str(value)


@contextmanager
def quickly(models: Iterable[type[Any]]) -> Iterator[None]:
    """Fill these tables without indexes and foreign keys in the way, then bring all up to date.

    Indexes are built again afterwards and the sequences moved on; PostgreSQL's statistics are
    renewed. The role must be a superuser of its server, for the checks of foreign keys.
    """
    from django.core.management.color import no_style
    from django.db import connection

    models = list(models)
    if connection.vendor != "postgresql" or connection.in_atomic_block:  # that is: in a test
        yield
        return
    tables = [model._meta.db_table for model in models]
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica; SET maintenance_work_mem = '512MB'")
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
            " AND tablename = ANY(%s) AND indexname NOT IN (SELECT conname FROM pg_constraint)",
            [tables],
        )
        indexes = cursor.fetchall()
        for name, _definition in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        for _name, definition in indexes:
            cursor.execute(definition)
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
        cursor.execute("SET session_replication_role = DEFAULT; RESET maintenance_work_mem")
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")  # or what was filled is still being written while measuring


@contextmanager
def scratch_database(name: str) -> Iterator[None]:
    """A database of our own on the server of DATABASE_URL; it is dropped at the end."""
    from django.db import connection

    settings = connection.settings_dict
    before, own = settings["NAME"], re.sub(r"\W", "_", f"bench_{name}_{os.getpid()}")
    settings["TEST"]["NAME"] = own
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        yield
    finally:
        if settings["NAME"] == own:
            connection.creation.destroy_test_db(before, verbosity=0)
