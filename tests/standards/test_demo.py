"""The demo province has the standards of 2021, gaps, and a plan that closes some of them."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from permissions.checks import today
from processes.demo.province import Province, build_province
from processes.eligibility.gaps import gaps_of_unit
from processes.organisation.positions import TitleGroup
from processes.standards.lookups import standards_of


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Province]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_province()
        transaction.set_rollback(True)


def asked(demo, group, kind):
    number = TitleGroup.objects.get(code=group).pk
    found = standards_of(number, demo.unit.pk, today())
    return [c.amount for s in found for c in s.conditions if c.kind == kind]


@pytest.mark.parametrize(("group", "degrees"), [
    ("dept_head", 2), ("dept_deputy", 2), ("district_secretary", 2), ("commune_key", 1),
    ("branch_head", 1),
])  # fmt: skip
def test_the_province_asks_for_the_degrees_of_2021(demo, group, degrees):
    assert max(asked(demo, group, "degrees")) == degrees


def test_a_head_has_been_a_deputy_before(demo):
    assert asked(demo, "dept_head", "months_in_rank") == [6]


def test_some_gaps_are_planned_to_be_closed_and_some_are_not(demo):
    units = [demo.organ(code) for code in ("SNV", "STC", "SYT", "BTGTU", "D243")]
    gaps = [gap for unit in units for gap in gaps_of_unit(unit, today()) if gap.verdict == "no"]
    assert {bool(gap.courses) for gap in gaps} == {True, False}
