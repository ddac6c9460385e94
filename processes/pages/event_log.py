"""Deviations of cases, and the log of events as a file for tools of process mining."""

from collections.abc import Iterable
from tempfile import TemporaryFile
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_safe

from permissions.catalogue import Act
from permissions.checks import today, units_where
from permissions.models import User
from processes.audit.models import Event
from processes.audit.trail import record
from processes.cases.bars import closed_cases
from processes.cases.models import Case
from processes.figures.deviations import deviating, told_of
from processes.figures.log import LoggedCase, logged
from processes.figures.ocel import ocel
from processes.figures.reading import Period
from processes.figures.xes import xes
from processes.flows import FLOWS
from processes.organisation.units import Unit
from processes.pages.case_list import procedures
from processes.pages.exports import note_taken
from processes.pages.figures import MONTHS, overseen
from processes.pages.labels import DEVIATIONS
from processes.pages.listing import page_of
from processes.pages.tables import Cell, Link, Table
from processes.pages.trail import inspected

KINDS = {"xes": "application/xml", "ocel.json": "application/json"}


class LogFilter(forms.Form):
    """Which cases that are over: of what procedure, ended within how many months."""

    procedure = forms.ChoiceField(label=gettext_lazy("Procedure"), required=False)
    months = forms.TypedChoiceField(
        label=gettext_lazy("Period"), choices=MONTHS, coerce=int, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["procedure"].choices = procedures()  # type: ignore[attr-defined]

    def narrow(self, cases: QuerySet[Case]) -> QuerySet[Case]:
        """Keep the cases asked for; a wrong field narrows nothing."""
        self.is_valid()
        wish = self.cleaned_data
        period = Period.of(wish.get("months") or 12, today())
        cases = cases.filter(finished__date__gte=period.first)
        if wish.get("procedure"):
            cases = cases.filter(flow_class=FLOWS[wish["procedure"]])
        return cases


@login_required
@require_safe
def deviations(request: HttpRequest) -> HttpResponse:
    """List the cases that left the usual way, the latest first. Raises Refused."""
    user: User = request.user  # type: ignore[assignment]
    reach = overseen(user)
    wish = LogFilter(request.GET or {"months": 12})
    known = Case.objects.visible_to(user).filter(reach.within())
    cases = wish.narrow(known.exclude(pk__in=closed_cases(user)))
    page = page_of(deviating(cases).order_by("-pk"), request)
    context = {"filter": wish, "page": page, "table": _table(page.rows)}
    context["exports"] = units_where(user, Act.INSPECT)
    context["query"] = request.GET.urlencode()
    return render(request, "figures/deviations.html", context)


def _table(cases: list[Case]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            Link(one.case.code, reverse("case", args=[one.case.pk])),
            str(one.case.flow_class.process_title),
            one.case.title,
            *(one.numbers.get(name, 0) for name in DEVIATIONS),
        )
        for one in told_of(cases)
    ]
    columns = (_("Case"), _("Procedure"), _("Subject"), *map(str, DEVIATIONS.values()))
    return Table(
        "deviating",
        _("Cases"),
        columns,
        rows,
        _("No case left the usual way. Choose other days or another procedure."),
    )


@login_required
@require_GET
def event_log(request: HttpRequest, kind: str) -> FileResponse:
    """The log of the cases that are over, with an entry. Raises Refused."""
    user: User = request.user  # type: ignore[assignment]
    provinces = inspected(user)
    if kind not in KINDS:
        raise Http404
    cases = Case.objects.filter(province__in=provinces).exclude(pk__in=closed_cases(user))
    return log_file(LogFilter(request.GET).narrow(cases), kind, by=user)


def log_file(cases: QuerySet[Case], kind: str, *, by: User | None) -> FileResponse:
    """Write the log to a file, with an entry in the trail that says who took how much of it."""
    target = TemporaryFile()  # noqa: SIM115 -- the response closes it
    target.writelines(_pieces(cases, kind))
    with transaction.atomic():
        facts = {"rows": cases.count(), "model": "processes.case", "kind": kind}
        if by is None:
            record(Event.DOWNLOADED, by=None, facts=facts)
        else:
            note_taken(facts, by=by)
    target.seek(0)
    name = f"cases-{today():%Y%m%d}.{kind}"
    return FileResponse(target, as_attachment=True, filename=name, content_type=KINDS[kind])


def _pieces(cases: QuerySet[Case], kind: str) -> Iterable[bytes]:
    units = dict(Unit.objects.values_list("pk", "name"))
    people = dict(User.objects.values_list("pk", "username"))
    if kind == "xes":
        return (piece.encode() for piece in xes(logged(cases), units, people))

    def read() -> Iterable[LoggedCase]:
        return logged(cases)

    return ocel(read, units, people)
