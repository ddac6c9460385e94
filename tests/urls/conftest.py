"""A case on the road, and browsers of the people who open its addresses."""

from tests.pages.conftest import browser
from tests.road import road, standing, walk, world

__all__ = ["browser", "road", "standing", "walk", "world"]
