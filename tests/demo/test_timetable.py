"""When the demo's cases are visited, and the clock that is turned for it."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from random import Random

import pytest
from django.utils import timezone

from permissions.checks import today
from processes.cases.workdays import add_working_days, is_working_day
from processes.demo.clock import AFTERNOON, MORNING, NOTHING_NEW, at, office_clock
from processes.demo.plans import PLANS
from processes.demo.timetable import timetable
from processes.rules import load
from processes.rules.rulebook import Family

#: Today, the turn of a year, the days after Tet, and the days after a new edition.
DAYS = [today(), date(2027, 1, 4), date(2027, 2, 15), date(2025, 10, 20)]


def visits(day, seed=2021):
    return timetable(PLANS, today=day, chance=Random(seed))  # noqa: S311 - dates, not secrets


@pytest.mark.parametrize("day", DAYS)
def test_every_visit_is_planned_for_a_working_day_that_is_over(day):
    assert all(
        visit.moment.date() < day and is_working_day(visit.moment.date()) for visit in visits(day)
    )


@pytest.mark.parametrize("day", DAYS)
def test_a_case_is_opened_first_and_then_visited_once_a_day(day):
    moments, stages = defaultdict(list), defaultdict(list)
    for visit in visits(day):
        moments[visit.plan].append(visit.moment.date())
        stages[visit.plan].append(visit.stage)
    assert set(moments) == set(PLANS)
    assert all(a < b for days in moments.values() for a, b in pairwise(days))
    assert all(first is None and None not in rest for first, *rest in stages.values())


def test_the_same_seed_and_day_give_the_same_visits():
    assert visits(today()) == visits(today())
    assert visits(today()) != visits(today(), seed=2022)


def test_an_early_case_begins_before_the_edition_in_force_and_ends_after_it_came():
    since = load().in_force(Family.APPOINTMENT, today()).effective_from
    early = [visit.moment.date() for visit in visits(today()) if PLANS[visit.plan].early]
    assert early[0] < since < early[-1]


def test_the_true_time_comes_back():
    before = timezone.now()
    with office_clock(at(date(2025, 9, 1), time(8)), Random(1)):  # noqa: S311
        assert today() == date(2025, 9, 1)
    assert timedelta() <= timezone.now() - before < timedelta(minutes=1)


def test_the_clock_stands_still_and_never_goes_back():
    start = at(date(2025, 9, 1), time(8))
    with office_clock(start, Random(1)) as clock:  # noqa: S311
        clock.show(start - timedelta(days=1))
        assert timezone.now() == timezone.now() == start


def test_nothing_is_done_over_lunch():
    with office_clock(at(date(2025, 9, 1), MORNING[1]), Random(1)) as clock:  # noqa: S311
        clock.pause()
        now = timezone.localtime().time()
    assert AFTERNOON[0] <= now < AFTERNOON[1]


def test_late_in_the_day_a_visit_waits_for_the_next_working_morning():
    friday, late = date(2025, 9, 5), (datetime.min + timedelta(hours=NOTHING_NEW.hour + 1)).time()
    with office_clock(at(friday, late), Random(1)) as clock:  # noqa: S311
        begins = clock.next_start(at(friday, time(9)), before=date(2025, 10, 1))
        last = clock.next_start(at(friday, time(9)), before=add_working_days(friday, 1))
        assert begins == at(date(2025, 9, 8), MORNING[0])
        assert last == timezone.now()
