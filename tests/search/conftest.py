"""A case on the road of the procedure, and who searches for it."""

from tests.road import road, standing, walk, world

__all__ = ["road", "standing", "walk", "world"]
