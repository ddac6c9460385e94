"""Databases wait for a lock, and not for ever."""

import pytest
from django.db import connection

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
