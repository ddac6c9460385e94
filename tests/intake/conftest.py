"""A province once for each module; what a test does in it is undone."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils.translation import override
from pytest_django import DjangoDbBlocker

from permissions.models import User
from processes.organisation.people import Cadre
from tests.world import World, small_world


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield small_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(built: World, db: None) -> Iterator[World]:
    """The province with its people as the database has them now, in English."""
    with transaction.atomic(), override("en"):
        people = User.objects.in_bulk([user.pk for user in built.people.values()])
        built.people = {name: people[user.pk] for name, user in built.people.items()}
        numbers = [cadre.pk for cadre in built.candidates]
        built.candidates = list(Cadre.objects.filter(pk__in=numbers).order_by("pk"))
        yield built
        transaction.set_rollback(True)


@pytest.fixture
def browser(world: World) -> Callable[[str], Any]:
    def signed_in(who: str) -> Client:
        client = Client(headers={"accept": "text/html"})
        client.cookies["django_language"] = "en"
        client.force_login(world[who])
        return client

    return signed_in
