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


# More may be open at once; what is given back beyond these is closed.
POOL = {"MAX_OVERFLOW": -1, "PRE_PING": True, "RECYCLE": 15 * 60}


def database(url: str, pool: int = 0) -> dict[str, Any]:
    """Django's description of the database at this address.

    `pool`: connections to PostgreSQL that a process keeps open for all its threads. The served site
    answers each request in another thread, where a connection of Django's own would be a new one.
    """
    config: dict[str, Any] = dict(dj_database_url.parse(url))
    sqlite = config["ENGINE"].endswith("sqlite3")
    config["OPTIONS"] = {**config.get("OPTIONS", {}), **(SQLITE if sqlite else POSTGRESQL)}
    if sqlite:
        return config
    if pool:
        return config | {
            "ENGINE": "dj_db_conn_pool.backends.postgresql",
            "CONN_MAX_AGE": 0,  # given back after each request
            "POOL_OPTIONS": {"POOL_SIZE": pool, **POOL},
        }
    return config | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
