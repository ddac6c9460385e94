"""Tests that end with a flush: the triggers would refuse it, so they step aside for that moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import TransactionTestCase

from processes.audit import triggers


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
    flush = TransactionTestCase._fixture_teardown

    def teardown(case: Any) -> None:
        with without_triggers():
            flush(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield
