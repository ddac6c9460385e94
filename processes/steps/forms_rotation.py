"""Forms of the steps of a rotation."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from permissions.checks import today
from processes.cases.models import Opinion
from processes.cases.rules import note_rules, rules_of
from processes.organisation.people import Cadre
from processes.organisation.units import Unit
from processes.rotation.points import weights_left
from processes.rotation.schemes import Direction, RotationScheme
from processes.steps.fields import NumberField, SeveralField
from processes.steps.forms import StepForm, TaskForm, among, day_field, text_field
from processes.steps.start_forms import StartForm

PURPOSES = [
    ("training", _("training of planned cadres")),
    ("non_local", _("a head who is not of the place")),
    ("two_terms", _("no third consecutive term")),
]
#: For how many items of a mission the form has room at first, and with each "more".
ITEMS = 4
#: What a form of items may grow to; no mission has ever been near it.
MOST_ITEMS = 100


class RotationStartForm(StartForm):
    """Which scheme the move belongs to, and in which direction it goes."""

    scheme = forms.ModelChoiceField(
        label=_("Rotation scheme"), queryset=RotationScheme.objects.none(), required=False
    )
    direction = forms.ChoiceField(label=_("Direction"), choices=Direction.choices)

    field_order = ("scheme", "direction", "secrecy", "reason")

    def prepare(self) -> None:
        """Offer the schemes of the province that are in force."""
        province = self.unit.province or self.unit
        among(self, "scheme", RotationScheme.objects.in_force(today()).filter(province=province))

    def opening(self) -> dict[str, Any]:
        """The scheme and the direction are facts of the case."""
        scheme = self.cleaned_data["scheme"]
        facts = {"direction": self.cleaned_data["direction"]}
        return super().opening() | {"facts": facts | ({"scheme": scheme.pk} if scheme else {})}


class PlanForm(StepForm):
    """The rotation plan: number, need, title, form, area, period, policy, placement, start.

    Nghị định 170/2025/NĐ-CP Điều 45 [verified: S86]; Quy định 65-QĐ/TW Điều 7 [verified: S84].
    Title and form are those of the case: its post and its direction.
    """

    need = text_field(_("Need and number"), rows=2)
    purpose = forms.ChoiceField(label=_("Purpose"), choices=PURPOSES, widget=forms.RadioSelect)
    area = forms.CharField(label=_("Field and area"), max_length=200)
    starts_on = day_field(_("Start"))
    months = NumberField(label=_("Months of rotation"), max_value=120)
    policy = text_field(_("Policy and allowances"), rows=2)
    post_plan = text_field(_("Post after the rotation"), rows=2)
    asked = SeveralField(
        label=_("Units that propose people"),
        queryset=Unit.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    field_order = (
        "need", "purpose", "area", "starts_on", "months", "policy", "post_plan", "asked",
        "outcome", "reason",
    )  # fmt: skip

    def prepare(self) -> None:
        """Ask units of the province other than the receiving one; offer the least duration."""
        super().prepare()
        units = Unit.objects.in_force(today()).filter(province=self.case.province)
        with_people = units.filter(cadres__isnull=False).exclude(pk=self.case.post.unit_id)
        among(self, "asked", with_people.distinct().order_by("name", "pk"))
        rules = rules_of(self.case)
        self.least = rules.value("rotation.min_months")
        note_rules(self.case, rules)
        self.fields["months"].initial = self.least

    def clean_months(self) -> int:
        """Rotation lasts at least as long as the edition says (R65 Điều 8)."""
        months = int(self.cleaned_data["months"])
        if months < self.least:
            raise ValidationError(
                __("Rotation lasts at least %(least)s months; a shorter one is a recall.")
                % {"least": self.least}
            )
        return months

    def clean_starts_on(self) -> Any:
        """A plan is about the future."""
        if self.cleaned_data["starts_on"] < today():
            raise ValidationError(__("The rotation cannot start in the past."))
        return self.cleaned_data["starts_on"]


class ProposalForm(TaskForm):
    """Whom a unit proposes among those who hold a post there, and why; or why nobody."""

    people = SeveralField(
        label=_("Proposed"),
        queryset=Cadre.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None, if the unit has nobody to propose."),
    )
    text = text_field(_("Reason"))

    def prepare(self) -> None:
        """Only people of the unit who hold a post now."""
        people = Cadre.objects.filter(unit=self.task.unit, posthelds__until__isnull=True)
        among(self, "people", people.filter(posthelds__isnull=False).distinct())


class CandidateForm(StepForm):
    """The candidate among those who meet the conditions, and why; or that none of them fits."""

    pick = forms.ModelChoiceField(label=_("Chosen"), queryset=Cadre.objects.none(), required=False)

    field_order = ("pick", "outcome", "reason")

    def prepare(self) -> None:
        """Only those whom the step leaves open can be chosen."""
        super().prepare()
        people = [cadre.pk for cadre in self.node.choices_of(self.case)]
        among(self, "pick", Cadre.objects.filter(pk__in=people))

    def clean(self) -> dict[str, Any] | None:
        """Picking somebody needs somebody."""
        cleaned = super().clean() or {}
        if cleaned.get("outcome") == "pick" and cleaned.get("pick") is None:
            self.add_error("pick", __("Choose the candidate."))
        return cleaned


class ConclusionForm(StepForm):
    """Comments of the Party committee where the cadre works, and the political conclusion."""

    comment = text_field(_("Comment of the Party committee"))
    conclusion = text_field(_("Political-standard conclusion"), rows=2)

    field_order = ("comment", "conclusion", "outcome", "reason")


class HearingForm(StepForm):
    """What the sending and the receiving unit hold about post and person."""

    source_stand = forms.ChoiceField(
        label=_("The sending unit"), choices=Opinion.Stand.choices, widget=forms.RadioSelect
    )
    source_text = text_field(_("What the sending unit says"), rows=3)
    destination_stand = forms.ChoiceField(
        label=_("The receiving unit"), choices=Opinion.Stand.choices, widget=forms.RadioSelect
    )
    destination_text = text_field(_("What the receiving unit says"), rows=3)

    field_order = (
        "source_stand", "source_text", "destination_stand", "destination_text", "outcome", "reason",
    )  # fmt: skip

    def clean(self) -> dict[str, Any] | None:
        """Who is against differs: it is not in order then, and attached."""
        cleaned = super().clean() or {}
        stands = {cleaned.get("source_stand"), cleaned.get("destination_stand")}
        if Opinion.Stand.ADVERSE in stands and cleaned.get("outcome") == "ok":
            self.add_error("outcome", __("A unit is against: record that opinions differ."))
        return cleaned


class MeetingForm(StepForm):
    """The talk with the cadre."""

    met_on = day_field(_("Met on"))
    minutes = text_field(_("Minutes of the talk"))

    field_order = ("met_on", "minutes", "outcome", "reason")

    def clean_met_on(self) -> Any:
        """A talk that is recorded has been held."""
        if self.cleaned_data["met_on"] > today():
            raise ValidationError(__("The day of the talk cannot be in the future."))
        return self.cleaned_data["met_on"]


class MissionForm(StepForm):
    """The appraisal, with the draft of the mission that is ordered with the decision.

    It takes as many items as are needed: the page asks for room for more (`rooms`).
    """

    report = text_field(_("Appraisal"), rows=6)
    rooms = NumberField(widget=forms.HiddenInput, required=False)

    grows_by = ITEMS

    def prepare(self) -> None:
        """Room for the items of the mission; the first is needed."""
        super().prepare()
        rooms = self.initial["rooms"] = self._rooms()
        self.numbers = range(1, rooms + 1)
        for number in self.numbers:
            for name, field in _item(number).items():
                self.fields[f"item{number}_{name}"] = field
        last = ["outcome", "reason"]
        self.order_fields([*(name for name in self.fields if name not in last), *last])

    def clean(self) -> dict[str, Any] | None:
        """Whole items, whose weights add up to a hundred."""
        cleaned = super().clean() or {}
        cleaned.pop("rooms", None)
        items = []
        for number in self.numbers:
            prefix = f"item{number}_"
            names = [name for name in self.fields if name.startswith(prefix)]
            said = {name.removeprefix(prefix): cleaned.pop(name, None) for name in names}
            if not any(said.values()):
                continue
            for name, value in said.items():
                if value in (None, "") and prefix + name not in self.errors:
                    self.add_error(prefix + name, __("Complete this item of the mission."))
            items.append(said)
        weights = [item["weight"] or 0 for item in items]
        if items and not self.errors and (left := weights_left(weights)):
            self.add_error(
                "item1_weight",
                __("The weights of the items add up to %(sum)s, not to 100.") % {"sum": 100 - left},
            )
        return cleaned | {"items": items}

    def grown(self) -> dict[str, Any]:
        """What a draft says besides, so that the form comes back with more room."""
        return {"rooms": str(len(self.numbers) + self.grows_by)}

    def _rooms(self) -> int:
        """What the page asks for, and at least what has been filled in."""
        said = self.data or self.initial
        asked = str(said.get("rooms") or "")
        filled = [int(found[1]) for name in said if (found := _ITEM.match(name)) and said[name]]
        return min(MOST_ITEMS, max([ITEMS, int(asked) if asked.isdigit() else 0, *filled]))


#: The name of a field of an item.
_ITEM = re.compile(r"item(\d{1,3})_")


def _item(number: int) -> dict[str, forms.Field]:
    """The fields of one item."""
    needed, which = number == 1, {"number": number}
    return {
        "title": forms.CharField(
            label=_("Item %(number)s: task") % which, max_length=200, required=needed
        ),
        "product": forms.CharField(
            label=_("Item %(number)s: product") % which, max_length=200, required=needed
        ),
        "measure": forms.CharField(
            label=_("Item %(number)s: unit of measure") % which, max_length=40, required=needed
        ),
        "target": forms.DecimalField(
            label=_("Item %(number)s: target") % which, min_value=Decimal("0.01"), max_digits=12,
            decimal_places=2, required=needed,
        ),
        "weight": NumberField(
            label=_("Item %(number)s: weight of 100") % which, min_value=1, max_value=100,
            required=needed,
        ),
        "due_on": day_field(_("Item %(number)s: due") % which, required=needed),
    }  # fmt: skip
