"""The small province, and a case in it."""

import pytest

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
