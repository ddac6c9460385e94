"""Cases on the road of the procedure; the tests of a module run in its order."""

from collections.abc import Iterator

import pytest

from processes.demo.walk import Walk
from tests.flows import by_pages
from tests.road import road, stand_of, standing, walk, world


@pytest.fixture(scope="module", autouse=True)
def through_pages() -> Iterator[None]:
    """Let every walk of this folder post its forms, where it is wanted."""
    with pytest.MonkeyPatch.context() as patch:
        if by_pages.WANTED:
            patch.setattr(Walk, "send", by_pages.send)
        yield


__all__ = ["road", "standing", "walk", "world"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort by the road, so that a case goes down it once."""
    own = [item for item in items if item.path.parent.name in ("flows", "steps")]
    order = {item: place for place, item in enumerate(items)}
    modules = {item.path: place for place, item in reversed(list(enumerate(items)))}
    own.sort(key=lambda item: (modules[item.path], stand_of(item), order[item]))
    chosen = set(own)
    places = [place for place, item in enumerate(items) if item in chosen]
    for place, item in zip(places, own, strict=True):
        items[place] = item
