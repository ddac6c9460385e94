"""Cases on the road, and people who are told of them."""

from tests.pages.conftest import browser
from tests.road import road, standing, walk, world

__all__ = ["browser", "road", "standing", "walk", "world"]
