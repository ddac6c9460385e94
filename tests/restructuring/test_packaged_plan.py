"""The merger of 1/7/2025 as packaged, carried out over the demo province of 2021."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.db import transaction
from pytest_django import DjangoDbBlocker

from permissions.catalogue import Lane
from permissions.models import Holding, User
from processes.demo.province import Province, build_province
from processes.organisation.lookups import organ_in_lane
from processes.organisation.people import Cadre, PostHeld
from processes.organisation.positions import Position
from processes.organisation.unit_files import DATA
from processes.organisation.units import Unit
from processes.restructuring.carry_out import restructure
from processes.restructuring.move import Move
from processes.restructuring.plan import read
from tests.restructuring.conftest import DAY, EVE

FIRST = date(2025, 7, 1)


@pytest.fixture(scope="module")
def moved(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Move]:
    """The new province; taken back when the last test of the module is done."""
    with django_db_blocker.unblock(), transaction.atomic(), time_machine.travel(EVE) as clock:
        demo: Province = build_province(today=date(2025, 6, 30))
        assert demo.unit.code == "P26"
        clock.move_to(DAY)
        yield restructure(read(DATA / "restructure_2025_phu_tho.yaml"))
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _database(db: None, moved: Move) -> None:
    """The tests read what the module built."""


def test_nothing_is_left(moved):
    assert moved.left == []


def test_the_new_province_has_its_communes_and_no_districts(moved):
    units = Unit.objects.in_force(FIRST)
    assert units.filter(level__code="commune", province=moved.new).count() == 148
    assert not units.filter(level__code="district").exists()
    assert not units.filter(province=moved.old).exists()
    assert Unit.objects.in_force(date(2025, 6, 30)).filter(level__code="district").count() == 9


def test_a_district_is_succeeded_by_the_locality_that_the_plan_states(moved):
    district = Unit.objects.get(code="D243")
    assert (district.name, district.successor.name) == ("Thành phố Vĩnh Yên", "Phường Vĩnh Yên")


def test_every_commune_has_a_successor_that_was_made_of_it(moved):
    communes = Unit.objects.filter(province=moved.old, level__code="commune", valid_to=FIRST)
    assert communes.filter(successor=None).count() == 0
    made = set(communes.values_list("successor__code", flat=True))
    assert (communes.count(), len(made)) == (121, 36)
    assert made <= set(communes.values_list("code", flat=True))


def test_a_commune_is_succeeded_by_what_the_resolution_states(moved):
    ward = Unit.objects.get(code="C08710", valid_to=FIRST)
    assert (ward.name, ward.successor.name) == ("Phường Liên Bảo", "Phường Vĩnh Phúc")


def test_merged_departments_have_one_head_and_all_their_deputies(moved):
    unit = Unit.objects.get(code="SNV", province=moved.new)
    posts = Position.objects.in_force(FIRST).filter(unit=unit)
    assert posts.filter(is_head=True).count() == 1
    assert {post.code for post in posts} >= {"P25.SNV-02", "P25.SLDTBXH-02"}


def test_nobody_works_or_holds_a_post_in_a_unit_that_is_no_more(moved):
    assert not Cadre.objects.filter(unit__valid_to__lte=FIRST).exists()
    live = PostHeld.objects.filter(until=None, position__isnull=False)
    assert not live.filter(position__valid_to__lte=FIRST).exists()
    assert not Holding.objects.in_force(FIRST).filter(unit__valid_to__lte=FIRST).exists()


def test_every_lane_has_its_organ(moved):
    for lane in (Lane.OC, Lane.IC, Lane.STANDING, Lane.SC, Lane.OFFICE):
        assert organ_in_lane(lane, province=moved.new, on=FIRST).province == moved.new


def test_personas_keep_their_roles(moved):
    clerk = User.objects.get(username="clerk")
    [now] = Holding.objects.in_force(FIRST).filter(user=clerk)
    assert (now.role, now.unit.code, now.unit.province) == ("unit_clerk", "SNV", moved.new)
