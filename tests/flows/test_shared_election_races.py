"""Two cases that take each other into an election at the same moment, with real locks."""

from datetime import timedelta
from functools import partial

import pytest

from permissions.checks import today
from permissions.errors import Conflict
from processes.audit.verify import verify
from processes.demo.stories_nomination import PARTY, begin, go
from processes.demo.walk import Walk
from processes.flows import NominationPartyPostFlow
from processes.flows import choices_nomination as who
from processes.steps.actions import perform
from tests.flows.test_nomination_elections import SECOND
from tests.races import at_once
from tests.world_elections import ElectionWorld, election_world

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def pair() -> tuple[Walk, Walk]:
    """Two cases of one committee whose nominees wait for a list."""
    world: ElectionWorld = election_world()
    roads = (PARTY, SECOND)
    walks = [begin(NominationPartyPostFlow, world.positions["committee"]) for _road in roads]
    first, other = [
        go(walk, road, "election_list") for walk, road in zip(walks, roads, strict=True)
    ]
    return first, other


def take_in(walk: Walk, other: Walk) -> partial[None]:
    """What whoever draws up the list of a case sends: the other's nominee is on it."""
    task = walk.task("election_list")
    nominees = {walk.case.candidate_id, other.case.candidate_id}
    beside = [cadre for cadre in who.may_be_listed(walk.case) if cadre.pk not in nominees][:2]
    data = {
        "outcome": "submit", "reason": "", "to_elect": 3, "opens_on": today() + timedelta(days=40),
        "others": beside, "cases": [other.case],
    }  # fmt: skip
    return partial(perform, task.pk, by=walk.actor(task), data=data)


def test_of_two_cases_that_take_each_other_in_at_once_one_has_the_list(
    pair: tuple[Walk, Walk],
) -> None:
    first, other = pair
    given = at_once(take_in(first, other), take_in(other, first))
    assert [type(one) for one in given if one] == [Conflict]
    for walk in pair:
        walk.done()
    assert sorted([first.at, other.at]) == [["floor"], ["other_election"]]
    assert verify().sound
