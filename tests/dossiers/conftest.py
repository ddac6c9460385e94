"""The small province, and a case in it; papers are kept below a folder of the test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from processes.cases.models import Case
from processes.demo.walk import Walk
from processes.flows import AppointmentInPlaceFlow
from tests.settled import road, world
from tests.world import World

__all__ = ["road", "world"]


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:
    settings.DOCUMENT_ROOT = tmp_path / "documents"
    return settings.DOCUMENT_ROOT


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Messages are matched by their English words."""
    with translation.override("en"):
        yield


@pytest.fixture
def walk(world: World) -> Walk:
    return Walk.begin(AppointmentInPlaceFlow, world.positions["party"])


@pytest.fixture
def case(walk: Walk, world: World) -> Case:
    """A case about the Party post, at its first step; whom papers are about is known."""
    walk.case.candidate = world.candidates[0]
    walk.case.save(update_fields=["candidate"])
    return walk.case
