"""The traffic light of a deadline, always with its words: colour says nothing alone."""

from dataclasses import dataclass
from datetime import date
from typing import Any

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
SOON = Light("soon", _("soon due"), "mark-warn", "ti-clock-exclamation")
FINE = Light("fine", _("in time"), "mark-good", "ti-clock-check")
OPEN = Light("open", _("no deadline"), "mark-calm", "ti-clock-off")

LIGHTS = {light.state: light for light in (LATE, SOON, FINE, OPEN)}


def horizon(on: date) -> date:
    """The last day that counts as soon: as early as the edition in force reminds of it."""
    before = load().for_case(on, state_post=False).get("deadlines.reminder_before")
    return on if before.value is None else add(on, before.value, before.unit or "day")


def light(due_on: date | None, *, on: date, soon: date) -> Light:
    """The light for a deadline on a day; `soon` is the day's horizon."""
    if due_on is None:
        return OPEN
    if due_on < on:
        return LATE
    return SOON if due_on <= soon else FINE
