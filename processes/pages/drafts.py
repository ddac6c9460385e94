"""The list of a person's own drafts."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from permissions.models import User
from processes.cases.drafts import drafts_of
from processes.cases.models import Draft


@login_required
@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    """List what the person has typed and not sent, the latest first."""
    found = list(drafts_of(request.user))  # type: ignore[arg-type]
    for draft in found:
        draft.excerpt = _excerpt(draft)  # type: ignore[attr-defined]
    return render(request, "drafts/list.html", {"drafts": found, "days": settings.DRAFT_DAYS})


@login_required
@require_POST
def drop_draft(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Throw a draft away; nobody else's is found."""
    user: User = request.user  # type: ignore[assignment]
    get_object_or_404(Draft, pk=draft_id, by=user).delete()
    messages.success(request, _("The draft is thrown away."))
    return redirect("drafts")


def _excerpt(draft: Draft) -> str:
    """The longest text of the draft, shortened: by that people know it again."""
    texts = [text for name, text in draft.data.items() if isinstance(text, str) and name != "part"]
    return Truncator(max(texts, key=len, default="")).chars(80)
