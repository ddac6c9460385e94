"""How long and how often somebody holds a post, and whether they are of the place. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

#: Levels whose units are localities: organs and departments have no people of the place.
LOCALITIES = frozenset({"province", "district", "commune"})


@dataclass(frozen=True)
class Held:
    """A time in a post: a term, or a part of one."""

    person: int
    unit: int
    since: date
    until: date | None


@dataclass(frozen=True)
class Tenure:
    """How long somebody has held a post without a gap, and in how many terms."""

    since: date
    months: int
    terms: int

    @property
    def years_and_months(self) -> tuple[int, int]:
        """The time as people say it."""
        return divmod(self.months, 12)


def tenure_of(person: int, rows: Iterable[Held], on: date) -> Tenure | None:
    """The present tenure of a post; `rows` are all who held it. None who does not hold it."""
    own = sorted((row for row in rows if row.person == person), key=lambda row: row.since)
    if not own or (own[-1].until is not None and own[-1].until <= on):
        return None
    since, terms = own[-1].since, 1
    for row in reversed(own[:-1]):
        if row.until is None or row.until < since:
            break
        since, terms = row.since, terms + 1
    return Tenure(since, months_between(since, on), terms)


def months_between(since: date, on: date) -> int:
    """Whole months up to a day."""
    length = relativedelta(on, since)
    return max(length.years * 12 + length.months, 0)


def mark_on(since: date, months: int) -> date:
    """The day on which a rotation has lasted as long as it has to."""
    return since + relativedelta(months=months)


def is_local(
    level: str, unit: int, *, origin: int | None, posts: Sequence[Held], years: int | None, on: date
) -> bool | None:
    """Whether a person is of the place of a post; None where the post is of no locality.

    Born there, or worked there as long as the edition says (Đắk Nông's definition is 20 years;
    procedures.md 9.3). Without a number of years only the origin counts.
    """
    if level not in LOCALITIES:
        return None
    if origin == unit:
        return True
    if years is None:
        return False
    here = [row for row in posts if row.unit == unit and row.since < on]
    months = sum(months_between(row.since, min(row.until or on, on)) for row in here)
    return months >= 12 * years
