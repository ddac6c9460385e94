"""The app that holds the procedures and all they work with."""

from django.apps import AppConfig


class ProcessesConfig(AppConfig):
    """The procedures; at start it registers the check that history is kept."""

    name = "processes"
    verbose_name = "Processes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from processes import flows  # noqa: F401 -- registers what the clock starts
        from processes.audit import checks  # noqa: F401 -- registers the check
        from processes.cases import checks as _checks  # noqa: F401 -- registers the other one
