"""The demo's nominations: a case at every step and every end of the three procedures."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from permissions.checks import today
from processes.audit.verify import verify
from processes.cases.models import Case
from processes.demo.elections import add_elections
from processes.demo.nominations import PLANS, build_nominations
from processes.demo.province import build_province
from processes.demo.shown import unshown
from processes.organisation.elections import Election

# The build takes a while; what it writes is the same on every database.
pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[Case]]:
    """The nominations; taken back when the last test of the module is done."""
    with django_db_blocker.unblock(), transaction.atomic():
        add_elections(build_province(2021, today=today()))
        yield build_nominations()
        transaction.set_rollback(True)


@pytest.mark.parametrize("flow_class", list(PLANS))
def test_a_case_is_at_every_step_of_people_and_every_end(demo, flow_class):
    assert unshown([flow_class]) == []


def test_there_is_a_case_for_each_plan(demo):
    assert len(demo) == sum(map(len, PLANS.values()))


def test_every_trail_is_sound(demo):
    assert [case.code for case in demo if not verify(case.pk).sound] == []


def test_the_election_of_2026_is_known_with_its_source(demo):
    election = Election.objects.get(source="S82")
    assert (election.held_on.isoformat(), election.confidence) == ("2026-03-15", "verified")
