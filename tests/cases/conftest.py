"""Cases on the road of the procedure, and browsers of the people who work on them."""

from tests.pages.conftest import browser
from tests.road import road, standing, walk, world

__all__ = ["browser", "road", "standing", "walk", "world"]
