"""What every page knows about the site."""

from django.conf import settings
from django.http import HttpRequest

from .theme import THEMES, chosen_theme


def site(request: HttpRequest) -> dict[str, object]:
    """Whether this is a demonstration, for the banner; light or dark, and the choice of them."""
    return {"demo_mode": settings.DEMO_MODE, "theme": chosen_theme(request), "themes": THEMES}
