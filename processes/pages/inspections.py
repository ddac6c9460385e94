"""Inspections: the list, the page of one, and what inspectors add to it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from permissions.catalogue import Act
from permissions.checks import units_where
from permissions.errors import Conflict, Refused
from permissions.models import User
from processes.cases.drafts import Place
from processes.cases.models import Case, CaseTask
from processes.inspections import writers
from processes.inspections.models import InspectionFinding, parts
from processes.inspections.queries import answering_units, inspections_for, units_of
from processes.organisation.people import Cadre
from processes.organisation.units import Unit
from processes.pages.blame import add_errors
from processes.pages.drafting import Drafts, address_of, keeps_typing
from processes.pages.labels import ENDS
from processes.pages.listing import page_of
from processes.pages.reading import note_reading
from processes.pages.sheet import Sheet
from processes.steps.actions import refuse
from processes.steps.forms import among, day_field, text_field
from processes.steps.forms_inspection import cases_field, cases_named


class SaidForm(forms.Form):
    """Something about one of the cases, or about all."""

    case = forms.ModelChoiceField(
        Case.objects.none(),
        label=gettext_lazy("Case"),
        required=False,
        empty_label=gettext_lazy("all of them"),
    )
    text = text_field(gettext_lazy("Text"), rows=5, max_length=4000)

    def __init__(self, *args: Any, inspection: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.inspection = inspection
        cases = Case.objects.filter(inspections__inspection=inspection).order_by("pk")
        among(self, "case", cases)
        if "unit" in self.fields:
            among(self, "unit", self.units(inspection))

    def units(self, inspection: Case) -> QuerySet[Unit]:
        """About which units something can be said."""
        return units_of(inspection)


class RequestForm(SaidForm):
    """What a unit is to explain; somebody there has to be able to."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Unit"))

    field_order = ("unit", "case", "text")

    def units(self, inspection: Case) -> QuerySet[Unit]:
        """Units for which somebody may answer."""
        return answering_units(inspection)


class RecommendForm(SaidForm):
    """What a unit is recommended to do."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Unit"))
    due_on = day_field(gettext_lazy("To be done by"), required=False)

    field_order = ("unit", "case", "text", "due_on")


class FindingForm(SaidForm):
    """What is not as it ought to be, about whom, how grave, by which rule."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Unit"))
    person = forms.CharField(
        label=gettext_lazy("Identity number of the person"),
        required=False,
        max_length=20,
        help_text=gettext_lazy("Leave it empty when the finding is about the unit."),
    )
    level = forms.ChoiceField(
        label=gettext_lazy("Level of the finding"),
        choices=InspectionFinding.Level.choices,
        widget=forms.RadioSelect,
    )
    basis = forms.CharField(label=gettext_lazy("Rule or document that it rests on"), max_length=200)
    to_sanction = forms.BooleanField(
        label=gettext_lazy("Once it is upheld, a sanction is to begin"), required=False
    )

    field_order = ("unit", "person", "case", "text", "level", "basis", "to_sanction")

    def clean(self) -> dict[str, Any]:
        """A person is one of the unit that the finding names."""
        cleaned = super().clean() or {}
        number, unit = cleaned.pop("person", "").strip(), cleaned.get("unit")
        cleaned["cadre"] = None
        if number and unit:
            cleaned["cadre"] = Cadre.objects.filter(code=number, unit=unit).first()
            if cleaned["cadre"] is None:
                self.add_error("person", _("Nobody in this unit has this identity number."))
        return cleaned


class CasesForm(forms.Form):
    """More cases for the inspection."""

    codes = cases_field()

    def __init__(self, *args: Any, inspection: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.inspection = inspection

    def clean(self) -> dict[str, Any]:
        """The cases that the numbers mean."""
        cleaned = super().clean() or {}
        if codes := cleaned.pop("codes", ""):
            try:
                cleaned["cases"] = cases_named(codes, province=self.inspection.province_id)
            except ValidationError as error:
                self.add_error("codes", error)
        return cleaned


@dataclass(frozen=True)
class Addition:
    """Something that an inspector adds, with its words and its form."""

    title: Any
    form_class: Any
    write: Callable[..., Any]


ADDITIONS = {
    "note": Addition(gettext_lazy("Write a note"), SaidForm, writers.note),
    "finding": Addition(gettext_lazy("Record a finding"), FindingForm, writers.find),
    "request": Addition(gettext_lazy("Ask for an explanation"), RequestForm, writers.ask),
    "recommendation": Addition(
        gettext_lazy("Make a recommendation"), RecommendForm, writers.recommend
    ),
    "cases": Addition(gettext_lazy("Take in more cases"), CasesForm, writers.take_in),
}


@login_required
@require_safe
def inspection_list(request: HttpRequest) -> HttpResponse:
    """List the inspections of the provinces that the person inspects. Raises Refused."""
    user: User = request.user  # type: ignore[assignment]
    if not units_where(user, Act.INSPECT):
        raise Refused(_("Only inspectors see the list of inspections."))
    page = page_of(inspections_for(user).order_by("-pk"), request)
    standing = _standing(page.rows)
    lines = [
        {"row": case, "state": ENDS.get(case.outcome) or standing.get(case.pk, _("under way"))}
        for case in page.rows
    ]
    context = {"page": page, "lines": lines, "may_begin": bool(units_where(user, Act.EXAMINE))}
    return render(request, "inspections/list.html", context)


@login_required
@require_safe
def inspection_page(request: HttpRequest, case_id: int) -> HttpResponse:
    """Everything that an inspection holds; to whoever does not inspect it does not exist."""
    user: User = request.user  # type: ignore[assignment]
    inspection = _inspection(user, case_id)
    note_reading(inspection, by=user)
    context = {
        "case": inspection,
        "sheet": Sheet(inspection, user),
        "parts": parts(inspection),
        "why_not": writers.why_not_inspect(user, inspection),
        "additions": ADDITIONS,
    }
    return render(request, "inspections/page.html", context)


@keeps_typing
@require_http_methods(["GET", "HEAD", "POST"])
def inspection_add(request: HttpRequest, case_id: int, what: str) -> HttpResponse:
    """Add a note, a finding, a request, a recommendation or cases. Raises Refused and Conflict."""
    user: User = request.user  # type: ignore[assignment]
    inspection = _inspection(user, case_id)
    addition = ADDITIONS.get(what)
    if addition is None:
        raise Http404
    title = f"{inspection.code}: {addition.title}"
    drafts = Drafts(request, Place(address_of(request), title=title, case=inspection))
    make = partial(addition.form_class, inspection=inspection)
    with drafts.survives():
        if reason := writers.why_not_inspect(user, inspection):
            _turn_away(request, inspection, user, reason)
        if drafts.asked:
            return drafts.keep(make)
        form: Any = drafts.bind(make(request.POST)) if request.method == "POST" else None
        form = form or drafts.fill(make)
        if form.is_valid() and _written(addition, inspection, user, form):
            drafts.forget()
            messages.success(request, _("“%(action)s” is recorded.") % {"action": addition.title})
            return redirect("inspection", inspection.pk)
    context = {"form": form, "addition": addition, "case": inspection, "what": what}
    status = 422 if form.is_bound and request.method == "POST" else 200
    return render(request, "inspections/add.html", context, status=status)


def _standing(cases: list[Case]) -> dict[int, Any]:
    """The step at which each of the open ones stands."""
    tasks = CaseTask.objects.filter(process__in=[case.pk for case in cases], finished__isnull=True)
    return {task.process_id: task.flow_task.task_title for task in tasks.order_by("pk")}


def _inspection(user: User, case_id: int) -> Case:
    found = inspections_for(user).select_related(
        "province", "unit", "opened_by", "position", "candidate"
    )
    return get_object_or_404(found, pk=case_id)


def _turn_away(request: HttpRequest, inspection: Case, user: User, reason: str) -> None:
    if inspection.finished:
        raise Conflict(reason)
    sent = request.method == "POST"
    if sent:
        refuse(inspection, by=user, reason=reason)
    raise Refused(reason, noted=sent)


def _written(addition: Addition, inspection: Case, user: User, form: Any) -> bool:
    said = dict(form.cleaned_data)
    args = [said.pop("cases")] if "cases" in said else []
    try:
        addition.write(inspection, *args, by=user, **said)
    except ValidationError as error:
        add_errors(form, error)
        return False
    return True
