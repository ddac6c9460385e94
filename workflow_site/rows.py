"""How the rows of long lists are drawn: Jinja2, with the ways in which the site writes a day."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from jinja2 import Environment, StrictUndefined


def environment(**options: Any) -> Environment:
    """Jinja2 as Django configures it, escaping everything; a name that is missing is a fault."""
    made = Environment(**options | {"undefined": StrictUndefined})  # noqa: S701 -- options escape
    made.filters |= {"day": day, "moment": moment}
    return made


def day(value: date) -> str:
    """A day as forms and letters write it."""
    return f"{value:%d/%m/%Y}"


def moment(value: datetime) -> str:
    """A moment, in the time of Viet Nam."""
    return f"{timezone.localtime(value):%d/%m/%Y %H:%M}"
