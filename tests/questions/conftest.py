"""A case far down its road, a log with a key, and questions asked as an inspector asks them."""

from collections.abc import Callable
from typing import Any

import pytest

from processes.audit.models import Event
from processes.audit.trail import record
from processes.log.keys import new_key, verifier
from processes.questions.asking import again, ask
from processes.questions.declared import Line
from processes.questions.models import Question
from tests.evidence.conftest import places
from tests.pages.conftest import browser
from tests.road import road, standing, walk, world

__all__ = ["browser", "places", "road", "standing", "walk", "world"]


@pytest.fixture
def key(walk):
    return verifier(new_key("procedures.example.vn"))


@pytest.fixture
def asks(key, world) -> Callable[..., Question]:
    """Asks a question as the inspector."""

    def asked(name: str, **values: Any) -> Question:
        return ask(name, values, by=world["inspector"], provinces={world.units["P26"].pk})

    return asked


@pytest.fixture
def lines(asks, world) -> Callable[..., list[Line]]:
    """What a question finds."""
    return lambda name, **values: again(asks(name, **values), by=world["inspector"]).lines


@pytest.fixture
def note(walk, world) -> Callable[..., Any]:
    """Writes an entry into the case, as if somebody had done it."""

    def noted(event: Event, who: str | None, **columns: Any) -> Any:
        by = world[who] if who else None
        return record(event, by=by, case=walk.case, unit=walk.case.unit, **columns)

    return noted
