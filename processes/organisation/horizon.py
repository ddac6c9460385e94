"""Days and numbers that the site can work with: bounds of the program, no rule of a regulation.

Terms, deadlines and holidays are counted onward from a day; one near the end of the calendar
would have nothing behind it, and a number of 30 digits fits into no column.
"""

from datetime import date

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

EARLIEST = date(1900, 1, 1)
YEARS_AHEAD = 50
#: What a column for a whole number holds on both databases.
LARGEST = 2**31 - 1
#: People, posts, seats: what a column for a small number holds, and more than any body has.
MOST_PEOPLE = 10_000
#: Longer than any number that a row has in a table.
TOO_LONG = 18
#: The largest number that a row can have.
LAST_ROW = 2**63 - 1


def row_number(text: str) -> int:
    """The number of a row as somebody sends it; 0, which no row has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= TOO_LONG else 0


def latest() -> date:
    """The last day that can be entered today."""
    return timezone.localdate() + relativedelta(years=YEARS_AHEAD)


def within_horizon(day: date) -> None:
    """Refuse a day that nobody can have meant. Raises ValidationError."""
    last = latest()
    if not EARLIEST <= day <= last:
        days = {"first": EARLIEST, "last": last}
        raise ValidationError(
            _("Give a day between %(first)s and %(last)s; check the year."),
            code="horizon",
            params={name: date_format(one, "SHORT_DATE_FORMAT") for name, one in days.items()},
        )


def not_to_come(day: date) -> None:
    """Refuse a day in the future for something that has happened. Raises ValidationError."""
    within_horizon(day)
    if day > timezone.localdate():
        raise ValidationError(_("This day is still to come; check the year."), code="to_come")


def year_so_far(year: int) -> None:
    """Refuse a year that has not begun or that nobody remembers. Raises ValidationError."""
    first, last = EARLIEST.year, timezone.localdate().year
    if not first <= year <= last:
        raise ValidationError(
            _("Give a year between %(first)s and %(last)s."),
            code="horizon",
            params={"first": str(first), "last": str(last)},
        )
