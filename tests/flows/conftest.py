"""Cases on the road of the procedure; the tests of a module run in its order."""

import pytest

from tests.road import road, stand_of, standing, walk, world

__all__ = ["road", "standing", "walk", "world"]


#: What PostgreSQL does in its own way - locks, triggers, order, JSON - shows in the first
#: procedure's tests; those of the others walk the same actions and would show it again.
ON_BOTH = ("test_appointment_in_place", "test_appointment_dossier", "test_renames", "test_tables")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort by the road, so that a case goes down it once; walk most procedures on SQLite only."""
    for item in items:
        if item.path.parent.name == "flows" and item.path.stem not in ON_BOTH:
            item.add_marker(pytest.mark.sqlite)
    own = [item for item in items if item.path.parent.name in ("flows", "steps")]
    order = {item: place for place, item in enumerate(items)}
    modules = {item.path: place for place, item in reversed(list(enumerate(items)))}
    own.sort(key=lambda item: (modules[item.path], stand_of(item), order[item]))
    chosen = set(own)
    places = [place for place, item in enumerate(items) if item in chosen]
    for place, item in zip(places, own, strict=True):
        items[place] = item
