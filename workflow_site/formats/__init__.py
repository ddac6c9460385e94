"""Formats of languages where the site departs from Django."""
