"""The app that holds people's accounts and rights."""

from django.apps import AppConfig


class PermissionsConfig(AppConfig):
    name = "permissions"
    verbose_name = "Permissions"
    default_auto_field = "django.db.models.BigAutoField"
