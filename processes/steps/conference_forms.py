"""The parts of a conference as forms: call, attendance, count, recount, close."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from permissions.checks import today
from processes.cases.rivals import moved_elsewhere
from processes.conferences.guards import Slip, why_unfit
from processes.conferences.queries import slip_lines
from processes.organisation.bodies import Body, Membership
from processes.organisation.lookups import NotSetUp
from processes.organisation.people import Cadre
from processes.organisation.units import in_force
from processes.steps.fields import NumberField, SeveralField
from processes.steps.forms import TaskForm, among, day_field, offer, text_field
from processes.steps.labels import OUTCOMES


class PartForm(TaskForm):
    """A part of a conference; the hidden field tells which, so that a late post is noticed."""

    name = ""
    part = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, meeting: Any = None, **kwargs: Any) -> None:
        kwargs["initial"] = {"part": self.name} | (kwargs.get("initial") or {})
        if meeting is not None:
            self.meeting = meeting
        super().__init__(*args, **kwargs)

    @cached_property
    def meeting(self) -> Any:
        """The conference under way, where whoever makes the form has not read it already."""
        return self.node.open_conference(self.task)


class SlipField(SeveralField):
    """Who is on the slip; `each` are sentences about single people, which the hint folds away."""

    each: Sequence[str] = ()


class OfficeField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One member for an office; beside whom the slip keeps out of it stands why."""

    notes: Mapping[int, str] = {}

    def label_from_instance(self, obj: Any) -> str:
        """The name, with what stands in the way."""
        return _noted(obj, self.notes.get(obj.pk, ""))


class TellersField(SeveralField):
    """The counting team, offered like an office; whose account is closed cannot count either."""

    notes: Mapping[int, str] = {}

    def label_from_instance(self, obj: Any) -> str:
        """The name, with what stands in the way."""
        closed = "" if obj.user.is_active else gettext("the account is closed")
        return _noted(obj, self.notes.get(obj.pk, closed))


def _noted(cadre: Cadre, why: str) -> str:
    return f"{cadre} ({why})" if why else str(cadre)


class CallForm(PartForm):
    """Call the body: when, where, who chairs, who counts, who is on the slip."""

    name = "call"
    held_on = day_field(_("Date"), initial=today)
    place = forms.CharField(label=_("Place"), max_length=200)
    chair = OfficeField(label=_("Chair"), queryset=Cadre.objects.none())
    secretary = OfficeField(
        label=pgettext_lazy("conference", "Secretary"), queryset=Cadre.objects.none()
    )
    tellers = TellersField(
        label=_("Counting team"),
        queryset=Cadre.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Each teller enters the count alone."),
    )
    candidates = SlipField(
        label=_("On the slip"),
        queryset=Cadre.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reason = text_field(
        _("Why somebody is left out of the slip"),
        required=False,
        rows=2,
        help_text=_("Needed when somebody whose name is offered here is not ticked."),
    )

    def prepare(self) -> None:
        """Offer the members of the body that will sit, and the people who may be on the slip."""
        members = self._members()
        for name in ("chair", "secretary"):
            among(self, name, members)
        among(self, "tellers", members.filter(user__isnull=False).select_related("user"))
        people = self.node.candidates_of(self.case)
        self._tell_unfit(people)
        if self.node.settings(self.case)["vote"] == "none":
            del self.fields["tellers"], self.fields["candidates"], self.fields["reason"]
            return
        among(self, "candidates", Cadre.objects.filter(pk__in=[c.pk for c in people]))
        self.fields["candidates"].initial = [cadre.pk for cadre in people]
        self._tell_moved(people)
        if not people:
            del self.fields["candidates"]
        if len(people) < 2:
            del self.fields["reason"]

    def _members(self) -> QuerySet[Cadre]:
        """Who sits in the body on the chosen day, today or later; the call itself asks for the day.

        Raises ValidationError where there is no such body, neither that day nor today.
        """
        day = self._day()
        try:
            body = self._body(day)
        except NotSetUp as missing:
            raise ValidationError(str(missing)) from missing
        to_come = Q(valid_to__isnull=True) | Q(valid_to__gt=today())
        seats = Membership.objects.filter(to_come | in_force(day), body=body)
        return Cadre.objects.filter(pk__in=seats.values("cadre"))

    def _day(self) -> date:
        """The day in the form that was sent; today where it says none."""
        if self.is_bound:
            with suppress(ValidationError):
                said = self.fields["held_on"].clean(self.data.get(self.add_prefix("held_on")))
                return cast("date", said)
        return today()

    def _body(self, day: date) -> Body:
        """The body of the day; that of today where the call will say that there is none."""
        try:
            return cast("Body", self.node.body(self.case, day))
        except NotSetUp:
            return cast("Body", self.node.body(self.case, today()))

    def _tell_unfit(self, people: list[Cadre]) -> None:
        """Say beside members who can hold no office as long as all of these stand on the slip."""
        slip = Slip.of([cadre.pk for cadre in people])
        for name in ("chair", "secretary", "tellers"):
            cast("OfficeField", self.fields[name]).notes = why_unfit(slip, name)

    def _tell_moved(self, people: list[Cadre]) -> None:
        """Say whom other cases move: of one person the sentence, of several how many, and each."""
        field = cast("SlipField", self.fields["candidates"])
        said = list(moved_elsewhere(self.case, people, reader=self.user).values())
        field.help_text = "".join(said)
        if len(said) > 1:
            text = _("Other cases move %(count)s of these people; those cases have to end first.")
            field.help_text, field.each = text % {"count": len(said)}, said

    def clean(self) -> dict[str, Any]:
        """Fields that the edition does not ask for are empty, not missing."""
        cleaned = super().clean() or {}
        return {"tellers": []} | {
            key: list(value) if key in ("tellers", "candidates") else value
            for key, value in cleaned.items()
        }


class AttendanceForm(PartForm):
    """Who came."""

    name = "attendance"
    present = SeveralField(
        label=_("Present"),
        queryset=Cadre.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def prepare(self) -> None:
        """Only those who were called can be present."""
        called = self.meeting.summonses.values("cadre") if self.meeting else []
        among(self, "present", Cadre.objects.filter(pk__in=called))


class OpenForm(PartForm):
    """Hand out the slips and open the count."""

    name = "open"


class CountForm(PartForm):
    """What one teller counted."""

    name = "count"
    issued = NumberField(label=_("Slips issued"), min_value=0)
    collected = NumberField(label=_("Slips collected"), min_value=0)
    valid = NumberField(label=_("Valid slips"), min_value=0)
    invalid = NumberField(label=_("Invalid slips"), min_value=0)
    blank = NumberField(label=_("Of these blank"), min_value=0, initial=0)

    def prepare(self) -> None:
        """One line a candidate; a line “against” where the slip has one."""
        ballot = self.node.settings(self.case)["ballot"]
        lines = slip_lines(self.meeting) if self.meeting else {}
        for key, name in lines.items():
            self.fields[f"agree_{key}"] = NumberField(
                label=_("For %(name)s") % {"name": name}, min_value=0
            )
            if ballot == "agree_disagree":
                self.fields[f"disagree_{key}"] = NumberField(
                    label=_("Against %(name)s") % {"name": name}, min_value=0
                )

    def clean(self) -> dict[str, Any]:
        """Gather the lines of the slip."""
        cleaned = super().clean() or {}
        plain = {key: value for key, value in cleaned.items() if "agree_" not in key}
        return plain | {
            "agree": _lines(cleaned, "agree_"),
            "disagree": _lines(cleaned, "disagree_"),
        }


class RecountForm(PartForm):
    """The two counts differ: both are kept and the slips are counted again."""

    name = "recount"
    reason = text_field(_("Reason"), initial=_("The two counts differ."))


class WaitForm(PartForm):
    """Nothing to fill in: the tellers are counting."""

    name = "wait"


class CloseForm(PartForm):
    """Close the conference with its minutes; the system finds the outcome of a ballot."""

    name = "close"
    minutes = text_field(_("Minutes: agenda, opinions, conclusion"), rows=8)

    def prepare(self) -> None:
        """A conference without a ballot says its outcome itself."""
        if self.node.settings(self.case)["vote"] == "none":
            names = [name for name in self.node.outcomes if name != "quorum_fail"]
            self.fields["outcome"] = forms.ChoiceField(
                label=_("Outcome"),
                choices=[(name, OUTCOMES[name]) for name in names],
                widget=forms.RadioSelect,
            )
        else:
            self.fields["reason"] = text_field(
                _("Explanation"),
                required=False,
                rows=3,
                help_text=_("Needed when the result differs from the conference before."),
            )


class MotionForm(PartForm):
    """A decision of the body without a ballot, and why."""

    name = "motion"
    outcome = forms.ChoiceField(label=_("Motion"), widget=forms.RadioSelect)
    reason = text_field(_("Reason"))

    def prepare(self) -> None:
        """Offer the motions of the step."""
        offer(self, "outcome", ((name, OUTCOMES[name]) for name in self.node.motions))


class VoidForm(PartForm):
    """Declare the ballot void: it is kept, and the conference is called again."""

    name = "void"
    reason = text_field(_("Why the ballot is void"))


FORMS: dict[str, type[PartForm]] = {
    form.name: form
    for form in (
        CallForm,
        AttendanceForm,
        OpenForm,
        CountForm,
        RecountForm,
        WaitForm,
        CloseForm,
        MotionForm,
        VoidForm,
    )
}


def _lines(cleaned: dict[str, Any], prefix: str) -> dict[int, int]:
    return {
        int(key.removeprefix(prefix)): value
        for key, value in cleaned.items()
        if key.startswith(prefix) and value is not None
    }
