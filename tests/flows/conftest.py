"""Cases on the road of the procedure; the tests of a module run in its order."""

import pytest

from tests import outcomes
from tests.road import road, stand_of, standing, walk, world

__all__ = ["road", "standing", "walk", "world"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort by the road, so that a case goes down it once."""
    if outcomes.WANTED:
        outcomes.watch()
    own = [item for item in items if item.path.parent.name in ("flows", "steps")]
    order = {item: place for place, item in enumerate(items)}
    modules = {item.path: place for place, item in reversed(list(enumerate(items)))}
    own.sort(key=lambda item: (modules[item.path], stand_of(item), order[item]))
    chosen = set(own)
    places = [place for place, item in enumerate(items) if item in chosen]
    for place, item in zip(places, own, strict=True):
        items[place] = item


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where it is wanted, an outcome that no test has gone through fails the whole."""
    if outcomes.WANTED and (lost := outcomes.missing()):
        print("\nOutcomes that no test has driven:", *lost, sep="\n  ")  # noqa: T201
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
