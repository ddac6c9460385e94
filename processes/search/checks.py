"""System check: without its triggers the search does not know what is new."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections

from processes.search import upkeep


@register(Tags.database)
def search_is_kept(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **_: object
) -> list[CheckMessage]:
    """Name the triggers of the search that a migrated database lacks.

    No error: `migrate` puts them back, and would not run past one.
    """
    hint = "Run: manage.py search --rebuild."
    return [
        Warning(
            f"Triggers of the search are missing in “{alias}”: {', '.join(names)}.",
            hint,
            id="processes.W002",
        )
        for alias in databases or []
        if upkeep.stands(connections[alias]) and (names := upkeep.missing(connections[alias]))
    ]
