"""The small province, in which conferences are held."""

from tests.settled import road, world

__all__ = ["road", "world"]
