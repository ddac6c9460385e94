"""Cases on the road of the procedure, and browsers of the people who work on them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from permissions.models import User
from tests.road import road, standing, walk, world
from tests.world import World

__all__ = ["road", "standing", "walk", "world"]

Browser = Callable[[str | User], Client]


@pytest.fixture
def browser(world: World) -> Browser:
    """A client in which somebody is signed in; the pages speak English, so that tests read them."""

    def signed_in(who: str | User) -> Client:
        client = client_in_english()
        client.force_login(world[who] if isinstance(who, str) else who)
        return client

    return signed_in


def client_in_english() -> Client:
    client = Client(headers={"accept": "text/html"})
    client.cookies["django_language"] = "en"
    return client


def words(response: Any) -> str:
    """The page as one line."""
    return " ".join(response.content.decode().split())
