"""The small province, and a case that has built its roster."""

import pytest

from processes.cases.models import Case
from processes.demo.walk import Walk
from processes.flows import AppointmentInPlaceFlow
from tests.settled import road, world
from tests.world import World

__all__ = ["road", "world"]


@pytest.fixture
def case(world: World) -> Case:
    """A case about the Party post, at its first step."""
    return Walk.begin(AppointmentInPlaceFlow, world.positions["party"]).case
