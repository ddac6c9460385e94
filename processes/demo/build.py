"""The whole demo: a province, and cases with a past that ends today."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from random import Random

from django.db import connection, transaction

from processes.cases.models import Case
from processes.demo.cases import build_cases
from processes.demo.clock import office_clock
from processes.demo.plans import PLANS
from processes.demo.province import build_province
from processes.demo.timetable import timetable
from processes.flows.appointment_in_place import AppointmentInPlaceFlow


@transaction.atomic
def build_demo(seed: int, *, today: date) -> list[Case]:
    """Build it all; the same comes out for the same seed and day.

    Raises AlreadyBuilt where people are.
    """
    chance = Random(seed)  # noqa: S311 - dates, not secrets
    visits = timetable(PLANS, today=today, chance=chance)
    with unlogged(), office_clock(visits[0].moment, chance) as clock:
        build_province(seed, today=today)
        return build_cases(AppointmentInPlaceFlow, PLANS, visits, clock=clock, until=today)


@contextmanager
def unlogged() -> Iterator[None]:
    """Write no query down meanwhile, as DEBUG would: on SQLite each one costs another."""
    connection.make_debug_cursor = connection.make_cursor  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        del connection.make_debug_cursor  # the class has the true one
