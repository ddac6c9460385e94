"""Worlds that several tests commit: built once in a run, then brought back row by row.

It is for tests that write what others have to see: in threads, in a served site. Where a
transaction can undo what a test does, tests.settled and tests.road are cheaper still.
"""

import pickle
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django.db import connection

from permissions.checks import today
from tests.contents import Contents, bring_back, contents

World = TypeVar("World")

#: What was built on which day: how tests speak of it, and what the tables held.
_known: dict[tuple[Callable[[], Any], date], tuple[bytes, Contents]] = {}


def built(build: Callable[[], World]) -> World:
    """Build this in an empty database, or bring back what was built: nobody can tell them apart.

    Copies of tables are made on PostgreSQL only, where nearly all such tests are.
    """
    key = (build, today())
    if key in _known:
        pickled, held = _known[key]
        bring_back(connection, held)
        return pickle.loads(pickled)  # type: ignore[no-any-return]  # noqa: S301 -- our own
    world = build()
    if connection.vendor == "postgresql":
        _known[key] = pickle.dumps(world), contents(connection)
    return world
