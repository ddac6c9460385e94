"""What every visit to the inbox asks, built once for each shape of rights and then only run.

A list that somebody has narrowed or leafed through is asked as an ordinary queryset. Lists that
are saved are counted from parts, each built once a day: sets of them are too many to be prepared.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict

from permissions.checks import today
from permissions.compiled import Compiled
from permissions.models import User
from processes.cases.bars import closed_cases
from processes.cases.models import CaseTask
from processes.pages.by_shape import find, find_in_shape, has_no_shape
from processes.pages.counting import count_in_one, counted, counted_in_one
from processes.pages.inbox_columns import Columns
from processes.pages.inbox_lists import order_of, tab_of, tasks_of
from processes.pages.inbox_wish import Wish, units_in
from processes.pages.keyset import beginning, ending

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
    at_end: bool = False

    def tasks(self, user: User, on: date) -> Any:
        return tasks_of(self.tab, user, on=on, put_off=self.put_off)


def rows(asked: Asked, user: User) -> list[CaseTask]:
    """The first page of a list or its last, and one row more."""
    return find(_rows, asked, user)


def units(asked: Asked, user: User) -> list[tuple[int, str]]:
    """The units of a list; who has concluded very much is not most people."""
    if asked.tab == "done":
        return find(_units, asked, user, Compiled.planned_anew)
    return find(_units, asked, user)


def counts(tabs: tuple[str, ...], user: User) -> dict[str, int]:
    """How many tasks stand in each of these tabs."""
    if has_no_shape(user):
        lists = [tasks_of(name, user, on=today()) for name in tabs]
        return dict(zip(tabs, count_in_one(lists, most=MANY), strict=True))
    (found,) = find(_counts, tabs, user)
    return dict(zip(tabs, found, strict=True))


def found_by(queries: Sequence[str], user: User) -> list[int]:
    """How many tasks the person finds by each of these addresses, asked in one statement."""
    on = today()
    if has_no_shape(user):
        return count_in_one([_listed(one, user, on) for one in queries], most=MANY)
    return counted(find_in_shape(_found, (one, on), user, Compiled.filled) for one in queries)


def _rows(asked: Asked, user: User, on: date) -> Any:
    columns = Columns(dict.fromkeys(asked.columns, ""))
    keys = order_of(asked.tab, asked.sort, asked.group)
    cut = ending if asked.at_end else beginning
    return cut(columns.read(asked.tasks(user, on)), keys)


def _units(asked: Asked, user: User, on: date) -> Any:
    return units_in(asked.tasks(user, on), done=asked.tab == "done")


def _counts(tabs: tuple[str, ...], user: User, on: date) -> Any:
    return counted_in_one([tasks_of(name, user, on=on) for name in tabs], most=MANY)


def _found(kept: tuple[str, date], user: User, _on: date) -> Any:
    """Kept for a day: the days of a week or a reminder follow from it."""
    query, on = kept
    return counted_in_one([_listed(query, user, on)], most=MANY)


def _listed(query: str, user: User, on: date) -> Any:
    """The tasks that the address of a list finds."""
    asked = QueryDict(query)
    wish = Wish.of(asked)
    tasks = tasks_of(tab_of(asked), user, on=on, put_off=bool(wish.get("put_off")))
    return wish.narrow(tasks, closed_cases(user), on)
