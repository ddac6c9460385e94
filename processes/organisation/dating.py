"""What dated rows have to keep to: days in order and within reach, one row of a thing at a time."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from processes.organisation.horizon import not_to_come, within_horizon

Span = tuple[str, str]


def in_order(first: str, last: str, name: str) -> models.CheckConstraint:
    """Nothing ends before it begins; what ends on its first day has never been in force."""
    return models.CheckConstraint(
        condition=Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": F(first)}),
        name=name,
        violation_error_message=gettext_lazy("The end comes before the beginning."),
    )


def check_days(row: models.Model, *, past: Collection[str], spans: Iterable[Span]) -> None:
    """Refuse days out of reach, days to come of what has happened (`past`), and ends too early.

    Raises ValidationError, by column.
    """
    days = dict(_days_of(row))
    wrong: dict[str, ValidationError] = {}
    for name, day in days.items():
        try:
            not_to_come(day) if name in past else within_horizon(day)
        except ValidationError as error:
            wrong[name] = error
    for first, last in spans:
        if {first, last} <= days.keys() - wrong.keys() and days[last] < days[first]:
            wrong[last] = too_early(days[first])
    if wrong:
        raise ValidationError(wrong)


def check_after(row: models.Model, day: date) -> None:
    """Refuse a fact about somebody from before they were born. Raises ValidationError."""
    early = {name: too_early(day) for name, said in _days_of(row) if said < day}
    if early:
        raise ValidationError(early)


def too_early(day: date) -> ValidationError:
    """A day that comes before another, which is named."""
    said = _("This day comes before %(day)s.") % {"day": _shown(day)}
    return ValidationError(said, code="order")


def check_alone(row: Any, columns: Iterable[str]) -> None:
    """Refuse a row while another one of the same columns holds, and name the other.

    Rows that are changed on the same page (`together`) count as they stand there. Raises
    ValidationError.
    """
    key = {row._meta.get_field(name).attname for name in columns}
    if not key or not _lasts(row):
        return
    together = [one for one in getattr(row, "together", ()) if one is not row]
    known = {one.pk for one in (row, *together)} - {None}
    same = {name: getattr(row, name) for name in key}
    stored = type(row)._default_manager.filter(**same).exclude(pk__in=known).order_by("valid_from")
    beside = [one for one in together if all(getattr(one, name) == same[name] for name in key)]
    for other in (*beside, *stored):
        if _lasts(other) and _before(row, other) and _before(other, row):
            raise ValidationError({"valid_from": _overlap(other)}, code="overlap")


def _lasts(row: Any) -> bool:
    """Whether there is a day on which the row holds."""
    begins, ends = row.valid_from, row.valid_to
    return isinstance(begins, date) and (ends is None or (isinstance(ends, date) and ends > begins))


def _before(row: Any, other: Any) -> bool:
    """Whether a row begins before the other has ended."""
    return other.valid_to is None or bool(row.valid_from < other.valid_to)


def _overlap(other: Any) -> str:
    names = {"row": other, "since": _shown(other.valid_from)}
    if other.valid_to is None:
        said = _("“%(row)s” holds since %(since)s at the same time; end that row first.")
        return said % names
    said = _("“%(row)s” holds from %(since)s up to %(until)s at the same time; choose other days.")
    return said % {**names, "until": _shown(other.valid_to)}


def _days_of(row: models.Model) -> Iterator[tuple[str, date]]:
    """The columns of a row that hold a day, with the days that have been read."""
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if type(field) is models.DateField and isinstance(value, date):
            yield field.name, value


def _shown(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
