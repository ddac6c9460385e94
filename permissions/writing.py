"""Rows written by statements that are built once: every decision waits for those that it writes.

They do what `save` does for models that have no signals, no parent and no values of the database.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import DatabaseError, connection
from django.db.models import Field, Model

from permissions.compiled import execute


@dataclass(frozen=True)
class Beside:
    """A row that is written with another; `of` names its field for that other one.

    `once`: where there is one like it already, nothing is written.
    """

    row: Model
    of: str = ""
    once: bool = False


def insert(instance: Model, *beside: Beside) -> None:
    """Insert a row and keep its number, as `instance.save(force_insert=True)` does.

    Rows beside it are inserted with it; PostgreSQL gets one statement for all.
    """
    if beside and connection.vendor == "postgresql":
        kinds = tuple((type(one.row), one.of, one.once) for one in beside)
        _together(type(instance), kinds)(instance, [one.row for one in beside])
    else:
        _insertion(type(instance))(instance)
    for one in beside:
        if one.of:
            setattr(one.row, one.of, instance)
        if connection.vendor != "postgresql":
            _insertion(type(one.row), once=one.once)(one.row)


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
    `once`: nothing is inserted where a row like it is there.
    """

    def __init__(self, model: type[Model], *, behind: str = "", once: bool = False) -> None:
        self._fields = _fields(model)
        places = ", ".join(["%s"] * len(self._fields))
        if behind:
            self._sql = f"WITH moved AS ({behind}) {_into(model)} SELECT {places} FROM moved"  # noqa: S608
        else:
            self._sql = f"{_into(model)} VALUES ({places})"
        self._sql += _ending(model, once)

    def __call__(self, instance: Model, *behind: Any) -> bool:
        """Insert the row, with the parameters of `behind`; whether it was inserted."""
        values = [_value(field, instance, adding=True) for field in self._fields]
        with connection.cursor() as cursor:
            execute(cursor, self._sql, [*behind, *values])
            found = cursor.fetchone()
        if found is None:
            return False
        _is_stored(instance, found[0])
        return True


class _Together:
    """The statement that inserts a row and those beside it, for PostgreSQL."""

    def __init__(self, model: type[Model], beside: tuple[tuple[type[Model], str, bool], ...]):
        self._fields = [_fields(model)]
        places = ", ".join(["%s"] * len(self._fields[0]))
        parts = [f"made AS ({_into(model)} VALUES ({places}){_ending(model)})"]
        for number, (other, of, once) in enumerate(beside):
            fields = _fields(other)
            said = ", ".join(f'made."{_key(model)}"' if f.name == of else "%s" for f in fields)
            row = f"{_into(other)} SELECT {said} FROM made{_ending(other, once)}"  # noqa: S608
            parts.append(f"beside_{number} AS ({row})")
            self._fields.append([field for field in fields if field.name != of])
        others = "".join(f", (TABLE beside_{number})" for number in range(len(beside)))
        self._sql = f"WITH {', '.join(parts)} SELECT made.*{others} FROM made"  # noqa: S608

    def __call__(self, instance: Model, beside: "list[Model]") -> None:
        """Insert all; where there was one like it, a row beside has no number."""
        rows = [instance, *beside]
        values = [
            _value(field, row, adding=True)
            for row, fields in zip(rows, self._fields, strict=True)
            for field in fields
        ]
        with connection.cursor() as cursor:
            execute(cursor, self._sql, values)
            found = cursor.fetchone()
        for row, number in zip(rows, found, strict=True):
            if number is not None:
                _is_stored(row, number)


_insertion = cache(Insertion)
_together = cache(_Together)


def _into(model: type[Model]) -> str:
    columns = ", ".join(f'"{field.column}"' for field in _fields(model))
    return f'INSERT INTO "{model._meta.db_table}" ({columns})'


def _ending(model: type[Model], once: bool = False) -> str:
    return f'{" ON CONFLICT DO NOTHING" if once else ""} RETURNING "{_key(model)}"'


def _is_stored(instance: Model, number: Any) -> None:
    instance.pk = number
    instance._state.adding, instance._state.db = False, connection.alias


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
