"""Sign in: by password, and in a demonstration as any persona with one click."""

from itertools import groupby
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.views import LoginView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from permissions.catalogue import GRANTS, Act, Role
from permissions.checks import today
from permissions.models import Holding, User
from processes.pages.advice import account_closed

PASSWORD = "permissions.sessions.PeopleBackend"  # noqa: S105 -- the name of a backend


class SignIn(LoginView):
    """The form, and in a demonstration the personas beside it."""

    template_name = "account/sign_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the personas, and whether the account of the session was closed."""
        personas = _personas() if settings.DEMO_MODE else []
        shown = {"personas": personas, "account_closed": account_closed(self.request)}
        return super().get_context_data(**kwargs) | shown


@require_POST
def sign_in_as(request: HttpRequest, user_id: int) -> HttpResponse:
    """Sign in as a persona; on a site that is no demonstration there is no such page."""
    if not settings.DEMO_MODE:
        raise Http404
    people = User.objects.filter(is_active=True, is_superuser=False, holdings__isnull=False)
    login(request, get_object_or_404(people.distinct(), pk=user_id), backend=PASSWORD)
    return redirect(settings.LOGIN_REDIRECT_URL)


def _personas() -> list[dict[str, Any]]:
    """Accounts by role, in the order of the catalogue, with what each may do."""
    held = Holding.objects.in_force(today()).filter(user__is_active=True)
    order = list(Role)
    rows = sorted(
        held.select_related("user", "unit").order_by("pk"),
        key=lambda row: order.index(Role(row.role)),
    )
    return [
        {
            "role": Role(role).label,
            "acts": [act.label for act in Act if act in GRANTS[Role(role)]],
            "people": list(people),
        }
        for role, people in groupby(rows, key=lambda row: row.role)
    ]
