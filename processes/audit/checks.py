"""System check: a database without the triggers does not keep its history."""

import logging
from collections.abc import Sequence

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.recorder import MigrationRecorder

from processes.audit import triggers

#: The last migration that changes a trigger. Before it a database has former ones, and `migrate`,
#: which asks first, must be able to put the new ones there.
MIGRATION = ("processes", "0030_nothing_is_replaced")


@register(Tags.database)
def history_is_kept(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **_: object
) -> list[CheckMessage]:
    """Name the triggers that a migrated database lacks."""
    hint = "Find out who removed them; then run verify_audit and protect_trail."
    return [
        Error(f"Triggers are missing in “{alias}”: {', '.join(names)}.", hint, id="processes.E001")
        for alias in databases or []
        if MIGRATION in MigrationRecorder(connections[alias]).applied_migrations()
        and (names := triggers.missing(connections[alias]))
    ]


def tell_at_start() -> None:
    """Say loudly in the log of the service when a site starts on a database that keeps nothing."""
    try:
        found = history_is_kept(None, databases=[DEFAULT_DB_ALIAS])
    except DatabaseError:
        return  # without a database there is nothing to serve; every page says so
    for error in found:
        logging.getLogger(__name__).critical("%s %s", error.msg, error.hint)
    connections[DEFAULT_DB_ALIAS].close()
