"""Databases wait for a lock, and not for ever; the served site keeps its connections open."""

from urllib.request import urlopen

import pytest
from django.db import connection

from tests.browser.live import LiveSite, host, live_site
from workflow_site.databases import database


def pragma(name):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        return cursor.fetchone()[0]


@pytest.mark.sqlite
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "value"), [("journal_mode", "wal"), ("foreign_keys", 1), ("busy_timeout", 20000)]
)
def test_sqlite_is_opened_as_the_site_needs_it(name, value):
    assert pragma(name) == value


@pytest.mark.sqlite
def test_sqlite_takes_its_write_lock_at_once():
    assert connection.transaction_mode == "IMMEDIATE"


@pytest.mark.postgresql
@pytest.mark.django_db
def test_postgresql_gives_up_waiting_after_ten_seconds():
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone()[0] == "10s"


@pytest.mark.postgresql
@pytest.mark.django_db
def test_postgresql_takes_our_order_of_long_joins():
    with connection.cursor() as cursor:
        cursor.execute("SHOW join_collapse_limit")
        assert cursor.fetchone()[0] == "4"


def test_requests_are_no_transactions():
    assert connection.settings_dict["ATOMIC_REQUESTS"] is False


def test_an_address_of_postgresql_is_understood():
    config = database("postgres://clerk:pw@db.example:6000/site")
    assert (config["ENGINE"], config["HOST"]) == ("django.db.backends.postgresql", "db.example")
    assert config["CONN_HEALTH_CHECKS"]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_requests_one_after_the_other_use_the_same_connection():
    """It is given back once the answer is sent: one request may still find it in use."""
    with host() as served, live_site(served) as site:
        seen: set[int] = set()
        for _number in range(10):
            ask(site)
            seen |= backends()
    assert 1 <= len(seen) <= 2


def ask(site: LiveSite) -> None:
    """Open a page that reads the database: who can be signed in as."""
    with urlopen(f"{site.address}/sign-in/") as answer:  # noqa: S310 -- our own server
        answer.read()


def backends() -> set[int]:
    """The server's processes that serve others on this database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid != pg_backend_pid()"
        )
        return {pid for (pid,) in cursor.fetchall()}


def test_sqlite_and_commands_have_no_pool():
    assert "POOL_OPTIONS" not in database("sqlite:///site.sqlite3", pool=10)
    assert "POOL_OPTIONS" not in database("postgres://clerk:pw@db.example:6000/site")
