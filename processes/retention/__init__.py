"""Retention: content is erased by order and its digest stays; legal holds stop it."""
