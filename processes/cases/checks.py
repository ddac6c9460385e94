"""System check: the site runs by rules that the trail does not know of."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from processes.cases.adoption import unadopted

MIGRATION = ("processes", "0002_trail_is_append_only")


@register(Tags.database)
def rules_are_adopted(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **_: object
) -> list[CheckMessage]:
    """Name the editions whose text is new or has changed since it was entered in the trail."""
    if "default" not in (databases or ()):
        return []
    if MIGRATION not in MigrationRecorder(connections["default"]).applied_migrations():
        return []
    keys = [edition.key for edition, _before in unadopted()]
    hint = "Find out who changed them; then run: manage.py rules --adopt."
    said = f"Editions of the rules are not in the trail as they are: {', '.join(keys)}."
    return [Warning(said, hint, id="processes.W001")] if keys else []
