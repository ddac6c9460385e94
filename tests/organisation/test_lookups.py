from datetime import timedelta

import pytest

from permissions.catalogue import Lane
from permissions.checks import today
from processes.organisation.bodies import Composition
from processes.organisation.lookups import (
    NotSetUp,
    body_at,
    competence,
    consulted_organs,
    kin_of,
    members_on,
    organ_in_lane,
)
from processes.organisation.people import Kinship
from processes.organisation.positions import Competence
from processes.organisation.units import LaneUnit
from tests.world import SINCE


def where(world, conference="c1", kind="leadership"):
    return body_at(
        conference,
        kind,
        edition="R377_2025",
        unit=world.units["SNV"],
        province=world.units["P26"],
        group=world.group,
        on=today(),
    )


def lane(world, which, on=None):
    return organ_in_lane(which, province=world.units["P26"], on=on or today())


def test_another_lane_is_looked_up(world):
    assert lane(world, Lane.OC) == world.units["BTCTU"]


def test_a_lane_changes_hands_on_its_day(world):
    LaneUnit.objects.filter(lane=Lane.OC).update(valid_to=today())
    LaneUnit.objects.create(
        province=world.units["P26"], lane=Lane.OC, unit=world.units["STC"], valid_from=today()
    )
    before = lane(world, Lane.OC, on=today() - timedelta(days=1))
    assert (before.code, lane(world, Lane.OC).code) == ("BTCTU", "STC")


def test_a_lane_without_a_unit_is_named(world):
    LaneUnit.objects.filter(lane=Lane.OC).update(valid_to=today())
    with pytest.raises(NotSetUp, match="Thử Nghiệm"):
        lane(world, Lane.OC)


def test_the_consulted_organs_are_those_that_data_name(world):
    organs = consulted_organs(world.units["P26"], today())
    assert {row.unit.code for row in organs} == {"UBKTTU", "BNCTU", "CAT"}


def test_the_competence_matrix_answers_by_group_and_action(world):
    province = world.units["P26"]
    row = competence(world.group, "appoint", province=province, on=today())
    assert row.deciding_body == "standing_committee"


def test_a_group_without_a_row_is_named(world):
    Competence.objects.update(valid_to=SINCE)
    with pytest.raises(NotSetUp, match=world.group.name):
        competence(world.group, "appoint", province=world.units["P26"], on=today())


def test_the_edition_names_the_body_where_data_do_not(world):
    assert where(world) == world.bodies["leadership"]


def test_the_standing_committee_is_the_provinces(world):
    assert where(world, "sc", "standing_committee") == world.bodies["standing_committee"]


def test_composition_data_go_before_the_edition(world):
    Composition.objects.create(conference="c1", body_kind="key_cadres", valid_from=SINCE)
    assert where(world) == world.bodies["key"]


@pytest.mark.parametrize("narrow", ["edition", "group", "province"])
def test_a_narrower_composition_goes_before_a_wider(world, narrow):
    value = {"edition": "R377_2025", "group": world.group, "province": world.units["P26"]}
    Composition.objects.create(
        conference="c1", body_kind="key_cadres", valid_from=SINCE, **{narrow: value[narrow]}
    )
    Composition.objects.create(conference="c1", body_kind="party_committee", valid_from=SINCE)
    assert where(world) == world.bodies["key"]


def test_a_missing_body_is_named(world):
    with pytest.raises(NotSetUp, match="SNV"):
        where(world, kind="counting_team")


def test_members_are_those_of_the_day_in_the_order_of_names(world):
    body = world.bodies["key"]
    body.memberships.filter(seat="head").update(valid_to=today())
    members = members_on(body, today())
    names = [bytes(seat.cadre.name_sort) for seat in members]
    assert (len(members), names) == (body.memberships.count() - 1, sorted(names))


def test_kinship_holds_both_ways(world):
    one, other, third = world.candidates[:3]
    Kinship.objects.create(cadre=one, relative=other, relation="anh em ruột")
    assert (kin_of({one.pk}), kin_of({other.pk}), kin_of({third.pk})) == (
        {other.pk},
        {one.pk},
        set(),
    )
