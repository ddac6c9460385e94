"""Evidence of a case and verification of everything: asked for, made with progress, handed out."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, override
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from permissions.models import User
from processes.audit.models import AuditEntry
from processes.cases.models import Case
from processes.evidence.inquiries import (
    ask_for_bundle,
    ask_for_verification,
    name_of,
    path_of,
    progress_of,
    work,
)
from processes.evidence.models import Inquiry
from processes.evidence.rows import command
from processes.flows import FLOWS
from processes.log.models import Checkpoint
from processes.pages.desk_export import write_answer
from processes.pages.diagrams import drawn
from processes.pages.entries import told
from processes.pages.refusals import readable_case, why_closed
from processes.pages.sheet import Sheet
from processes.pages.trail import inspected

State, Kind = Inquiry.State, Inquiry.Kind
STAGES = {
    "log": gettext_lazy("Reading the log"),
    "chains": gettext_lazy("Recomputing the chains"),
    "proofs": gettext_lazy("Collecting proofs"),
    "papers": gettext_lazy("Reading the papers"),
    "report": gettext_lazy("Writing the report"),
}


class BundleForm(forms.Form):
    """What lies in a bundle."""

    with_papers = forms.BooleanField(
        label=gettext_lazy("With the papers of the dossier"), required=False, initial=True
    )
    with_hidden = forms.BooleanField(
        label=gettext_lazy("With results that were not announced"),
        help_text=gettext_lazy("Without them the bundle can be handed to somebody else."),
        required=False,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def case_evidence(request: HttpRequest, case_id: int) -> HttpResponse:
    """Ask for the evidence of a case, and find former ones. Raises Refused and Http404."""
    user: User = request.user  # type: ignore[assignment]
    case = readable_case(request, case_id, Case.objects.filter(province__in=inspected(user)))
    form = BundleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        asked = ask_for_bundle(case, by=user, **form.cleaned_data)
        return redirect("inquiry", asked.pk)
    former = Inquiry.objects.filter(kind=Kind.BUNDLE, by=user, case=case)[:10]
    context = {"form": form, "case": case, "sheet": Sheet(case, user), "former": former}
    return render(request, "log/evidence.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def verification(request: HttpRequest) -> HttpResponse:
    """Ask for a verification of everything, and find former ones. Raises Refused."""
    user: User = request.user  # type: ignore[assignment]
    inspected(user)
    if request.method == "POST":
        return redirect("inquiry", ask_for_verification(by=user).pk)
    former = Inquiry.objects.filter(kind=Kind.VERIFICATION, by=user)[:20]
    return render(request, "log/verification.html", {"former": former})


@login_required
@require_safe
def inquiry(request: HttpRequest, inquiry_id: int) -> HttpResponse:
    """How far it is, and then what came of it. Raises Refused and Http404."""
    asked = _own(request, inquiry_id)
    waits = asked.state in (State.ASKED, State.BEGUN)
    context = {"asked": asked, "waits": waits, "check": _check(asked), **_progress(asked)}
    response = render(request, "log/inquiry.html", context)
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_safe
def inquiry_progress(request: HttpRequest, inquiry_id: int) -> HttpResponse:
    """How far it is, for the page that asks every second. Raises Refused and Http404."""
    return render(request, "log/_progress.html", _progress(_own(request, inquiry_id)))


@login_required
@require_POST
def inquiry_work(request: HttpRequest, inquiry_id: int) -> HttpResponse:
    """Do the work, unless it is done or under way. Raises Refused and Http404."""
    asked = _own(request, inquiry_id)
    with override(asked.language):
        work(
            asked, by=request.user, sentences=_sentences, diagram=_diagram,  # type: ignore[arg-type]
            export=write_answer,
        )  # fmt: skip
    there = reverse("inquiry", args=[asked.pk])
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponseClientRedirect(there)
    return redirect(there)


@login_required
@require_safe
def inquiry_file(request: HttpRequest, inquiry_id: int) -> FileResponse:
    """Hand out the bundle to whoever asked for it. Raises Refused and Http404."""
    asked = _own(request, inquiry_id)
    if not asked.file or asked.state != State.DONE or not path_of(asked).is_file():
        raise Http404
    return FileResponse(path_of(asked).open("rb"), as_attachment=True, filename=name_of(asked))


def _own(request: HttpRequest, inquiry_id: int) -> Inquiry:
    """An inquiry of this inspector; a case that has closed itself to them is closed here too."""
    user: User = request.user  # type: ignore[assignment]
    provinces = inspected(user)
    rows = Inquiry.objects.select_related("case", "question")
    asked = get_object_or_404(rows, pk=inquiry_id, by=user)
    case = asked.case
    if case is not None and (case.province_id not in provinces or why_closed(user, case)):
        raise Http404
    if asked.question and not set(asked.question.scope["provinces"]) <= provinces:
        raise Http404
    return asked


def _check(asked: Inquiry) -> str:
    """What to type to check a bundle that is there."""
    if not asked.file or asked.state != State.DONE:
        return ""
    return command(name_of(asked), Checkpoint.objects.get(pk=asked.found["checkpoint"]))


def _progress(asked: Inquiry) -> dict[str, Any]:
    stage, done, total = progress_of(asked).read()
    return {"stage": STAGES.get(stage, ""), "done": done, "total": total}


def _sentences(entries: list[AuditEntry]) -> list[str]:
    return [one.sentence for one in told(entries)]


def _diagram(case: Case) -> str:
    name = next(name for name, flow in FLOWS.items() if case.flow_class is flow)
    return drawn(name, get_language() or "vi")
