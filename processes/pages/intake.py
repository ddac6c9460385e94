"""Pages of the import of people: send a file, see what becomes of each row, enter all."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from permissions.models import User
from processes.intake.fates import Fate
from processes.intake.models import PeopleImport
from processes.intake.progress import Progress
from processes.intake.sending import approve, guard, send, work
from processes.intake.sheets import KINDS
from processes.intake.template import csv_of, workbook
from processes.pages.blame import add_errors
from processes.pages.listing import address, page_of

State = PeopleImport.State
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STAGES = {
    "read": gettext_lazy("Reading the file"),
    "check": gettext_lazy("Checking the rows"),
    "write": gettext_lazy("Entering the rows"),
}


class FileForm(forms.Form):
    """The file of a personnel section."""

    file = forms.FileField(
        label=gettext_lazy("File"), help_text=gettext_lazy("XLSX, or CSV saved as UTF-8.")
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def people_import(request: HttpRequest) -> HttpResponse:
    """Take a file, and show the person's former ones. Raises Refused."""
    user: User = request.user  # type: ignore[assignment]
    guard(user)
    form = FileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            sent = send(form.cleaned_data["file"], by=user)
        except ValidationError as error:
            add_errors(form, error)
        else:
            return redirect("people_import_file", sent.pk)
    former = PeopleImport.objects.filter(by=user)[:10]
    context = {"form": form, "former": former, "kinds": KINDS}
    return render(request, "intake/start.html", context, status=422 if form.is_bound else 200)


@login_required
@require_safe
def people_template(request: HttpRequest, name: str) -> HttpResponse:
    """The empty file: `people.xlsx`, or one list as CSV. Raises Refused and Http404."""
    guard(request.user)  # type: ignore[arg-type]
    if name == "people.xlsx":
        content, kind = workbook(), XLSX
    else:
        found = next((one for one in KINDS if f"{one.name}.csv" == name), None)
        if found is None:
            raise Http404
        content, kind = csv_of(found), "text/csv; charset=utf-8"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)


@login_required
@require_safe
def people_import_file(request: HttpRequest, import_id: int) -> HttpResponse:
    """What becomes of every row of a file that the person sent. Raises Refused and Http404."""
    sent = _own(request, import_id)
    fate = request.GET.get("fate", "")
    rows = sent.rows.filter(fate=fate) if fate in Fate.values else sent.rows.all()
    tabs = [("", _("All"), sum(sent.counts.values()))]
    tabs += [(one.value, str(one.label), sent.counts.get(one.value, 0)) for one in Fate]
    context: dict[str, Any] = {
        "sent": sent,
        "page": page_of(rows, request),
        "tabs": [
            (name, label, count, address(request, fate=name or None, page=None))
            for name, label, count in tabs
        ],
        "fate": fate,
        "waits": sent.state in (State.SENT, State.APPROVED),
        **_progress(sent),
    }
    response = render(request, "intake/file.html", context)
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_safe
def people_import_progress(request: HttpRequest, import_id: int) -> HttpResponse:
    """How far it is, for the page that asks every second. Raises Refused and Http404."""
    return render(request, "intake/_progress.html", _progress(_own(request, import_id)))


@login_required
@require_POST
def people_import_work(request: HttpRequest, import_id: int) -> HttpResponse:
    """Check the file, or enter it where it was approved. Raises Refused, Http404 and Conflict."""
    user: User = request.user  # type: ignore[assignment]
    sent = _own(request, import_id)
    if "approve" in request.POST:
        approve(sent, by=user)
        return redirect("people_import_file", sent.pk)
    sent = work(sent, by=user)
    if sent.state == State.DONE:
        messages.success(request, _("All rows are entered."))
    there = reverse("people_import_file", args=[sent.pk])
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponseClientRedirect(there)
    return redirect(there)


def _own(request: HttpRequest, import_id: int) -> PeopleImport:
    """A file that this person sent; to others it does not exist."""
    guard(request.user)  # type: ignore[arg-type]
    return get_object_or_404(PeopleImport, pk=import_id, by=request.user)


def _progress(sent: PeopleImport) -> dict[str, Any]:
    stage, done, total = Progress(sent.pk).read()
    return {"stage": STAGES.get(stage, ""), "done": done, "total": total}
