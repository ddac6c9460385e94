"""Checkpoints of the log for inspectors: the list, one to be printed, and signing one now."""

from io import BytesIO

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from permissions.catalogue import Act
from permissions.checks import role_for
from permissions.models import User
from processes.log.checkpoints import checkpoint
from processes.log.keys import NoKey, in_use, verifier
from processes.log.models import Checkpoint
from processes.log.places import deliver
from processes.pages.listing import page_of
from processes.pages.trail import inspected


@login_required
@require_safe
def checkpoints(request: HttpRequest) -> HttpResponse:
    """Show the checkpoints, the latest first, and where their copies are. Raises Refused."""
    inspected(request.user)  # type: ignore[arg-type]
    rows = Checkpoint.objects.select_related("key").prefetch_related("deliveries")
    key = in_use()
    context = {"page": page_of(rows, request), "key": verifier(key) if key else None}
    return render(request, "log/checkpoints.html", context)


@login_required
@require_POST
def sign_now(request: HttpRequest) -> HttpResponse:
    """Sign a checkpoint now and send its copies. Raises Refused."""
    user: User = request.user  # type: ignore[assignment]
    provinces = inspected(user)
    try:
        made = checkpoint(by=user, role=role_for(user, Act.INSPECT, min(provinces)))
    except NoKey as error:
        messages.error(request, str(error))
        return redirect("checkpoints")
    deliver()
    words = {"number": made.number, "size": made.size}
    messages.success(request, _("Checkpoint %(number)s of %(size)s entries is signed.") % words)
    return redirect("checkpoint", made.number)


@login_required
@require_safe
def checkpoint_page(request: HttpRequest, number: int) -> HttpResponse:
    """One checkpoint, to be printed for the daybook. Raises Refused and Http404."""
    found = _found(request, number)
    context = {"checkpoint": found, "key": verifier(found.key)}
    return render(request, "log/checkpoint.html", context)


@login_required
@require_safe
def checkpoint_code(request: HttpRequest, number: int) -> HttpResponse:
    """The whole note as a QR code. Raises Refused and Http404."""
    drawn = BytesIO()
    segno.make(_found(request, number).note, error="l", micro=False).save(
        drawn, kind="svg", scale=4, xmldecl=False, light="#fff"
    )
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


@login_required
@require_safe
def checkpoint_note(request: HttpRequest, number: int) -> HttpResponse:
    """The signed note as a file, for verify_evidence.py. Raises Refused and Http404."""
    response = HttpResponse(_found(request, number).note, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{number:08}.checkpoint"'
    return response


def _found(request: HttpRequest, number: int) -> Checkpoint:
    inspected(request.user)  # type: ignore[arg-type]
    return get_object_or_404(Checkpoint.objects.select_related("key"), number=number)
