"""Which unit stands in a lane of a case."""

import pytest
from django.utils import translation

from permissions.catalogue import Lane
from permissions.checks import today
from processes.cases.lanes import unit_in_lane
from processes.organisation.lookups import NotSetUp


def test_the_proposing_unit_stands_in_its_own_lanes(walk, world):
    assert unit_in_lane(walk.case, Lane.UNIT_HEAD, on=today()) == world.units["SNV"]


def test_the_unit_of_the_position_receives(walk, world):
    walk.case.unit = world.units["BTCTU"]
    assert unit_in_lane(walk.case, Lane.DST_UNIT, on=today()) == world.units["SNV"]


def test_the_unit_where_the_person_works_stands_in_the_lanes_of_the_source(walk, world):
    walk.case.candidate = world.candidates[0]
    walk.case.candidate.unit = world.units["STC"]
    assert unit_in_lane(walk.case, Lane.SRC_UNIT, on=today()) == world.units["STC"]


def test_the_source_stays_where_it_was_when_the_case_met_the_person(walk, world):
    walk.case.candidate = world.candidates[0]
    walk.case.facts = {"source": world.units["STC"].pk}
    assert unit_in_lane(walk.case, Lane.SRC_UNIT, on=today()) == world.units["STC"]


def test_without_a_person_there_is_no_source(walk):
    with translation.override("en"), pytest.raises(NotSetUp, match="candidate"):
        unit_in_lane(walk.case, Lane.SRC_UNIT, on=today())


def test_an_organ_of_the_province_is_looked_up(walk, world):
    assert unit_in_lane(walk.case, Lane.OC, on=today()) == world.units["BTCTU"]
