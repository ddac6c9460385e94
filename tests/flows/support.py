"""A small province for the tests of a module; what a test does in it is undone."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import translation

from permissions.models import User
from processes.organisation.people import Cadre
from tests.world import World, small_world

Browser = Callable[[str], Client]


@pytest.fixture(scope="module")
def road(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Built once, gone when the module is done."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield small_world()
        transaction.set_rollback(True)
    connection.close()


@pytest.fixture
def world(road: World) -> Iterator[World]:
    """The province with its people as the database has them now; refusals are in English."""
    with transaction.atomic(), translation.override("en"):
        people = User.objects.in_bulk([user.pk for user in road.people.values()])
        cadres = Cadre.objects.in_bulk([cadre.pk for cadre in road.candidates])
        yield replace(
            road,
            people={name: people[user.pk] for name, user in road.people.items()},
            candidates=[cadres[cadre.pk] for cadre in road.candidates],
        )
        transaction.set_rollback(True)


@pytest.fixture
def browser(world: World) -> Browser:
    """A client in which somebody is signed in; its pages are in English."""

    def signed_in(name: str) -> Client:
        client = Client(headers={"accept": "text/html"})
        client.cookies["django_language"] = "en"
        client.force_login(world[name])
        return client

    return signed_in
