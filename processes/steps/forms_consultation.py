"""Forms of a round of comments: whom to ask, until when, and one answer to each comment."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from permissions.catalogue import GRANTS, Act
from permissions.checks import today
from permissions.models import Holding
from processes.cases.models import Case, Opinion
from processes.cases.rules import rules_of
from processes.cases.workdays import add
from processes.organisation.units import Unit
from processes.steps.fields import SeveralField
from processes.steps.forms import StepForm, day_field, text_field
from processes.steps.start_forms import StartForm

ANSWER = "answer_"


class ConsultationStartForm(StartForm):
    """What is commented on, and which units are asked; somebody there has to be able to answer."""

    title = forms.CharField(label=_("Title of the draft"), max_length=300)
    asked = SeveralField(
        label=_("Units asked"),
        queryset=Unit.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Units whose head, Party committee or officer can answer here."),
    )

    field_order = ("title", "asked", "secrecy", "reason")

    def prepare(self) -> None:
        """Offer the units of the province for which somebody may answer."""
        roles = [role for role, acts in GRANTS.items() if Act.ANSWER in acts]
        held = Holding.objects.in_force(today()).filter(role__in=roles)
        units = Unit.objects.in_force(today()).filter(
            province=self.unit.province_id, pk__in=held.values("unit")
        )
        choice: Any = self.fields["asked"]
        choice.queryset = units.order_by("name")

    def opening(self) -> dict[str, Any]:
        """Title and units are the case; the draft is a paper of its dossier."""
        said = self.cleaned_data
        asked = sorted(said["asked"].values_list("pk", flat=True))
        return super().opening() | {"title": said["title"], "facts": {"asked": asked}}


class SendForm(StepForm):
    """Until when comments are awaited: the edition's time, or another day with its reason."""

    answer_by = day_field(_("Comments until"))
    day_reason = forms.CharField(label=_("Reason for another day"), required=False, max_length=500)

    field_order = ("answer_by", "day_reason", "outcome", "reason")

    def prepare(self) -> None:
        """The edition's day stands in the field."""
        super().prepare()
        length = rules_of(self.case).get("deadlines.consultation")
        self.usual = today() if length.value is None else add(today(), length.value, length.unit)
        self.fields["answer_by"].initial = self.usual

    def clean(self) -> dict[str, Any]:
        """A day to come; one that is not the edition's needs its reason in writing."""
        cleaned = super().clean() or {}
        day = cleaned.get("answer_by")
        if day and day <= today():
            self.add_error("answer_by", _("Give a day to come."))
        elif day and day != self.usual and not cleaned.get("day_reason"):
            self.add_error("day_reason", _("Say why comments are awaited until another day."))
        return cleaned


class SynthesisForm(StepForm):
    """One answer to each comment, and the synthesis; nothing is sent while an answer is missing."""

    synthesis = text_field(_("Synthesis and proposal"), rows=8)

    def prepare(self) -> None:
        """One field for each comment, with the comment beside it."""
        super().prepare()
        answers: dict[str, forms.Field] = {}
        for comment in comments_of(self.case):
            stand = comment.get_stand_display()
            answers[f"{ANSWER}{comment.pk}"] = text_field(
                _("Answer to %(unit)s (%(stand)s)") % {"unit": comment.unit, "stand": stand},
                rows=3,
                initial=comment.answer,
                help_text=comment.text,
            )
        self.fields = {**answers, **self.fields}
        self.order_fields([*answers, "synthesis", "outcome", "reason"])

    def clean(self) -> dict[str, Any]:
        """Gather the answers by the number of their comment."""
        cleaned = super().clean() or {}
        answers = {
            int(name.removeprefix(ANSWER)): text
            for name, text in cleaned.items()
            if name.startswith(ANSWER)
        }
        rest = {name: value for name, value in cleaned.items() if not name.startswith(ANSWER)}
        return rest | {"answers": answers}


def comments_of(case: Case) -> list[Opinion]:
    """The written comments of the present round, in the order of their coming in."""
    return list(case.opinions.filter(round=case.round).select_related("unit").order_by("pk"))
