"""Forms of the steps: an outcome, a reason where one is needed, and what the step asks."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from permissions.checks import today
from processes.cases.models import CaseTask, Opinion
from processes.organisation.people import Cadre
from processes.steps.fields import DayField, SeveralField
from processes.steps.heads import why_instead
from processes.steps.labels import OUTCOMES


def day_field(label: Any, **kwargs: Any) -> DayField:
    """A day, picked with the browser's own calendar."""
    return DayField(label=label, **kwargs)


def text_field(label: Any, rows: int = 4, **kwargs: Any) -> forms.CharField:
    """Several lines of text."""
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


def offer(form: forms.Form, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Set what a choice field offers."""
    cast(forms.ChoiceField, form.fields[name]).choices = list(choices)


def among(form: forms.Form, name: str, people: QuerySet[Any]) -> None:
    """Set among whom a field lets choose."""
    cast("forms.ModelChoiceField[Any]", form.fields[name]).queryset = people


class TaskForm(forms.Form):
    """A form about a task; it knows the task and the person."""

    #: What the person reads before they fill it in; it stands above the fields.
    said = ""
    #: How many more items it has room for each time somebody asks; 0 for a form without items.
    grows_by = 0

    def __init__(self, *args: Any, task: CaseTask, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.task, self.user, self.node = task, user, task.flow_task
        self.case = task.process
        self.prepare()

    def prepare(self) -> None:
        """Fill in choices that depend on the case."""

    def grown(self) -> dict[str, Any]:
        """What a draft says besides, so that the form comes back with more room."""
        return {}


class StepForm(TaskForm):
    """Outcome and reason: enough for most steps."""

    outcome = forms.ChoiceField(label=_("Outcome"), widget=forms.RadioSelect)
    reason = text_field(_("Reason"), required=False)

    offered: tuple[str, ...] = ()

    def prepare(self) -> None:
        """Offer the outcomes of the step, in the order of the table."""
        self.said = why_instead(self.task) or self.said
        names = self.offered or tuple(self.node.outcomes)
        offer(self, "outcome", ((name, OUTCOMES[name]) for name in names))
        if self.node.reasons:
            self.fields["reason"].help_text = _("Needed for: %(outcomes)s.") % {
                "outcomes": ", ".join(str(OUTCOMES[name]) for name in self.node.reasons)
            }


class RequestForm(StepForm):
    """Request for policy: number of posts, source, intended assignment (ND 170 Điều 33.1)."""

    need = text_field(_("Need and number of posts"))
    source = forms.ChoiceField(
        label=_("Expected source"),
        choices=[("in_place", _("staff in place")), ("elsewhere", _("from elsewhere"))],
    )
    assignment = text_field(_("Intended assignment"))

    field_order = ("need", "source", "assignment", "outcome", "reason")


class CommentForm(StepForm):
    """The Party committee's written comment, and whether new issues have arisen."""

    comment = text_field(_("Comment of the Party committee"))
    basis = forms.CharField(label=_("Written basis of a new issue"), required=False, max_length=200)

    field_order = ("comment", "outcome", "basis", "reason")

    def clean(self) -> dict[str, Any] | None:
        """A new issue needs its written basis: the case will be held on it."""
        cleaned = super().clean() or {}
        if cleaned.get("outcome") == "new_issue" and not cleaned.get("basis"):
            self.add_error("basis", _("Name the document that the new issue rests on."))
        return cleaned


class HeadForm(StepForm):
    """The head decides at exactly half; whoever sees it otherwise is reported in full.

    Nghị định 138/2020/NĐ-CP Điều 46.3, Nghị định 170/2025/NĐ-CP Điều 33.3.
    """

    differing = text_field(
        _("Differing opinions"),
        help_text=_(
            "What was said otherwise at the conference, in full: it goes along in the report. "
            "Where nobody said anything else, write so."
        ),
    )

    field_order: tuple[str, ...] = ("outcome", "differing", "reason")


class PickForm(HeadForm):
    """Choose one cadre among those whom the vote left open."""

    pick = forms.ModelChoiceField(label=_("Chosen"), queryset=Cadre.objects.none())

    field_order = ("pick", "outcome", "differing", "reason")

    def prepare(self) -> None:
        """Only those whom the step leaves open can be chosen."""
        super().prepare()
        people = [cadre.pk for cadre in self.node.choices_of(self.case)]
        among(self, "pick", Cadre.objects.filter(pk__in=people))


class RulingForm(StepForm):
    """The ruling on a tie: who goes on."""

    go_on = SeveralField(
        label=_("Go on to the next conference"),
        queryset=Cadre.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    field_order = ("go_on", "outcome", "reason")

    def prepare(self) -> None:
        """Only those who are tied or ahead can go on."""
        super().prepare()
        people = [cadre.pk for cadre in self.node.choices_of(self.case)]
        among(self, "go_on", Cadre.objects.filter(pk__in=people))


class OpinionForm(TaskForm):
    """The written opinion of a consulted organ."""

    stand = forms.ChoiceField(
        label=_("Opinion"), choices=Opinion.Stand.choices, widget=forms.RadioSelect
    )
    text = text_field(_("Opinion in writing"))


class AppraisalForm(StepForm):
    """The appraisal report: findings, differing opinions, recommendation."""

    report = text_field(_("Appraisal"), rows=8)
    basis = forms.CharField(label=_("Written basis of a hold"), required=False, max_length=200)

    field_order = ("report", "outcome", "basis", "reason")

    def clean(self) -> dict[str, Any] | None:
        """A hold needs its written basis."""
        cleaned = super().clean() or {}
        if cleaned.get("outcome") == "hold" and not cleaned.get("basis"):
            self.add_error("basis", _("Name the document that the hold rests on."))
        return cleaned


class ScheduleForm(StepForm):
    """The day of the Standing Committee's meeting."""

    meeting_on = day_field(_("Meeting on"), required=False)

    field_order = ("meeting_on", "outcome", "reason")

    def clean(self) -> dict[str, Any] | None:
        """A scheduled case has a day that is not past."""
        cleaned = super().clean() or {}
        day = cleaned.get("meeting_on")
        if cleaned.get("outcome") == "scheduled" and (day is None or day < today()):
            self.add_error("meeting_on", _("Give the day of the meeting, today or later."))
        return cleaned


class PromulgateForm(StepForm):
    """From when the decision holds, and where it was announced."""

    effective_on = day_field(_("In effect from"))
    announced_at = forms.CharField(label=_("Announced at"), max_length=200)

    field_order = ("effective_on", "announced_at", "outcome", "reason")


class NoResultForm(StepForm):
    """After a last conference without a choice: a new approval, or stop."""

    approval = forms.CharField(
        label=_("Number of the new approval"), required=False, max_length=100
    )

    field_order = ("outcome", "approval", "reason")

    def clean(self) -> dict[str, Any] | None:
        """A rerun needs a new approval record."""
        cleaned = super().clean() or {}
        if cleaned.get("outcome") == "rerun" and not cleaned.get("approval"):
            self.add_error("approval", _("A rerun needs a new approval: give its number."))
        return cleaned


class HoldEndForm(StepForm):
    """How a hold ends, and for a restart from which step."""

    restart_from = forms.ChoiceField(label=_("Restart from"), required=False)

    field_order = ("outcome", "restart_from", "reason")

    def prepare(self) -> None:
        """Offer the steps that the procedure lets a held case restart from."""
        super().prepare()
        steps = [self.node.flow_class.instance.node(name) for name in self.node.restartable]
        offered = [(step.name, f"{step.code} {step.task_title}") for step in steps]
        offer(self, "restart_from", [("", "—"), *offered])

    def clean(self) -> dict[str, Any] | None:
        """A restart needs its step."""
        cleaned = super().clean() or {}
        if cleaned.get("outcome") == "restart" and not cleaned.get("restart_from"):
            self.add_error("restart_from", _("Choose the step to restart from."))
        return cleaned
