"""Forms of a reappointment: whose term it is, the notice, the reports, other work."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from processes.cases.models import Opinion
from processes.organisation.people import Cadre, PostHeld
from processes.steps.forms import AppraisalForm, StepForm, day_field, text_field
from processes.steps.start_forms import StartForm

__all__ = [
    "AppraisalForm", "HeadEvaluationForm", "HolderStartForm", "NoticeForm", "ReassignForm",
    "SelfReportForm",
]  # fmt: skip


class HolderStartForm(StartForm):
    """Whose term is to be renewed: a holder of the position."""

    candidate = forms.ModelChoiceField(
        label=_("Holder of the post"),
        queryset=Cadre.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
    )

    field_order = ("candidate", "secrecy", "reason")

    def prepare(self) -> None:
        """Offer who holds the position now."""
        held = PostHeld.objects.filter(position=self.position, until__isnull=True)
        holders = Cadre.objects.filter(pk__in=held.values("cadre")).order_by("name_sort")
        self.people = list(holders)
        field: Any = self.fields["candidate"]
        field.queryset = holders
        if len(self.people) == 1:
            field.initial = self.people[0].pk

    def opening(self) -> dict[str, Any]:
        """The holder is the candidate from the start."""
        return super().opening() | {"candidate": self.cleaned_data["candidate"]}


class NoticeForm(StepForm):
    """The notice to the holder and their unit."""

    notice = forms.CharField(label=_("Number of the notice"), max_length=100)

    field_order = ("notice", "outcome", "reason")

    def prepare(self) -> None:
        """Say when the term ends; the system checks the choice against the age of retirement."""
        super().prepare()
        self.fields["outcome"].help_text = _(
            "Close to retirement the term is extended; the age of retirement is checked."
        )


class SelfReportForm(StepForm):
    """What the holder says of their term."""

    report = text_field(_("Self-assessment of the term"), rows=10)

    field_order = ("report", "outcome", "reason")


class HeadEvaluationForm(StepForm):
    """How the head evaluates the holder's term."""

    evaluation = text_field(_("Evaluation of the term"))
    stand = forms.ChoiceField(
        label=_("Opinion on going on"), choices=Opinion.Stand.choices, widget=forms.RadioSelect
    )

    field_order = ("evaluation", "stand", "outcome", "reason")


class ReassignForm(StepForm):
    """What the Standing Committee decides for whoever is not reappointed."""

    assignment = text_field(_("Other work"))
    document = forms.CharField(label=_("Document of the Standing Committee"), max_length=100)
    effective_on = day_field(_("In effect from"))

    field_order = ("assignment", "document", "effective_on", "outcome", "reason")
