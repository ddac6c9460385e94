"""The demo's sanctions, comments, delegations and inspections stand at every step and every end."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from permissions.checks import today
from processes.audit.verify import verify
from processes.cases.models import Case
from processes.demo.elections import add_elections
from processes.demo.province import build_province
from processes.demo.shown import unshown
from processes.demo.support import build_support, build_unused_delegation
from processes.flows.consultation_round import ConsultationRoundFlow
from processes.flows.delegation import DelegationFlow
from processes.flows.inspection import InspectionFlow
from processes.flows.sanction import SanctionFlow
from processes.steps.sweep import sweep

# The build takes a while; what it writes is the same on every database.
pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
FLOWS = [SanctionFlow, ConsultationRoundFlow, DelegationFlow, InspectionFlow]


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[Case]]:
    """The cases; taken back when the last test of the module is done."""
    with django_db_blocker.unblock(), transaction.atomic():
        province = build_province(2021, today=today())
        add_elections(province)
        unused = build_unused_delegation(province)
        sweep(today() + timedelta(days=2))
        yield [unused, *build_support(province)]
        transaction.set_rollback(True)


@pytest.mark.parametrize("flow_class", FLOWS)
def test_a_case_is_at_every_step_of_people_and_every_end(demo, flow_class):
    assert unshown([flow_class]) == []


def test_every_trail_is_sound(demo):
    assert [case.code for case in demo if not verify(case.pk).sound] == []
