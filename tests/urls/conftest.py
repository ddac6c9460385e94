"""A case on the road, and browsers of the people who open its addresses."""

from collections.abc import Callable

import pytest
from django.test import Client

from processes.cases.models import Case
from tests.pages.conftest import client_with, session_of
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
    people = (who for who in PERSONAS.values() if who != "anonymous")
    return {who: session_of(road.world[who]) for who in people}


@pytest.fixture
def browser(standing: Case, sessions: dict[str, str]) -> Callable[[str], Client]:
    """A client in which somebody is signed in already."""
    return lambda who: client_with(sessions[who])
