"""The app that holds the procedures and all they work with."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class ProcessesConfig(AppConfig):
    """The procedures; at start it registers the check that history is kept."""

    name = "processes"
    verbose_name = _("Processes")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from processes import flows  # noqa: F401 -- registers what the clock starts
        from processes.audit import checks  # noqa: F401 -- registers the check
        from processes.cases import checks as _checks  # noqa: F401 -- registers the other one
        from processes.flows import checks as _flows  # noqa: F401 -- what the rows need of rules
        from processes.search import checks as _search  # noqa: F401 -- and the last
        from processes.search import upkeep

        pre_migrate.connect(upkeep.before_migrations, sender=self)
        post_migrate.connect(upkeep.after_migrations, sender=self)
