"""A small province for the tests of a module; what a test does in it is undone."""

from collections.abc import Callable, Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.utils import translation

from tests.settled import as_now, road
from tests.world import World

__all__ = ["Browser", "browser", "road", "world"]

Browser = Callable[[str], Client]


@pytest.fixture
def world(road: World) -> Iterator[World]:
    """The province with its people as the database has them now; refusals are in English."""
    with transaction.atomic(), translation.override("en"):
        yield as_now(road)
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
