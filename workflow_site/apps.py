"""The site as an app: its system checks."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Settings that contradict each other are found at start."""

    name = "workflow_site"

    def ready(self) -> None:
        from . import checks  # noqa: F401 -- registers the checks
