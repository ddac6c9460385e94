"""Forms about missions: items, products, judgements, reviews."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from permissions.checks import today
from processes.rotation.missions import MissionOrder, RotationReview
from processes.rotation.periods import QUARTER, UNSCHEDULED, YEAR, Period, quarter_of
from processes.rotation.writers import Task
from processes.steps.fields import NumberField
from processes.steps.forms import day_field, offer, text_field


class TaskForm(forms.Form):
    """One item of a mission."""

    title = forms.CharField(label=gettext_lazy("Task"), max_length=200)
    product = forms.CharField(label=gettext_lazy("Product"), max_length=200)
    measure = forms.CharField(label=gettext_lazy("Unit of measure"), max_length=40)
    target = forms.DecimalField(
        label=gettext_lazy("Target"), min_value=Decimal("0.01"), max_digits=12, decimal_places=2
    )
    weight = NumberField(label=gettext_lazy("Weight of 100"), min_value=1, max_value=100)
    due_on = day_field(gettext_lazy("Due"))


#: As many items as are filled in; the rest stays empty, and the page makes room for more.
ROOM, MOST_ITEMS = 6, 100
TaskFormSet = forms.formset_factory(
    TaskForm, extra=ROOM, min_num=1, validate_min=True, max_num=MOST_ITEMS
)


def with_more_room(typed: QueryDict | Mapping[str, Any]) -> Any:
    """The same items with room for some more, and nothing said yet of what they lack."""
    names = list(TaskForm.base_fields)
    numbers = range(min(int(typed.get("form-TOTAL_FORMS") or 0), MOST_ITEMS))
    items = [{name: typed.get(f"form-{n}-{name}", "") for name in names} for n in numbers]
    return TaskFormSet(initial=[item for item in items if any(item.values())])


def sent(typed: QueryDict) -> Any:
    """The items that were sent; none of them was there before, so each may be left empty."""
    data = typed.copy()
    data["form-INITIAL_FORMS"] = "0"
    return TaskFormSet(data)


def tasks_of(formset: Any) -> list[Task]:
    """The items that were filled in."""
    return [Task(**form.cleaned_data) for form in formset.forms if form.has_changed()]


class DeliveryForm(forms.Form):
    """How much was done, and the paper that shows it."""

    amount = forms.DecimalField(
        label=gettext_lazy("Amount"), min_value=Decimal("0.01"), max_digits=12, decimal_places=2
    )
    evidence = forms.CharField(
        label=gettext_lazy("Evidence: number and date of the paper"), max_length=300
    )


class JudgementForm(forms.Form):
    """A score, or the reason why a product is returned."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Judgement"),
        choices=[("accept", gettext_lazy("Accept")), ("return", gettext_lazy("Return"))],
        widget=forms.RadioSelect,
    )
    score = NumberField(
        label=gettext_lazy("Score of 100"), min_value=0, max_value=100, required=False
    )
    remark = text_field(gettext_lazy("Remark"), rows=3, required=False)

    def clean(self) -> dict[str, Any]:
        """A score with an acceptance, none with a return."""
        cleaned = super().clean() or {}
        outcome = cleaned.pop("outcome", None)
        if outcome == "accept" and cleaned.get("score") is None:
            self.add_error("score", _("Give a score from 0 to 100."))
        if outcome == "return":
            cleaned["score"] = None
        return cleaned


class ReviewForm(forms.Form):
    """Which quarter or year is reviewed: those that are over; before that, the year so far."""

    period = forms.ChoiceField(label=gettext_lazy("Period"))
    comment = text_field(gettext_lazy("Comment"), rows=4, required=False)

    def __init__(self, *args: Any, order: MissionOrder, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.periods = {
            f"{period.kind}-{period.year}-{period.number}": period for period in _open(order)
        }
        named = [(key, _named(period)) for key, period in self.periods.items()]
        offer(self, "period", named)

    def clean_period(self) -> Period:
        """The period that was chosen."""
        try:
            return self.periods[self.cleaned_data["period"]]
        except KeyError:
            raise ValidationError(_("Choose a period.")) from None


def _open(order: MissionOrder) -> list[Period]:
    """The year so far, and what is over since the mission began and is not concluded."""
    day, first = today(), quarter_of(order.since)
    done = set(
        order.reviews.filter(concluded_on__isnull=False).values_list("kind", "year", "number")
    )
    found = [Period(UNSCHEDULED, day.year)]
    for year in range(day.year, first.year - 1, -1):
        found.append(Period(YEAR, year))
        found += [
            Period(QUARTER, year, number)
            for number in (4, 3, 2, 1)
            if (first.year, first.number) <= (year, number)
        ]
    return [
        one
        for one in found
        if one.kind == UNSCHEDULED
        or (one.ends_on <= day and (one.kind, one.year, one.number) not in done)
    ]


def _named(period: Period) -> str:
    review = RotationReview(kind=period.kind, year=period.year, number=period.number)
    return f"{review.get_kind_display()} {review.period}".capitalize()
