"""The small province, a case in it, and browsers of its people."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from permissions.models import User
from processes.demo.walk import Walk
from processes.flows import AppointmentInPlaceFlow
from tests.world import World, small_world


@pytest.fixture
def world(db: None) -> World:
    return small_world()


@pytest.fixture
def walk(world: World) -> Walk:
    """A case about the Party post."""
    return Walk.begin(AppointmentInPlaceFlow, world.positions["party"])


@pytest.fixture
def browser(world: World) -> Callable[[str | User], Any]:
    """A client in which somebody is signed in, in English so that tests can read the pages."""

    def signed_in(who: str | User) -> Client:
        client = Client()
        client.cookies["django_language"] = "en"
        client.force_login(world[who] if isinstance(who, str) else who)
        return client

    return signed_in


def text(response: Any) -> str:
    """The page as words, spaces put together."""
    return " ".join(response.content.decode().split())
