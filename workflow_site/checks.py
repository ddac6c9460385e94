"""System checks of the site."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register
def demo_mode_stays_at_home(
    app_configs: Sequence[AppConfig] | None, **kwargs: object
) -> list[CheckMessage]:
    """Demo mode signs anybody in: an open site must not have it."""
    if not settings.DEMO_MODE or settings.DEBUG:
        return []
    hint = "Unset DEMO_MODE, or set DJANGO_DEBUG=1 on a machine that is not open to others."
    return [Error("DEMO_MODE is on while DEBUG is off.", hint=hint, id="workflow_site.E001")]
