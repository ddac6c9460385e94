"""Queries that Django builds once and that are then only run.

Building the SQL of a query with joins takes Django longer than PostgreSQL takes to answer it.
The few queries that every action and every page asks are therefore kept as built, one for each
kind of database; what differs from call to call is put into its places. PostgreSQL keeps them
prepared, so that it plans them once a connection; not where DISABLE_SERVER_SIDE_CURSORS says that a
pooler stands in between. Everything else in the project stays an ordinary queryset.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import count
from types import MappingProxyType
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.query import ModelIterable, get_related_populators

Row = TypeVar("Row")

#: Values that stand for an argument while the query is built; no row and no rule has them.
STAND_INS: dict[type, Callable[[int], Any]] = {
    int: lambda place: -(10**9) - place,
    str: lambda place: f"argument {place}",
    date: lambda place: date(1, 1, 1 + place),
}


class Compiled(Generic[Row]):
    """A queryset as a function: `Compiled(build, task=int)(task=5)` gives a list of rows.

    `build` gets a stand-in for each argument and returns a queryset of instances or of
    `values_list`, or a statement with its parameters; an argument may stand only where its value
    is a parameter of the statement, because the text of the statement stays the same. So not
    for a column of positive or small numbers: Django knows that no stand-in fits. An argument
    that is a `list` holds numbers for an `IN (...)`; there is a statement for each number of
    places that `padded` makes of them.
    """

    def __init__(self, build: Callable[..., "QuerySet[Any, Row]"], **arguments: type) -> None:
        self._build, self._arguments = build, arguments
        self._lists = [name for name, kind in arguments.items() if kind is list]
        self._plans: dict[tuple[Any, ...], _Plan] = {}
        self._all_used = True

    def where_used(self) -> "Compiled[Row]":
        """Let an argument be given that the statement has no place for."""
        self._all_used = False
        return self

    def __call__(self, **values: Any) -> list[Row]:
        """Run the statement with these arguments. Raises TypeError when one is missing."""
        try:
            plan, places = self._plan(values)
            return list(plan.rows(places))
        except EmptyResultSet:  # Django sees that no row can fit
            return []

    def filled(self, **values: Any) -> tuple[str, list[Any]]:
        """The statement with its parameters, for whoever puts several into one.

        Raises TypeError when an argument is missing, EmptyResultSet when no row can fit.
        """
        plan, places = self._plan(values)
        return plan.sql, plan.filled(places)

    def planned_anew(self, **values: Any) -> list[Any]:
        """The rows as the database gives them; PostgreSQL plans for these very arguments.

        For a statement that asks of few people for very much: kept, it would be planned for most.
        """
        with connection.cursor() as cursor:
            cursor.execute(*self.filled(**values))
            return list(cursor.fetchall())

    def _plan(self, values: dict[str, Any]) -> "tuple[_Plan, dict[str, Any]]":
        """The statement for so many places, and what comes into each of them."""
        if values.keys() != self._arguments.keys():
            raise TypeError(f"expected {sorted(self._arguments)}, got {sorted(values)}")
        if self._lists:
            values = values | {name: padded(values[name]) for name in self._lists}
        sizes = {name: len(values[name]) for name in self._lists}
        key = (connection.vendor, *sizes.values())
        plan = self._plans.get(key)
        if plan is None:
            plan = self._plans[key] = self._planned(self._stand_ins(sizes))
        return plan, self._places(values)

    def _planned(self, stand_ins: dict[str, Any]) -> "_Plan":
        """The statement; EmptyResultSet when no row can fit, whatever is asked."""
        queryset = self._build(**stand_ins)
        try:
            return _Plan(queryset, self._places(stand_ins), all_used=self._all_used)
        except EmptyResultSet:
            if self._all_used:
                raise TypeError("no row can fit the stand-in of an argument") from None
            raise

    def _stand_ins(self, sizes: Mapping[str, int]) -> dict[str, Any]:
        """Another one for each place."""
        free = count()
        return {
            name: [STAND_INS[int](next(free)) for _place in range(sizes[name])]
            if name in sizes
            else STAND_INS[kind](next(free))
            for name, kind in self._arguments.items()
        }

    def _places(self, values: dict[str, Any]) -> dict[str, Any]:
        """Values by their places; a list has as many as numbers."""
        if not self._lists:
            return values
        places = {name: value for name, value in values.items() if name not in self._lists}
        for name in self._lists:
            places |= {f"{name} {place}": value for place, value in enumerate(values[name])}
        return places


def padded(values: Collection[int]) -> tuple[int, ...]:
    """Numbers for an `IN (...)` of a compiled query: as many places as the next power of two.

    So a few statements serve lists of every length. What is left over is filled with 0, which
    is no row's number.
    """
    size = 1 << max(len(values) - 1, 0).bit_length()
    return (*sorted(values), *[0] * (size - len(values)))


class _Plan:
    """The text of a statement, where its arguments go, and how its rows become instances."""

    converters: Mapping[int, Any] = MappingProxyType({})
    iterable: Any = None

    def __init__(
        self,
        queryset: "QuerySet[Any, Any] | tuple[str, Sequence[Any]]",
        arguments: dict[str, Any],
        *,
        all_used: bool,
    ) -> None:
        if isinstance(queryset, tuple):
            self.sql, params = queryset
        else:
            params = self._compile(queryset)
        named = {_adapted(value): name for name, value in arguments.items()}
        self.places = [
            (named.get(value) if isinstance(value, str | int | date) else None, value)
            for value in params
        ]
        used = {name for name, _value in self.places if name}
        self.order = [name for name in arguments if name in used]
        if all_used and used != arguments.keys():
            raise TypeError("an argument of the query is not a parameter of its statement")

    def _compile(self, queryset: "QuerySet[Any, Any]") -> Sequence[Any]:
        """Keep what reads the rows; give the parameters of the statement."""
        self.compiler = compiler = queryset.query.get_compiler(connection=connection)
        self.sql, params = compiler.as_sql()
        self.converters = compiler.get_converters(
            [column[0] for column in compiler.select[: compiler.col_count]]
        )
        self.iterable = queryset._iterable_class
        if self.iterable is ModelIterable:
            self._learn(compiler)
        return params

    def _learn(self, compiler: Any) -> None:
        info = compiler.klass_info
        self.model, fields = info["model"], info["select_fields"]
        self.own = slice(fields[0], fields[-1] + 1)
        self.names = [column[0].target.attname for column in compiler.select[self.own]]
        self.related = get_related_populators(info, compiler.select, connection.alias)  # type: ignore[call-arg]
        self.annotations = compiler.annotation_col_map or {}

    def rows(self, values: dict[str, Any]) -> Iterator[Any]:
        """Send the statement and read what comes."""
        with connection.cursor() as cursor:
            if prepares():
                # Written so that it can be read in the server's log: constants stand in the text.
                marks = [f"${self.order.index(one) + 1}" if one else "%s" for one, _ in self.places]
                constants = [value for one, value in self.places if not one]
                given = [values[one] for one in self.order]
                _execute_kept(cursor, self, lambda: (self.sql % tuple(marks), constants), given)
            else:
                cursor.execute(self.sql, self.filled(values))
            found = cursor.fetchall()
        if self.converters:
            found = list(self.compiler.apply_converters(found, self.converters))
        return map(self._instance, found) if self.iterable is ModelIterable else iter(found)

    def filled(self, values: Mapping[str, Any]) -> list[Any]:
        """The parameters in their order, with these arguments in their places."""
        filled = (values[name] if name else value for name, value in self.places)
        return [_adapted(value) for value in filled]

    def _instance(self, row: Any) -> Any:
        instance = self.model.from_db(connection.alias, self.names, row[self.own])
        for populator in self.related:
            populator.populate(row, instance)
        for name, column in self.annotations.items():
            setattr(instance, name, row[column])
        return instance


#: Names of the statements that each open connection has prepared.
_PREPARED: WeakKeyDictionary[Any, dict[Any, str]] = WeakKeyDictionary()


def execute(cursor: Any, sql: str, given: Sequence[Any]) -> None:
    """Execute a statement with parameters as %s; PostgreSQL keeps it for the next time."""
    if prepares():
        _execute_kept(cursor, sql, lambda: (_numbered(sql), ()), given)
    else:
        cursor.execute(sql, given)


def _numbered(sql: str) -> str:
    """The statement with its parameters as a prepared one has them: $1, $2."""
    first, *others = sql.split("%s")
    return first + "".join(f"${place}{text}" for place, text in enumerate(others, start=1))


def _execute_kept(
    cursor: Any,
    key: object,
    text: Callable[[], tuple[str, Sequence[Any]]],
    given: Sequence[Any],
) -> None:
    """Execute a statement by its key; `text` gives it the first time, with its constants."""
    opened = connection.connection  # itself, or what a pool has lent
    names = _PREPARED.setdefault(getattr(opened, "driver_connection", opened), {})
    name = names.get(key)
    if name is None:
        sql, constants = text()
        name = f"compiled_{len(names)}"
        cursor.execute(f"PREPARE {name} AS {sql}", constants)
        names[key] = name
    marks = f" ({', '.join(['%s'] * len(given))})" if given else ""
    cursor.execute(f"EXECUTE {name}{marks}", given)


def prepares() -> bool:
    """Whether statements may be prepared on the present connection."""
    return (
        connection.vendor == "postgresql"
        and not connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"]
    )


def _adapted(value: Any) -> Any:
    """A value as the database's driver takes it."""
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
