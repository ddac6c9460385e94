"""Rows written by statements that are built once: every decision waits for those that it writes.

They do what `save` does for models that have no signals, no parent and no values of the database.
"""

from functools import cache
from typing import Any

from django.db import DatabaseError, connection
from django.db.models import Field, Model

from permissions.compiled import execute


def insert(instance: Model) -> None:
    """Insert a row and keep its number, as `instance.save(force_insert=True)` does."""
    if connection.features.can_return_columns_from_insert:
        _insertion(type(instance))(instance)
    else:
        instance.save(force_insert=True)


def update(instance: Model, *names: str) -> None:
    """Write these fields, or all of them, as `instance.save(force_update=True)` does.

    Raises DatabaseError where the row is gone.
    """
    fields, sql = _updating(type(instance), names)
    values = [_value(field, instance, adding=False) for field in fields]
    with connection.cursor() as cursor:
        execute(cursor, sql, [*values, instance.pk])
        if cursor.rowcount != 1:
            raise DatabaseError(f"There is no row to update: {instance!r}.")


class Insertion:
    """The statement that inserts one row of a model.

    `behind` is an UPDATE with RETURNING, its parameters as %s: the row is inserted where that has
    changed one, and both go to the database together. Only PostgreSQL knows such a statement.
    """

    def __init__(self, model: type[Model], *, behind: str = "") -> None:
        self._fields = _fields(model)
        columns = ", ".join(f'"{field.column}"' for field in self._fields)
        places = ", ".join(["%s"] * len(self._fields))
        into = f'INSERT INTO "{model._meta.db_table}" ({columns})'
        if behind:
            self._sql = f"WITH moved AS ({behind}) {into} SELECT {places} FROM moved"  # noqa: S608
        else:
            self._sql = f"{into} VALUES ({places})"
        self._sql += f' RETURNING "{_key(model)}"'

    def __call__(self, instance: Model, *behind: Any) -> bool:
        """Insert the row, with the parameters of `behind`; whether it was inserted."""
        values = [_value(field, instance, adding=True) for field in self._fields]
        with connection.cursor() as cursor:
            execute(cursor, self._sql, [*behind, *values])
            found = cursor.fetchone()
        if found is None:
            return False
        (instance.pk,) = found
        instance._state.adding, instance._state.db = False, connection.alias
        return True


_insertion = cache(Insertion)


@cache
def _updating(model: type[Model], names: tuple[str, ...]) -> "tuple[list[Field[Any, Any]], str]":
    """The fields of these names, and the statement that writes them."""
    fields = [one for one in _fields(model) if not names or one.name in names]
    columns = ", ".join(f'"{field.column}" = %s' for field in fields)
    return fields, f'UPDATE "{model._meta.db_table}" SET {columns} WHERE "{_key(model)}" = %s'  # noqa: S608


def _fields(model: type[Model]) -> "list[Field[Any, Any]]":
    return [one for one in model._meta.local_concrete_fields if not one.primary_key]


def _key(model: type[Model]) -> str:
    return str(model._meta.pk.column)


def _value(field: "Field[Any, Any]", instance: Model, *, adding: bool) -> Any:
    return field.get_db_prep_save(field.pre_save(instance, adding), connection)
