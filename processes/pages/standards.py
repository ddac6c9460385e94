"""Who meets the standards of titles, what is missing, and the training that closes it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from permissions.checks import today
from permissions.errors import Personal, Refused
from permissions.models import User
from processes.cases.bars import family_of
from processes.cases.people import is_own, units_known_to, why_record_closed
from processes.eligibility.gaps import Gap, gaps_of_cadre, gaps_of_unit
from processes.eligibility.sentences import VERDICTS
from processes.organisation.people import Cadre
from processes.organisation.units import Unit
from processes.pages.blame import add_errors
from processes.pages.exports import Listing, file_of
from processes.pages.reading import note_record_read, note_record_refused
from processes.pages.tables import Cell, Link, Table
from processes.standards.models import TrainingCourse, TrainingLine
from processes.standards.sentences import answer_sentence
from processes.standards.training import confirm, confirms, drop, plan, take, trains
from processes.steps.fields import NumberField
from processes.steps.forms import day_field

State = TrainingLine.State


class PlanForm(forms.Form):
    """A course for a cadre in a year."""

    course = forms.ModelChoiceField(
        label=gettext_lazy("Course"), queryset=TrainingCourse.objects.none()
    )
    year = NumberField(label=gettext_lazy("Year"), min_value=2000, max_value=2100)

    def __init__(self, *args: Any, province: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        courses = TrainingCourse.objects.filter(province=province, offered=True)
        self.fields["course"].queryset = courses  # type: ignore[attr-defined]
        self.fields["year"].initial = today().year


class TakenForm(forms.Form):
    """The certificate of a course that was taken."""

    certificate = forms.CharField(label=gettext_lazy("Number of the certificate"), max_length=100)
    taken_on = day_field(gettext_lazy("Certificate of"))


@login_required
@require_safe
def unit_standards(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Who of a unit's holders and planned cadres meets what. Raises Refused and Http404."""
    user: User = request.user  # type: ignore[assignment]
    unit = _unit(user, unit_id)
    gaps = _open(gaps_of_unit(unit, today()), user)
    tables = [
        _table("held", _("Holders of the posts"), [gap for gap in gaps if not gap.planned]),
        _table("planned", _("In planning"), [gap for gap in gaps if gap.planned]),
    ]
    return render(request, "standards/unit.html", {"unit": unit, "tables": tables})


@login_required
@require_GET
def unit_standards_file(request: HttpRequest, unit_id: int, kind: str) -> FileResponse:
    """The same as a file. Raises Refused and Http404."""
    user: User = request.user  # type: ignore[assignment]
    unit = _unit(user, unit_id)
    gaps = _open(gaps_of_unit(unit, today()), user)
    table = _table("standards", _("Standards of titles"), gaps)
    rows = (
        [*row, _("in planning") if gap.planned else _("holds it")]
        for gap, row in zip(gaps, table.rows, strict=True)
    )
    columns = [*table.columns, _("Holds or planned")]
    label = Cadre._meta.label_lower
    return file_of(Listing("standards", table.title, columns, rows, label, unit), kind, by=user)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cadre_standards(request: HttpRequest, cadre_id: int) -> HttpResponse:
    """What one cadre lacks, with the training plan; sent, it plans a course.

    Raises Refused and Http404.
    """
    user: User = request.user  # type: ignore[assignment]
    cadre = _cadre(user, cadre_id)
    may_plan = trains(user).covers(cadre.unit) and cadre.pk not in family_of(user).all
    form = PlanForm(request.POST or None, province=cadre.unit.province_id)
    if form.is_valid():
        try:
            plan(cadre, form.cleaned_data["course"], form.cleaned_data["year"], by=user)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The course is in the plan."))
            return redirect("cadre_standards", cadre.pk)
    gaps = gaps_of_cadre(cadre, today())
    context = {
        "cadre": cadre,
        "gaps": [
            (gap, VERDICTS[gap.verdict], [(one, answer_sentence(one)) for one in gap.answers])
            for gap in gaps
        ],
        "lines": TrainingLine.objects.filter(cadre=cadre).select_related("course"),
        "form": form if may_plan else None,
        "taken": TakenForm() if may_plan else None,
        "confirms": may_plan and confirms(user, cadre),
        "unit_url": _unit_url(user, cadre),
    }
    status = 422 if form.is_bound else 200
    return render(request, "standards/cadre.html", context, status=status)


@login_required
@require_POST
def training_line(request: HttpRequest, line_id: int) -> HttpResponse:
    """Enter a certificate, confirm it, or drop the line. Raises Refused, Http404 and Conflict."""
    user: User = request.user  # type: ignore[assignment]
    line = get_object_or_404(TrainingLine.objects.select_related("cadre__unit"), pk=line_id)
    _cadre(user, line.cadre_id)
    if "confirm" in request.POST:
        confirm(line, by=user)
    elif "drop" in request.POST:
        drop(line, by=user)
    else:
        _take(request, line, user)
    return redirect("cadre_standards", line.cadre_id)


def _take(request: HttpRequest, line: TrainingLine, user: User) -> None:
    form = TakenForm(request.POST)
    try:
        if form.is_valid():
            take(line, **form.cleaned_data, by=user)
            return
    except ValidationError as error:
        add_errors(form, error)
    for errors in form.errors.values():
        messages.error(request, " ".join(map(str, errors)))


def _unit(user: User, number: int) -> Unit:
    """A unit whose people the person trains or reads; to others it does not exist."""
    known, own = units_known_to(user), trains(user)
    if not known and not own:
        raise Refused(_("Only those who may read people's records, and personnel clerks, see it."))
    return get_object_or_404(Unit, known.within() | own.within(), pk=number)


def _sees(user: User, unit: Unit) -> bool:
    """Whether the person trains or reads the people of this unit."""
    return units_known_to(user).covers(unit) or trains(user).covers(unit)


def _unit_url(user: User, cadre: Cadre) -> str:
    """Where the unit's standards are, for whoever may see them; others see their own record."""
    return reverse("unit_standards", args=[cadre.unit_id]) if _sees(user, cadre.unit) else ""


def _cadre(user: User, number: int) -> Cadre:
    """A cadre whose gaps the person may see; somebody else's reading leaves an entry."""
    cadre = get_object_or_404(Cadre.objects.select_related("unit"), pk=number)
    own = is_own(user, cadre)
    if not own and not _sees(user, cadre.unit):
        raise Http404
    if reason := why_record_closed(user, cadre):
        note_record_refused(cadre, by=user, reason=reason)
        raise Personal(reason, noted=True)
    if not own:
        note_record_read(cadre, by=user)
    return cadre


def _open(gaps: list[Gap], user: User) -> list[Gap]:
    """Without relatives, whose records are closed to the person."""
    kin = family_of(user).kin
    return [gap for gap in gaps if gap.cadre.pk not in kin]


def _table(name: str, title: str, gaps: list[Gap]) -> Table:
    columns = (_("Title"), _("Cadre"), _("Meets the standards"), _("Missing"), _("Training"))
    return Table(name, title, columns, [_row(gap) for gap in gaps], _("Nobody."))


def _row(gap: Gap) -> list[Cell]:
    missing = " ".join(map(answer_sentence, gap.missing))
    if not gap.has_standard:
        missing = _("No standard of the title is on file; enter it.")
    return [
        gap.title,
        Link(str(gap.cadre), reverse("cadre_standards", args=[gap.cadre.pk])),
        str(VERDICTS[gap.verdict]),
        missing,
        "; ".join(f"{line}: {line.get_state_display()}" for line in gap.courses),
    ]
