"""Quarters and years: what a review is about. Pure arithmetic."""

from dataclasses import dataclass
from datetime import date, timedelta

QUARTER, YEAR, UNSCHEDULED = "quarter", "year", "unscheduled"


@dataclass(frozen=True)
class Period:
    """A quarter, a year, or what an unscheduled review of that year is about: the year so far."""

    kind: str
    year: int
    number: int = 0

    def __post_init__(self) -> None:
        """Raise ValueError for a quarter that no year has, and for an unknown kind."""
        if self.kind not in (QUARTER, YEAR, UNSCHEDULED):
            raise ValueError(f"unknown kind of period: {self.kind}")
        if self.kind == QUARTER and self.number not in (1, 2, 3, 4):
            raise ValueError(f"no such quarter: {self.number}")

    @property
    def starts_on(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2 if self.kind == QUARTER else 1, 1)

    @property
    def ends_on(self) -> date:
        """Its last day."""
        if self.kind != QUARTER or self.number == 4:
            return date(self.year, 12, 31)
        return date(self.year, 3 * self.number + 1, 1) - timedelta(days=1)


def quarter_of(day: date) -> Period:
    """The quarter that a day falls in."""
    return Period(QUARTER, day.year, (day.month + 2) // 3)


def year_of(day: date) -> Period:
    """The year that a day falls in."""
    return Period(YEAR, day.year)


def next_review(after: date, every_months: int) -> date:
    """The last day of the quarter (3 months) or year (12) that comes after a day.

    Raises ValueError for another interval.
    """
    if every_months not in (3, 12):
        raise ValueError(f"reviews are held each quarter or year, not every {every_months} months")
    following = after + timedelta(days=1)
    return (quarter_of(following) if every_months == 3 else year_of(following)).ends_on
