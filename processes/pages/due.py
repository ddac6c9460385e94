"""The traffic light of a deadline, always with its words: colour says nothing alone."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from processes.cases.workdays import add
from processes.rules import load


@dataclass(frozen=True)
class Light:
    """How near a deadline is, in a word, with the classes of its badge and its icon."""

    state: str
    label: Any
    style: str
    icon: str


LATE = Light("late", _("late"), "mark-bad", "ti-alert-triangle")
WEEK = Light("week", _("due this week"), "mark-warn", "ti-calendar-week")
SOON = Light("soon", _("soon due"), "mark-warn", "ti-clock-exclamation")
FINE = Light("fine", _("in time"), "mark-good", "ti-clock-check")
OPEN = Light("open", _("no deadline"), "mark-calm", "ti-clock-off")

LIGHTS = {light.state: light for light in (LATE, WEEK, SOON, FINE, OPEN)}


def horizon(on: date) -> date:
    """The last day that counts as soon: as early as the edition in force reminds of it."""
    before = load().for_case(on, state_post=False).get("deadlines.reminder_before")
    return on if before.value is None else add(on, before.value, before.unit or "day")


def end_of_week(on: date) -> date:
    """The Sunday of the week."""
    return on + timedelta(days=6 - on.weekday())


def light(due_on: date | None, *, on: date, soon: date) -> Light:
    """The light for a deadline on a day; `soon` is the day's horizon."""
    if due_on is None:
        return OPEN
    if due_on < on:
        return LATE
    if due_on <= end_of_week(on):
        return WEEK
    return SOON if due_on <= soon else FINE


def due_in(state: str, on: date) -> Q:
    """The tasks whose deadline shows this light on that day."""
    week = end_of_week(on)
    late = max(week, horizon(on))
    return {
        "late": Q(due_on__lt=on),
        "week": Q(due_on__gte=on, due_on__lte=week),
        "soon": Q(due_on__gt=week, due_on__lte=late),
        "fine": Q(due_on__gt=late),
        "open": Q(due_on__isnull=True),
    }[state]
