"""Drills: what is done to a site of our own, to see that it would be noticed."""
