"""The app that holds people's accounts and rights."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PermissionsConfig(AppConfig):
    """Accounts and rights; at start it connects what enters signing in and out."""

    name = "permissions"
    verbose_name = _("Permissions")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from permissions import signals  # noqa: F401 -- connects the receivers
