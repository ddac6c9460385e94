"""The lists of the inbox: whose tasks they hold, in which order, and in which groups."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast, Concat, StrIndex
from django.utils.translation import gettext_lazy as _
from viewflow.workflow.fields import get_flow_ref, get_task_ref

from permissions.models import User
from processes.cases.bars import closed_cases
from processes.cases.models import CaseTask
from processes.flows import FLOWS
from processes.pages.keyset import Key

TABS = {
    "mine": _("Mine"),
    "take": _("To take"),
    "waiting": _("Waiting for others"),
    "done": _("Done"),
}

SORTS = {
    "due": _("Due first"),
    "priority": _("Most urgent first"),
    "candidate": _("Name of the person"),
    "unit": _("Unit"),
    "step": _("Step"),
    "age": _("Waiting longest"),
    "newest": _("Newest first"),
}
GROUPS = {"procedure": _("Procedure"), "meeting": _("Meeting")}


def tab_of(asked: Mapping[str, str]) -> str:
    """The tab that the address names; the first one otherwise."""
    name = asked.get("tab", "mine")
    return name if name in TABS else "mine"


def tasks_of(tab: str, user: User, *, on: date, put_off: bool = False) -> QuerySet[CaseTask]:
    """The tasks of a tab; of cases closed to the person only what they hold, to give it back."""
    tasks = CaseTask.objects.all()
    if tab == "done":
        return _open_to(user, tasks.done_by(user))
    if tab == "waiting":
        return _open_to(user, tasks.waiting_for_others(user))
    tasks = tasks.put_off(user, on) if put_off else tasks.not_put_off(user, on)
    return tasks.mine(user) if tab == "mine" else _open_to(user, tasks.to_take(user))


def _open_to(user: User, tasks: QuerySet[CaseTask]) -> QuerySet[CaseTask]:
    closed = closed_cases(user)
    return tasks.exclude(process__in=closed) if closed else tasks


def order_of(tab: str, sort: str, group: str) -> tuple[Key, ...]:
    """The keys of a list; unknown wishes are none."""
    found = _GROUPED.get(group)
    keys = _SORTED.get(sort) or (_SORTED["done"] if tab == "done" else _SORTED["due"])
    return (*found(), *keys()) if found else keys()


@cache
def _places_of_steps() -> str:
    """Every step of every procedure, in the order of the law book, between commas."""
    flows = FLOWS.values()
    rows = [get_task_ref(row) for flow in flows for row in flow.rows()]
    return f",{','.join(rows)},"


@cache
def _places_of_flows() -> str:
    return f",{','.join(map(get_flow_ref, FLOWS.values()))},"


def _place_in(text: str, column: str) -> StrIndex:
    """Where a step or procedure stands among all: the database knows them by name only."""
    name = Cast(column, CharField())
    return StrIndex(Value(text), Concat(Value(","), name, Value(",")))


_SORTED: dict[str, Callable[[], tuple[Key, ...]]] = {
    "due": lambda: (Key("due_on", date, nullable=True),),
    "done": lambda: (Key("finished", datetime, descending=True),),
    "priority": lambda: (
        Key("process__priority", int, descending=True),
        Key("due_on", date, nullable=True),
    ),
    "candidate": lambda: (Key("process__candidate__name_sort", bytes, nullable=True),),
    "unit": lambda: (Key("unit__name", str),),
    "step": lambda: (Key(_place_in(_places_of_steps(), "flow_task"), int),),
    "age": lambda: (Key("created", datetime),),
    "newest": lambda: (Key("created", datetime, descending=True),),
}
_GROUPED: dict[str, Callable[[], tuple[Key, ...]]] = {
    "procedure": lambda: (Key(_place_in(_places_of_flows(), "process__flow_class"), int),),
    "meeting": lambda: (Key("process__meeting_on", date, nullable=True),),
}
