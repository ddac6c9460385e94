"""Cases on the road of the procedure, and browsers of the people who work on them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client

from permissions.models import User
from permissions.sessions import SessionStore
from tests.road import road, standing, walk, world
from tests.world import World

__all__ = ["road", "standing", "walk", "world"]

Browser = Callable[[str | User], Client]


@pytest.fixture
def browser(world: World) -> Browser:
    """A client in which somebody is signed in; the pages speak English, so that tests read them."""

    def signed_in(who: str | User) -> Client:
        return client_with(session_of(world[who] if isinstance(who, str) else who))

    return signed_in


def session_of(user: User) -> str:
    """The key of a session that somebody has begun; how it began is for other tests."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def client_with(session: str) -> Client:
    client = Client(headers={"accept": "text/html"})
    client.cookies["django_language"] = "en"
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    return client


def words(response: Any) -> str:
    """The page as one line."""
    return " ".join(response.content.decode().split())
