"""Forms of the steps from the reception of a rotated cadre to the placement."""

from typing import Any

from dateutil.relativedelta import relativedelta
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from permissions.checks import today
from processes.cases.rules import note_rules, rules_of
from processes.organisation.positions import Position
from processes.steps.fields import NumberField
from processes.steps.forms import StepForm, among, day_field, text_field
from processes.steps.forms_posts import PostsAsked

PLACEMENTS = [
    ("stay_local", _("stays at the receiving unit")),
    ("go_home", _("returns to the sending unit")),
    ("promote", _("goes to a higher post")),
]


class ReceptionForm(PostsAsked):
    """From when the cadre works there, and what the receiving unit provides (R65 Điều 8, 10).

    Of posts outside the sending unit it asks whether they are kept.
    """

    received_on = day_field(_("Received on"))
    allowance = NumberField(label=_("Allowance, VND a month"), min_value=0, initial=0)
    housing = NumberField(label=_("Housing, VND a month"), min_value=0, initial=0)
    travel = NumberField(label=_("Travel, VND a month"), min_value=0, initial=0)
    preserved = NumberField(
        label=_("Preserved position allowance, VND a month"), min_value=0, initial=0,
        help_text=_("Where the allowance of the post before was higher."),
    )  # fmt: skip
    basis = forms.CharField(label=_("Basis of the policy"), max_length=200)

    def prepare(self) -> None:
        """The preserved allowance is offered where the edition preserves it."""
        super().prepare()
        rules = rules_of(self.case)
        if not rules.value("rotation.allowance_preserved"):
            del self.fields["preserved"]
        note_rules(self.case, rules)
        money = ("allowance", "housing", "travel", "preserved", "basis")
        self.order_fields(["received_on", *self.asked(), *money, "outcome", "reason"])

    def clean_received_on(self) -> Any:
        """Neither in the future nor long ago."""
        day = self.cleaned_data["received_on"]
        if not today() - relativedelta(months=3) <= day <= today():
            raise ValidationError(__("Give the day of reception, today or in the last 3 months."))
        return day


class ReportForm(StepForm):
    """What the receiving unit reports about the mission."""

    report = text_field(_("Report of the receiving unit"), rows=6)

    field_order = ("report", "outcome", "reason")

    def prepare(self) -> None:
        """The clock's outcomes are not chosen."""
        self.offered = self.node.chosen
        super().prepare()


class ReviewForm(StepForm):
    """The conclusion of a review; a finding says in its reason what was found."""

    comment = text_field(_("Conclusion of the review"))

    field_order = ("comment", "outcome", "reason")

    def prepare(self) -> None:
        """The clock's outcomes are not chosen."""
        self.offered = self.node.chosen
        super().prepare()


class EvaluationForm(StepForm):
    """The sending unit's evaluation, and which placement it proposes."""

    text = text_field(_("Evaluation of the rotation"), rows=6)
    proposal = forms.ChoiceField(
        label=_("Placement proposed"), choices=PLACEMENTS, widget=forms.RadioSelect
    )

    field_order = ("text", "proposal", "outcome", "reason")


class PlacementForm(StepForm):
    """The placement that the Organization Committee submits to the Standing Committee."""

    kind = forms.ChoiceField(label=_("Placement"), choices=PLACEMENTS, widget=forms.RadioSelect)
    position = forms.ModelChoiceField(
        label=_("To the post"), queryset=Position.objects.none(), required=False,
        help_text=_("Needed unless the cadre stays."),
    )  # fmt: skip
    text = text_field(_("Grounds"))

    field_order = ("kind", "position", "text", "outcome", "reason")

    def prepare(self) -> None:
        """Posts of the province, other than the present one."""
        super().prepare()
        posts = Position.objects.in_force(today()).filter(unit__province=self.case.province)
        posts = posts.exclude(pk=self.case.position_id).select_related("unit")
        among(self, "position", posts.order_by("unit__name", "code"))

    def clean(self) -> dict[str, Any] | None:
        """Who does not stay goes to a post; back means to the sending unit."""
        cleaned = super().clean() or {}
        kind, post = cleaned.get("kind"), cleaned.get("position")
        if kind == "stay_local":
            cleaned["position"] = None
        elif kind and post is None and "position" not in self.errors:
            self.add_error("position", __("Choose the post that the cadre goes to."))
        elif kind == "go_home" and post and post.unit_id != self.case.facts["source"]:
            self.add_error("position", __("This post is not at the sending unit."))
        return cleaned
