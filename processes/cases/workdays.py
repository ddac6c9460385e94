"""Working days of Viet Nam: Monday to Friday without public holidays."""

from datetime import date, timedelta
from functools import lru_cache

import holidays
from dateutil.relativedelta import relativedelta

#: Units of time that are counted in days.
WORKING_DAY, DAY = "working_day", "day"


@lru_cache(maxsize=64)
def _holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("VN", years=year))


@lru_cache(maxsize=64)
def holidays_of(year: int, language: str) -> dict[date, str]:
    """The public holidays of a year with their names; Vietnamese where the language is not."""
    named = "en_US" if language.startswith("en") else "vi"
    return dict(holidays.country_holidays("VN", years=year, language=named))


def is_working_day(day: date) -> bool:
    """Whether offices work that day."""
    return day.weekday() < 5 and day not in _holidays(day.year)


def add_working_days(start: date, count: int) -> date:
    """The day that is `count` working days after `start` (before it when negative)."""
    step = timedelta(days=1 if count >= 0 else -1)
    day, left = start, abs(count)
    while left:
        day += step
        left -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """Working days after `start` up to and including `end`; 0 when `end` is not later."""
    days = (end - start).days
    return sum(is_working_day(start + timedelta(days=n + 1)) for n in range(max(days, 0)))


def add(start: date, value: int, unit: str | None) -> date:
    """The day `value` units of time after `start`; ValueError for an unknown unit."""
    if unit == WORKING_DAY:
        return add_working_days(start, value)
    if unit == DAY:
        return start + timedelta(days=value)
    if unit == "month":
        return start + relativedelta(months=value)
    raise ValueError(f"unknown unit of time: {unit}")
