"""Cases on the road of the procedure."""

from tests.road import road, standing, walk, world

__all__ = ["road", "standing", "walk", "world"]
