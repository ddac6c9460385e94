"""A case on its road, a log with a key, and what an inspector gets of it."""

import pytest

from processes.cases.adoption import adopt
from processes.log.keys import new_key, verifier
from tests.pages.conftest import browser
from tests.road import road, standing, walk, world

__all__ = ["browser", "road", "standing", "walk", "world"]


@pytest.fixture(autouse=True)
def places(settings, tmp_path):
    settings.LOG_KEYS = tmp_path / "keys"
    settings.LOG_DROPS, settings.LOG_MAIL = [str(tmp_path / "drop")], []
    (tmp_path / "drop").mkdir()


@pytest.fixture
def key(walk):
    adopt()
    return verifier(new_key("procedures.example.vn"))
