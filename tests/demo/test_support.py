"""The demo's sanctions, comments, delegations and inspections stand at every step and every end."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from permissions.checks import today
from processes.audit.verify import verify
from processes.cases.models import Case, CaseTask
from processes.demo.elections import add_elections
from processes.demo.province import build_province
from processes.demo.support import build_support, build_unused_delegation
from processes.flows.consultation_round import ConsultationRoundFlow
from processes.flows.delegation import DelegationFlow
from processes.flows.inspection import InspectionFlow
from processes.flows.sanction import SanctionFlow
from processes.steps.automatic import CaseEnd
from processes.steps.sweep import sweep

# The build takes a while; what it writes is the same on every database.
pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
FLOWS = [SanctionFlow, ConsultationRoundFlow, DelegationFlow, InspectionFlow]
#: A case is withdrawn by its own unit, which here is an organ that has other ways to end it.
ELSEWHERE = {"withdrawn"}


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
def test_a_case_stands_at_every_step_that_people_carry_out(demo, flow_class):
    steps = {row.name for row in flow_class.rows() if row.act}
    tasks = CaseTask.objects.filter(process__flow_class=flow_class, finished__isnull=True)
    assert steps - {task.flow_task.name for task in tasks} == set()


@pytest.mark.parametrize("flow_class", FLOWS)
def test_a_case_has_come_to_every_end(demo, flow_class):
    ends = {row.outcome for row in flow_class.rows() if isinstance(row, CaseEnd)}
    ended = Case.objects.filter(flow_class=flow_class, finished__isnull=False)
    elsewhere = ELSEWHERE if flow_class is not InspectionFlow else set()
    assert ends - set(ended.values_list("outcome", flat=True)) == elsewhere


def test_every_trail_is_sound(demo):
    assert [case.code for case in demo if not verify(case.pk).sound] == []
