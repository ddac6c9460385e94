"""Levels, units, positions, cadres and bodies: the dated structure that procedures run in."""
