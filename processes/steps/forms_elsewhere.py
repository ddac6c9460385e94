"""Forms of an appointment from elsewhere: who it is about, and what the sides say."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from permissions.checks import today
from processes.cases.models import Opinion
from processes.organisation.people import Cadre
from processes.steps.forms import AppraisalForm, StepForm, text_field
from processes.steps.start_forms import StartForm

__all__ = ["AppraisalForm", "EvaluationForm", "HearingForm", "MeetingForm", "PersonStartForm"]

#: How many people a search shows; more words find fewer.
SHOWN = 12


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the people found, with where they work."""

    widget = forms.RadioSelect

    def label_from_instance(self, obj: Any) -> str:
        """Name and unit."""
        return f"{obj} – {obj.unit}"


class PersonStartForm(StartForm):
    """The person whom the Organization Committee names: somebody of another unit.

    Without a search those are offered who are in planning for an equivalent or higher title
    (R80 Điều 18: people from elsewhere are in planning for one).
    """

    searches = True

    candidate = PersonField(label=_("Person"), queryset=Cadre.objects.none(), empty_label=None)

    field_order = ("candidate", "secrecy", "reason")

    def prepare(self) -> None:
        """Offer those whom the search has found; a form that was sent chooses among all."""
        self.people = list(self._found())
        field: Any = self.fields["candidate"]
        field.queryset = self._elsewhere()
        field.choices = [(cadre.pk, field.label_from_instance(cadre)) for cadre in self.people]

    def opening(self) -> dict[str, Any]:
        """The candidate is named at the start."""
        return super().opening() | {"candidate": self.cleaned_data["candidate"]}

    def _elsewhere(self) -> Any:
        """Cadres of the province who work in another unit."""
        province = self.unit.province_id or self.unit.pk
        own = self.position.unit_id if self.position else self.unit.pk
        there = Cadre.objects.filter(Q(unit__province=province) | Q(unit=province))
        return there.exclude(unit=own).select_related("unit").order_by("name_sort")

    def _found(self) -> Any:
        found = self._elsewhere()
        for word in self.search.split():
            found = found.filter(
                Q(family_name__icontains=word)
                | Q(middle_name__icontains=word)
                | Q(given_name__icontains=word)
                | Q(unit__name__icontains=word)
                | Q(code=word)
            )
        if not self.search and self.position:
            planned = Q(plannings__group__rank__lte=self.position.group.rank)
            valid = Q(plannings__until__isnull=True) | Q(plannings__until__gt=today())
            found = found.filter(planned, valid).distinct()
        return (
            Cadre.objects.filter(pk__in=list(found.values_list("pk", flat=True)[:SHOWN]))
            .select_related("unit")
            .order_by("name_sort")
        )


class HearingForm(StepForm):
    """What the leadership of the receiving unit holds (Nghị định 170/2025 Điều 33.3)."""

    opinion = text_field(_("Opinion of the receiving unit's leadership"))

    field_order = ("opinion", "outcome", "reason")


class EvaluationForm(StepForm):
    """How the unit where the person works evaluates them, and whether it agrees."""

    evaluation = text_field(_("Comment and evaluation of the person"))
    stand = forms.ChoiceField(
        label=_("Opinion on the move"), choices=Opinion.Stand.choices, widget=forms.RadioSelect
    )

    field_order = ("evaluation", "stand", "outcome", "reason")


class MeetingForm(StepForm):
    """What was said when the person was met about the task."""

    talk = text_field(_("Record of the meeting"))

    field_order = ("talk", "outcome", "reason")
