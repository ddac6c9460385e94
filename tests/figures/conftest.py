"""Cases on the road, browsers, and figures made of them."""

import pytest

from processes.figures.rolling import roll_up
from tests.pages.conftest import browser
from tests.road import road, standing, walk, world

__all__ = ["browser", "road", "standing", "walk", "world"]


@pytest.fixture
def figures(walk) -> None:
    """The figures as the sweep makes them, with the case that stands on the road."""
    roll_up(whole=True)
