"""A log with a key, a folder outside, and two cases whose entries it holds."""

import pytest
from django.db import transaction

from processes.audit.models import Event
from processes.audit.trail import record
from processes.log.keys import new_key
from tests import make

ORIGIN = "procedures.example.vn"


@pytest.fixture(autouse=True)
def places(settings, tmp_path):
    """Keys and copies of a test lie in its own folder."""
    settings.LOG_KEYS = tmp_path / "keys"
    settings.LOG_DROPS = [str(tmp_path / "drop")]
    settings.LOG_MAIL = []
    (tmp_path / "drop").mkdir()


@pytest.fixture
def drop(tmp_path):
    return tmp_path / "drop"


@pytest.fixture
def key(db):
    return new_key(ORIGIN)


@pytest.fixture
def clerk(db):
    return make.user("clerk", last_name="Trần Thử", first_name="An")


def tell(case, clerk, count=1):
    """So many more entries of a case."""
    with transaction.atomic():
        for number in range(count):
            record(Event.CONCLUDED, by=clerk, case=case, unit=case.unit, step="request",
                   outcome="submit", reason="Lý do", facts={"number": number})  # fmt: skip


@pytest.fixture
def cases(clerk):
    """Two cases whose entries stand between each other's."""
    found = [make.bare_case(clerk), make.bare_case(clerk)]
    for _turn in range(3):
        for case in found:
            tell(case, clerk)
    return found
