"""How a person wants the pages: light, dark, or as their system is. Kept in a cookie, a year."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

COOKIE = "theme"
YEAR = 365 * 24 * 60 * 60
THEMES = {
    "system": (_("As the system"), "device-desktop"),
    "light": (_("Light"), "sun"),
    "dark": (_("Dark"), "moon"),
}


def chosen_theme(request: HttpRequest) -> str:
    """What the person's cookie says; as the system is for everybody who has not chosen."""
    chosen = request.COOKIES.get(COOKIE, "")
    return chosen if chosen in THEMES else "system"


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Keep the choice, and go back to where it was made."""
    back = request.POST.get("next", "")
    if not back.startswith("/") or not url_has_allowed_host_and_scheme(
        back, {request.get_host()}, request.is_secure()
    ):
        back = "/"
    response = HttpResponseRedirect(back)
    if request.POST.get("theme") in THEMES:
        response.set_cookie(
            COOKIE,
            request.POST["theme"],
            max_age=YEAR,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response
