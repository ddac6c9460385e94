"""The small province, built once a module instead of once a test; what a test does is undone.

A test that commits needs a province of its own: it names a `world` that it builds itself.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection, transaction

from permissions.models import User
from processes.organisation.people import Cadre
from tests.world import World, small_world

__all__ = ["as_now", "road", "world"]


@pytest.fixture(scope="module")
def road(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Built once, gone when the module is done."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield small_world()
        transaction.set_rollback(True)
    connection.close()


@pytest.fixture
def world(road: World) -> Iterator[World]:
    """The province with its people as the database has them now."""
    with transaction.atomic():
        yield as_now(road)
        transaction.set_rollback(True)


def as_now(road: World) -> World:
    """The province with nothing remembered of people whom a test before has changed."""
    people = User.objects.in_bulk([user.pk for user in road.people.values()])
    cadres = Cadre.objects.in_bulk([cadre.pk for cadre in road.candidates])
    return replace(
        road,
        people={name: people[user.pk] for name, user in road.people.items()},
        candidates=[cadres[cadre.pk] for cadre in road.candidates],
    )
