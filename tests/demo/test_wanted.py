"""Whom the demo leaves to the cases that have nominated them."""

import pytest

from processes.demo.stories import advance
from processes.demo.wanted import unwanted_first, wanted
from processes.flows import choices
from tests.road import road, standing, walk, world

__all__ = ["road", "standing", "walk", "world"]

pytestmark = pytest.mark.stands("conference_4")


def test_whoever_an_open_case_has_nominated_is_taken_last(walk, world):
    (nominee,) = choices.nominees(walk.case)
    people = [nominee, *(one for one in world.candidates if one != nominee)]
    assert unwanted_first(people) == [*people[1:], nominee]


def test_nobody_is_wanted_once_the_case_has_its_candidate(walk):
    advance(walk, "assemble_dossier")
    assert walk.case.candidate
    assert wanted() == set()
