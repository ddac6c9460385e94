"""Several lists counted in one statement."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


def count_in_one(lists: Sequence[QuerySet[Any]], *, most: int) -> list[int]:
    """How many rows each list has, none counted further than `most`."""
    if not lists:
        return []
    with connection.cursor() as cursor:
        cursor.execute(*counted_in_one(lists, most=most))
        return list(cursor.fetchone())


def counted_in_one(lists: Sequence[QuerySet[Any]], *, most: int) -> tuple[str, list[Any]]:
    """The statement that counts, with its parameters.

    Django asks for each count in a statement of its own, so this one is put together here;
    what is inside it is Django's.
    """
    parts: list[str] = []
    params: list[Any] = []
    for one in lists:
        try:
            sql, given = one.order_by().values("pk")[:most].query.sql_with_params()
        except EmptyResultSet:
            parts.append("0")
            continue
        parts.append(f"(SELECT COUNT(*) FROM ({sql}) counted)")  # noqa: S608 -- Django's own
        params += given
    return f"SELECT {', '.join(parts)}", params


def counted(statements: Iterable[tuple[str, list[Any]]]) -> list[int]:
    """What statements of `counted_in_one`, each of one list, count; asked as one statement."""
    parts = list(statements)
    if not parts:
        return []
    text = ", ".join(f"({sql})" for sql, _params in parts)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {text}", [one for _sql, params in parts for one in params])
        return list(cursor.fetchone())
