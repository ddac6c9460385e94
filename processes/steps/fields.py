"""Fields of forms that refuse what no column and no calendar can take, whoever sends it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from processes.organisation.horizon import LARGEST, TOO_LONG, within_horizon


class DayField(forms.DateField):
    """A day, picked with the browser's own calendar, within the horizon of the site."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_validators = [within_horizon]


class NumberField(forms.IntegerField):
    """A whole number that its column can hold."""

    def __init__(self, *, max_value: int = LARGEST, **kwargs: Any) -> None:
        super().__init__(max_value=max_value, **kwargs)


class SeveralField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several rows; a number that no table has is no choice, not an error of the database."""

    def _check_values(self, value: Iterable[Any]) -> QuerySet[Any]:
        for one in value:
            if len(str(one)) > TOO_LONG:
                raise ValidationError(
                    self.error_messages["invalid_choice"],
                    code="invalid_choice",
                    params={"value": str(one)[:TOO_LONG]},
                )
        return super()._check_values(value)  # type: ignore[misc]
