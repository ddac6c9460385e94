"""The whole demo: a province, and cases with a past that ends today."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from random import Random

from django.db import connection, transaction

from processes.cases.models import Case
from processes.demo.appointments import build_appointments
from processes.demo.cases import build_cases
from processes.demo.clock import office_clock
from processes.demo.deputies import change_hands
from processes.demo.desks import arrange_desks
from processes.demo.elections import add_elections
from processes.demo.nominations import build_nominations
from processes.demo.plans import PLANS
from processes.demo.programme import build_programme, build_scheme
from processes.demo.province import Province, build_province
from processes.demo.rotations import build_rotations
from processes.demo.support import build_support, build_unused_delegation
from processes.demo.talk import build_talk
from processes.demo.timetable import timetable
from processes.flows.appointment_in_place import AppointmentInPlaceFlow


@transaction.atomic
def build_demo(seed: int, *, today: date) -> list[Case]:
    """Build it all; the same comes out for the same seed and day.

    Raises AlreadyBuilt where people are.
    """
    with unlogged():
        past = build_past(seed, today=today, also=(build_unused_delegation,))
        return [*past, *_others(today)]


def build_past(
    seed: int, *, today: date, also: tuple[Callable[[Province], Case], ...] = ()
) -> list[Case]:
    """The province, and the cases of the first procedure with a past that ends today.

    `also` builds cases at the beginning of that past, which the sweeps of its days go over.
    """
    chance = Random(seed)  # noqa: S311 - dates, not secrets
    visits = timetable(PLANS, today=today, chance=chance)
    with office_clock(visits[0].moment, chance) as clock:
        province = build_province(seed, today=today)
        before = [build(province) for build in also]
        cases = build_cases(AppointmentInPlaceFlow, PLANS, visits, clock=clock, until=today)
        return [*before, *cases]


def _others(today: date) -> Iterator[Case]:
    """Cases of the other procedures; they have no past, each stands where it does as of now."""
    province = Province()
    add_elections(province)
    yield from build_nominations()
    yield from build_appointments()
    scheme = build_scheme(province.unit, today=today)
    yield from build_rotations(scheme)
    build_programme(scheme, today=today)
    yield from build_support(province)
    arrange_desks(province)
    change_hands(province)
    build_talk()


@contextmanager
def unlogged() -> Iterator[None]:
    """Write no query down meanwhile, as DEBUG would: on SQLite each one costs another."""
    connection.make_debug_cursor = connection.make_cursor  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        del connection.make_debug_cursor  # the class has the true one
