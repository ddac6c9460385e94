"""How each kind of database is opened: waiting locks, and for no longer than a person waits."""

from typing import Any

import dj_database_url

SQLITE = {
    # A writer takes its lock at BEGIN; taken later it could not wait, only fail.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # Readers go on while one writes. Django switches foreign keys on for every connection.
    "init_command": "PRAGMA journal_mode=WAL;",
}
# Whoever waits longer than this for a case gets the page "try again" (workflow_site.errors).
# Our joins follow foreign keys in the order in which they are best read; PostgreSQL would look for
# a better one among all orders, for longer than it takes to read the rows.
POSTGRESQL = {"options": "-c lock_timeout=10s -c join_collapse_limit=4"}


def database(url: str) -> dict[str, Any]:
    """Django's description of the database at this address."""
    config: dict[str, Any] = dict(dj_database_url.parse(url))
    sqlite = config["ENGINE"].endswith("sqlite3")
    config["OPTIONS"] = {**config.get("OPTIONS", {}), **(SQLITE if sqlite else POSTGRESQL)}
    if not sqlite:
        config.update(CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True)
    return config
