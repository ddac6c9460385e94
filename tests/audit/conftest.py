"""A case with five entries in its chain."""

import pytest
from django.db import transaction

from processes.audit.models import Event
from processes.audit.trail import record
from tests import make


@pytest.fixture
def clerk(db):
    return make.user("clerk", last_name="Trần Thử", first_name="An")


@pytest.fixture
def case(clerk):
    """Its entries are what the tests of this area alter."""
    case = make.bare_case(clerk)
    with transaction.atomic():
        for number in range(1, 6):
            record(
                Event.CONCLUDED,
                by=clerk,
                case=case,
                unit=case.unit,
                step="request",
                outcome="submit",
                reason=f"Lý do {number}",
                documents=["ab" * 32],
                facts={"number": number, "b": {"z": 1, "a": ["ư", None]}},
            )
    return case
