"""Tests that end with a flush: the triggers would refuse it, so they step aside for that moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from django.test import TransactionTestCase

from processes.audit import triggers
from processes.search import upkeep
from tests.contents import Contents, bring_back, contents


@contextmanager
def without_triggers() -> Iterator[None]:
    """What the database's owner can do: take the triggers away; they are back afterwards."""
    connection.check_constraints()  # PostgreSQL changes no table that still has checks to do
    triggers.remove(connection)
    try:
        yield
    finally:
        triggers.install(connection)


@pytest.fixture(scope="session", autouse=True)
def flush_empties_the_trail() -> Iterator[None]:
    """PostgreSQL would make the files of every table anew, which takes longer than most tests."""
    flush = TransactionTestCase._fixture_teardown
    left: list[Contents] = []

    def teardown(case: Any) -> None:
        if connection.vendor != "postgresql":
            with without_triggers():
                flush(case)
        elif left:
            empty(left[0])
        else:
            empty({})
            emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)
            left.append(contents(connection))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield


def empty(left: Contents) -> None:
    """Leave the database as a flush does: nothing that a test wrote, and every trigger in place."""
    bring_back(connection, left)
    if triggers.missing(connection):
        triggers.install(connection)
    upkeep.after_migrations(connection.alias)
