"""A case on the road, and browsers of the people who open its addresses."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from processes.cases.models import Case
from tests.pages.conftest import client_in_english
from tests.road import Road, road, standing, walk, world

__all__ = ["road", "standing", "walk", "world"]

PERSONAS = {
    "cl": "clerk", "he": "head", "oc": "oc_clerk", "or": "ic", "sc": "sc_clerk",
    "in": "inspector", "ad": "admin", "st": "stranger", "an": "anonymous",
    "ca": "party", "ki": "standing", "ik": "kin_inspector",
}  # fmt: skip


@pytest.fixture(scope="module")
def sessions(addresses: dict[str, str], road: Road) -> dict[str, str]:
    """Everybody's session, begun once: a test that ends one has it again when it is undone."""
    keys = {}
    for who in PERSONAS.values():
        if who != "anonymous":
            client = Client()
            client.force_login(road.world[who])
            keys[who] = client.session.session_key
    return keys


@pytest.fixture
def browser(standing: Case, sessions: dict[str, str]) -> Callable[[str], Client]:
    """A client in which somebody is signed in already."""

    def signed_in(who: str) -> Client:
        client = client_in_english()
        client.cookies[settings.SESSION_COOKIE_NAME] = sessions[who]
        return client

    return signed_in
