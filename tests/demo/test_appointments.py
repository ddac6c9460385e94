"""The demo's appointments from elsewhere and reappointments: at every step and every end."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from permissions.checks import today
from processes.audit.verify import verify
from processes.cases.models import Case
from processes.demo import stories_elsewhere, stories_reappointment
from processes.demo.appointments import build_appointments
from processes.demo.province import build_province
from processes.demo.shown import unshown
from processes.flows import AppointmentFromElsewhereFlow, ReappointmentFlow

# The build takes a while; what it writes is the same on every database.
pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[Case]]:
    """The cases; taken back when the last test of the module is done."""
    with django_db_blocker.unblock(), transaction.atomic():
        build_province(2021, today=today())
        yield build_appointments()
        transaction.set_rollback(True)


@pytest.mark.parametrize("flow_class", [AppointmentFromElsewhereFlow, ReappointmentFlow])
def test_a_case_is_at_every_step_of_people_and_every_end(
    demo: list[Case], flow_class: type
) -> None:
    assert unshown([flow_class]) == []


def test_there_is_a_case_for_each_plan(demo: list[Case]) -> None:
    assert len(demo) == len(stories_elsewhere.PLANS) + len(stories_reappointment.PLANS)


def test_every_trail_is_sound(demo: list[Case]) -> None:
    assert [case.code for case in demo if not verify(case.pk).sound] == []
