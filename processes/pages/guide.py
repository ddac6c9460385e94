"""The words of the site and the tour; procedures are told in `procedure`."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from permissions.models import User
from processes.help.glossary import terms
from processes.help.tours import tour_of
from processes.inbox.writers import end_tour


@login_required
@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Explain every word of the glossary, in the order of the alphabet."""
    return render(request, "help/glossary.html", {"terms": terms(get_language() or "vi").values()})


@login_required
@require_safe
def tour(request: HttpRequest) -> HttpResponse:
    """Show all stops of the person's tour on one page."""
    user: User = request.user  # type: ignore[assignment]
    return render(request, "help/tour.html", {"stops": tour_of(user)})


@login_required
@require_POST
def tour_ended(request: HttpRequest) -> HttpResponse:
    """Keep that the tour was seen or is not wanted; it is offered no more."""
    user: User = request.user  # type: ignore[assignment]
    end_tour(by=user)
    return redirect("inbox")
