"""What a person looks for in the inbox, read from the address; anything unknown is no wish.

No form of Django: nothing in it can be wrong, and drawing one takes longer than the rows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.http import QueryDict
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from processes.cases.models import Case, CaseTask, Hold
from processes.flows import FLOWS
from processes.organisation.horizon import row_number
from processes.organisation.units import Unit
from processes.pages.due import LIGHTS, due_in
from processes.pages.inbox_lists import GROUPS, SORTS
from processes.pages.labels import FLAGS
from processes.pages.listing import words_of
from processes.pages.widgets import Groups, drawn
from processes.rules import load

#: Said beside the flags that a case carries.
STATES = {"secret": gettext_lazy("confidential"), "on_hold": gettext_lazy("on hold")}
TEXTS = {"q": gettext_lazy("Search"), "position": gettext_lazy("Position")}
CHOICES = {
    "procedure": gettext_lazy("Procedure"),
    "step": gettext_lazy("Step"),
    "due": gettext_lazy("Due"),
    "unit": gettext_lazy("Unit"),
    "flag": gettext_lazy("Flag"),
    "edition": gettext_lazy("Edition"),
    "priority": gettext_lazy("Priority"),
    "put_off": gettext_lazy("Put off"),
    "sort": gettext_lazy("Order"),
    "group": gettext_lazy("Group by"),
}
#: Always in view; the others are one click away.
FOREMOST = ("q", "procedure", "step", "due")
LABELS = {**TEXTS, **CHOICES}
#: They find nothing of a case that is closed to the person: what it was found by would tell.
TELLING = ("q", "position", "flag", "edition", "priority")
LONGEST = 100
ALL = gettext_lazy("All")


@dataclass(frozen=True)
class Control:
    """A field of the filter as the page draws it."""

    name: str
    label: Any
    value: str
    html: str


@dataclass(frozen=True)
class Wish:
    """The fields of the address that say something."""

    said: dict[str, str]

    @classmethod
    def of(cls, asked: QueryDict) -> "Wish":
        """Keep what is known."""
        said = {name: asked.get(name, "")[:LONGEST].strip() for name in LABELS}
        return cls({name: value for name, value in said.items() if value and _known(name, value)})

    def get(self, name: str) -> str:
        return self.said.get(name, "")

    @property
    def more(self) -> bool:
        """Whether any field is used that is not always in view."""
        return bool(self.said.keys() - set(FOREMOST))

    @property
    def narrows(self) -> bool:
        """Whether any row may be missing because of it."""
        return any(name in _NARROW or name == "due" for name in self.said)

    def narrow(
        self, tasks: QuerySet[CaseTask], closed: frozenset[int], on: date
    ) -> QuerySet[CaseTask]:
        """Keep the tasks that the person looks for."""
        for name, value in self.said.items():
            if narrowed := _NARROW.get(name):
                tasks = tasks.filter(narrowed(value))
        if due := self.get("due"):
            tasks = tasks.filter(due_in(due, on))
        telling = any(self.get(name) for name in TELLING)
        return tasks.exclude(process__in=closed) if telling and closed else tasks

    def controls(self, units: Iterable[tuple[int, str]], names: Iterable[str]) -> list[Control]:
        """These fields, drawn with what was asked."""
        return [self._control(name, units) for name in names]

    def _control(self, name: str, units: Iterable[tuple[int, str]]) -> Control:
        value = self.get(name)
        if name in TEXTS:
            return Control(name, LABELS[name], value, "")
        groups = self._unit_groups(units) if name == "unit" else _offered(name, get_language())
        attrs = (("class", "form-select"), ("id", f"id_{name}"), ("name", name))
        return Control(name, LABELS[name], value, drawn(get_language(), attrs, groups, value))

    def _unit_groups(self, units: Iterable[tuple[int, str]]) -> Groups:
        """The units of the list; the one asked for stays, even where the list has none of it."""
        found = {str(pk): name for pk, name in units}
        asked = self.get("unit")
        if asked and asked not in found:
            found[asked] = str(Unit.objects.filter(pk=asked).first() or "–")
        return _flat(found.items())


#: Of so many tasks of a list the units are offered: who has concluded 20,000 waits for no more.
OFFERED = 500


def units_in(tasks: QuerySet[CaseTask], *, done: bool = False) -> Any:
    """Number and name of the units whose cases are in a list, or among the newest of it."""
    some = tasks.order_by("-finished" if done else "due_on").values("process")[:OFFERED]
    found = Case.objects.filter(pk__in=some).order_by("unit__name", "unit")
    return found.values_list("unit", "unit__name").distinct()


def _known(name: str, value: str) -> bool:
    if name in TEXTS:
        return True
    if name == "unit":
        return row_number(value) > 0
    offered = _offered(name, get_language())
    return any(value == key for _label, pairs in offered for key, _said in pairs)


@cache
def _offered(name: str, language: str | None) -> Groups:
    """What a field offers in this language; it changes with the program only."""
    if name == "step":
        steps = (_steps_of(key, flow) for key, flow in FLOWS.items())
        return (*_flat(()), *steps)
    offered: dict[str, Iterable[tuple[str, Any]]] = {
        "procedure": ((key, flow.process_title) for key, flow in FLOWS.items()),
        "due": ((key, light.label) for key, light in LIGHTS.items()),
        "flag": (*FLAGS.items(), *STATES.items()),
        "edition": ((e.key, e.title if language == "vi" else e.title_en) for e in load().editions),
        "priority": ((str(v), label) for v, label in Case.Priority.choices if v),
        "put_off": (("1", _("only tasks put off")),),
        "sort": SORTS.items(),
        "group": GROUPS.items(),
    }
    return _flat(offered[name], _NOTHING.get(name, ALL))


#: What stands first, where it is not "all".
_NOTHING = {
    "put_off": gettext_lazy("not shown"),
    "sort": gettext_lazy("As usual"),
    "group": gettext_lazy("not grouped"),
}


def _flat(pairs: Iterable[tuple[str, Any]], nothing: Any = ALL) -> Groups:
    options = ((key, str(label)) for key, label in pairs)
    return (("", (("", str(nothing)), *options)),)


def _steps_of(key: str, flow: Any) -> tuple[str, tuple[tuple[str, str], ...]]:
    rows = [row for row in flow.rows() if row.act]
    return str(flow.process_title), tuple(
        (f"{key}.{row.name}", f"{row.code} {row.task_title}") for row in rows
    )


def _step(value: str) -> Q:
    flow, _sep, name = value.partition(".")
    return Q(flow_task=FLOWS[flow].instance.node(name))


def _flag(value: str) -> Q:
    """JSON is searched as text: SQLite knows no other way."""
    if value == "secret":
        return Q(process__secrecy=Case.Secrecy.SECRET)
    if value == "on_hold":
        return Q(Exists(Hold.objects.filter(case=OuterRef("process"), ended_on__isnull=True)))
    flagged = Case.objects.annotate(told=Cast("flags", TextField()))
    return Q(Exists(flagged.filter(pk=OuterRef("process"), told__contains=f'"{value}"')))


_NARROW: dict[str, Any] = {
    "q": lambda value: words_of(value, field="process"),
    "procedure": lambda value: Q(process__flow_class=FLOWS[value]),
    "step": _step,
    "unit": lambda value: Q(process__unit=value),
    "position": lambda value: Q(process__position__title__icontains=value),
    "flag": _flag,
    "edition": lambda value: Q(process__edition=value),
    "priority": lambda value: Q(process__priority=value),
}
