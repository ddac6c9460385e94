"""The trail for inspectors: across cases, filtered, verified, and as CSV."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from permissions.catalogue import Act
from permissions.checks import today, units_where
from permissions.errors import Refused
from permissions.models import User
from processes.audit.export import csv_lines
from processes.audit.models import SITE_CHAIN, AuditEntry, Event
from processes.audit.verify import Report, verify
from processes.cases.bars import closed_cases
from processes.cases.models import Case
from processes.organisation.horizon import row_number
from processes.organisation.units import Unit
from processes.pages.entries import labels, told
from processes.pages.exports import note_taken
from processes.pages.listing import SIZE, address
from processes.pages.refusals import readable_case
from processes.pages.widgets import StandingSelect
from processes.questions.reach import entries_for
from processes.steps.forms import day_field


class TrailFilter(forms.Form):
    """What the inspector looks for."""

    case = forms.CharField(label=gettext_lazy("Case number"), required=False, max_length=30)
    person = forms.CharField(label=gettext_lazy("Person"), required=False, max_length=100)
    unit = forms.ModelChoiceField(
        label=gettext_lazy("Unit"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=gettext_lazy("All"),
    )
    step = forms.ChoiceField(label=gettext_lazy("Step"), required=False, widget=StandingSelect)
    event = forms.ChoiceField(
        label=gettext_lazy("Event"),
        required=False,
        choices=[("", gettext_lazy("All")), *Event.choices],
    )
    since = day_field(gettext_lazy("From"), required=False)
    until = day_field(gettext_lazy("To"), required=False)

    def __init__(self, *args: Any, provinces: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(province__in=provinces, valid_to__isnull=True)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        steps = [(name, str(title)) for name, title in labels().steps.items()]
        self.fields["step"].choices = [("", _("All")), *steps]  # type: ignore[attr-defined]

    def narrow(self, entries: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        """Keep the entries that the inspector looks for; a wrong field narrows nothing."""
        self.is_valid()
        wish = {name: value for name, value in self.cleaned_data.items() if value}
        for name, value in wish.items():
            entries = entries.filter(_WISHES[name](value))
        return entries


def _person(text: str) -> Q:
    found = Q()
    for word in text.split():
        found &= (
            Q(by__last_name__icontains=word)
            | Q(by__first_name__icontains=word)
            | Q(by__username__iexact=word)
        )
    return found


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


_WISHES: dict[str, Any] = {
    "case": lambda code: Q(case__code__iexact=code.strip()),
    "person": _person,
    "unit": lambda unit: Q(unit=unit),
    "step": lambda step: Q(step=step),
    "event": lambda event: Q(event=event),
    "since": lambda day: Q(at__gte=_midnight(day)),
    "until": lambda day: Q(at__lt=_midnight(day + timedelta(days=1))),
}


@login_required
@require_safe
def trail(request: HttpRequest) -> HttpResponse:
    """Show the entries of the inspector's province, the latest first. Raises Refused."""
    user: User = request.user  # type: ignore[assignment]
    provinces = inspected(user)
    wish = TrailFilter(request.GET, provinces=provinces)
    entries = wish.narrow(entries_for(user, provinces)).select_related("case")
    if before := row_number(request.GET.get("before", "")):
        entries = entries.filter(pk__lt=before)
    found = list(entries[: SIZE + 1])
    shown = found[:SIZE]
    context = {
        "filter": wish,
        "entries": told(shown),
        "newest": address(request, before=None) if before else "",
        "older": address(request, before=shown[-1].pk) if len(found) > SIZE else "",
        "csv": request.GET.urlencode(),
        "case_number": _case_number(wish, user, provinces),
    }
    return render(request, "trail/page.html", context)


@login_required
@require_safe
def trail_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same entries as a file, in the language of the page, with an entry. Raises Refused."""
    user: User = request.user  # type: ignore[assignment]
    provinces = inspected(user)
    entries = TrailFilter(request.GET, provinces=provinces).narrow(entries_for(user, provinces))
    # What is entered from now on, by this as well, stands in no file that was begun before.
    entries = entries.filter(pk__lte=AuditEntry.objects.aggregate(last=Max("pk"))["last"] or 0)
    with transaction.atomic():
        facts = {"rows": entries.count(), "model": AuditEntry._meta.label_lower, "kind": "csv"}
        note_taken(facts, by=user)
    lines = _in_language(csv_lines(entries, labels()), get_language())
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"trail-{today():%Y%m%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@login_required
@require_POST
def verify_chain(request: HttpRequest, chain: int) -> HttpResponse:
    """Recompute the chain of a case, or the site's own, and say what was found.

    Raises Refused for whoever is no inspector, and in one's own or a relative's case.
    """
    provinces = inspected(request.user)  # type: ignore[arg-type]
    if chain == SITE_CHAIN:
        back = redirect("trail")
    else:
        case = readable_case(request, chain, Case.objects.filter(province__in=provinces))
        back = redirect("case_trail", case.pk)
    report = verify(chain)
    say = messages.success if report.sound else messages.error
    say(request, _found(report))
    return back


def inspected(user: User) -> set[int]:
    """The provinces whose trail the person inspects. Raises Refused where there is none."""
    provinces = units_where(user, Act.INSPECT)
    if not provinces:
        raise Refused(_("Only inspectors read the trail across cases."))
    return provinces


def _case_number(wish: TrailFilter, user: User, provinces: set[int]) -> int | None:
    """The case that the list is narrowed to, if it is one."""
    code = wish.cleaned_data.get("case", "").strip()
    if not code:
        return None
    found = Case.objects.filter(code__iexact=code, province__in=provinces)
    return found.exclude(pk__in=closed_cases(user)).values_list("pk", flat=True).first()


def _found(report: Report) -> str:
    if report.sound:
        text = ngettext(
            "Verified: %(count)s entry, the chain is whole and unaltered.",
            "Verified: %(count)s entries, the chain is whole and unaltered.",
            report.entries,
        )
        return text % {"count": report.entries}
    finding = report.findings[0]
    return _("The chain is not sound. First bad entry: no. %(seq)s; %(fault)s.") % {
        "seq": finding.seq,
        "fault": finding.fault.label,
    }


def _in_language(lines: Iterator[str], language: str | None) -> Iterator[str]:
    """Stream in the language of the request, which is over when the stream runs."""
    while True:
        with override(language):
            line = next(lines, None)
        if line is None:
            return
        yield line
