"""The demo's rotations: a case at every step and every end."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from permissions.checks import today
from processes.audit.verify import verify
from processes.cases.models import Case
from processes.demo.programme import build_scheme
from processes.demo.province import build_province
from processes.demo.rotations import PLANS, build_rotations
from processes.demo.shown import unshown
from processes.flows import RotationFlow
from processes.rotation.missions import MissionOrder
from processes.rotation.progress import progress

# The build takes a while; what it writes is the same on every database.
pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[Case]]:
    """The rotations; taken back when the last test of the module is done."""
    with django_db_blocker.unblock(), transaction.atomic():
        province = build_province(2021, today=today())
        yield build_rotations(build_scheme(province.unit, today=today()))
        transaction.set_rollback(True)


def test_a_case_is_at_every_step_of_people_and_every_end(demo: list[Case]) -> None:
    assert unshown([RotationFlow]) == []


def test_there_is_a_case_for_each_plan(demo: list[Case]) -> None:
    assert len(demo) == len(PLANS)


def test_who_goes_home_is_appointed_by_a_case_of_its_own(demo: list[Case]) -> None:
    placed = [case for case in demo if case.children.exclude(flow_class=None).exists()]
    codes = {child.flow_class.code for case in placed for child in case.children.all()}
    assert codes == {"XL", "BNN"}


def test_the_moves_count_towards_the_scheme(demo: list[Case]) -> None:
    rows = progress(demo[0].scheme_move.scheme)
    done = sum(row.done for row in rows)
    assert done == MissionOrder.objects.filter(case__isnull=False).count() > 0


def test_every_trail_is_sound(demo: list[Case]) -> None:
    assert [case.code for case in demo if not verify(case.pk).sound] == []
