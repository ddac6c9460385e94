"""The road of the procedure, with browsers."""

from tests.pages.conftest import browser, road, standing, walk, world

__all__ = ["browser", "road", "standing", "walk", "world"]
