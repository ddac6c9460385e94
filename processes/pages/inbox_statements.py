"""What every visit to the inbox asks, built once for each shape of rights and then only run.

A list that somebody has narrowed or leafed through is asked as an ordinary queryset.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from permissions.checks import stand_ins_of, today
from permissions.compiled import Compiled, padded
from permissions.models import User
from permissions.shapes import Shape, shape_of
from processes.cases.bars import close_for, closed_cases
from processes.cases.models import CaseTask
from processes.pages.counting import count_in_one, counted_in_one
from processes.pages.inbox_columns import Columns
from processes.pages.inbox_lists import order_of, tasks_of
from processes.pages.inbox_wish import units_in
from processes.pages.keyset import beginning

#: A tab's badge counts no further.
MANY = 100


@dataclass(frozen=True)
class Asked:
    """A list as it is asked, whoever asks."""

    tab: str
    put_off: bool = False
    sort: str = ""
    group: str = ""
    columns: tuple[str, ...] = ()

    def tasks(self, user: User, on: date) -> Any:
        return tasks_of(self.tab, user, on=on, put_off=self.put_off)


def rows(asked: Asked, user: User) -> list[CaseTask]:
    """The first page of a list, and one row more."""
    return _run(_rows, asked, user)


def units(asked: Asked, user: User) -> list[tuple[int, str]]:
    """The units of a list."""
    return _run(_units, asked, user)


def counts(tabs: tuple[str, ...], user: User) -> dict[str, int]:
    """How many tasks stand in each of these tabs."""
    if stand_ins_of(user):
        lists = [tasks_of(name, user, on=today()) for name in tabs]
        return dict(zip(tabs, count_in_one(lists, most=MANY), strict=True))
    (found,) = _run(_counts, tabs, user)
    return dict(zip(tabs, found, strict=True))


def _rows(asked: Asked, user: User, on: date) -> Any:
    columns = Columns(dict.fromkeys(asked.columns, ""))
    keys = order_of(asked.tab, asked.sort, asked.group)
    return beginning(columns.read(asked.tasks(user, on)), keys)


def _units(asked: Asked, user: User, on: date) -> Any:
    return units_in(asked.tasks(user, on), done=asked.tab == "done")


def _counts(tabs: tuple[str, ...], user: User, on: date) -> Any:
    return counted_in_one([tasks_of(name, user, on=on) for name in tabs], most=MANY)


def _run(build: Callable[[Any, User, date], Any], what: Any, user: User) -> list[Any]:
    if stand_ins_of(user):  # few people, and what they cover has no shape
        return list(build(what, user, today()))
    shape, numbers = shape_of(user)
    closed = padded(closed) if (closed := closed_cases(user)) else ()
    places = _places(shape, len(closed))
    statement = _statement(build, what, shape, len(closed))
    filled = dict(zip(places, (*numbers, *closed), strict=True))
    return statement(person=user.pk, on=today(), **filled)


def _places(shape: Shape, closed: int) -> list[str]:
    units = (f"unit_{place}" for place in range(shape.units))
    return [*units, *(f"closed_{place}" for place in range(closed))]


@lru_cache(maxsize=1024)
def _statement(
    build: Callable[[Any, User, date], Any], what: Any, shape: Shape, closed: int
) -> Compiled[Any]:
    """The statement as people of this shape ask it."""

    def built(person: int, on: date, **numbers: int) -> Any:
        found = list(numbers.values())
        stand_in = shape.stand_in(person, found[: shape.units])
        close_for(stand_in, found[shape.units :])
        return build(what, stand_in, on)

    places = dict.fromkeys(_places(shape, closed), int)
    return Compiled(built, person=int, on=date, **places).where_used()
