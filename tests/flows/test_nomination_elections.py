"""What an edition leaves open about an election, and elections that several cases share."""

import pytest
from django.core.exceptions import ValidationError

from processes.demo.stories_nomination import PARTY, begin, draw_up_list, effective
from processes.demo.walk import Walk
from processes.flows import NominationPartyPostFlow
from processes.flows import choices_nomination as who
from processes.organisation.people import PostHeld
from tests.flows.nominations import english, road_of, walk, world
from tests.flows.test_nomination_party_post import of_four, others
from tests.rules.put import put

__all__ = ["english", "walk", "world"]

ROAD = [*PARTY, ""]
road = road_of(lambda world: begin(NominationPartyPostFlow, world.positions["committee"]), PARTY)


@pytest.mark.stands("election_list")
def test_the_committee_lets_somebody_go_where_the_edition_leaves_it_to_them(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(monkeypatch, "election.withdrawal_decided_by", "committee")
    draw_up_list(walk, *others(walk, 3), to_elect=3)
    gone = who.listed(walk.case)[-1]
    walk.do("floor", "list_fixed", withdrawing=[gone.pk])
    assert (walk.at, gone in who.listed(walk.case)) == (["elect"], False)


@pytest.mark.stands("floor")
def test_no_vote_on_withdrawals_is_offered_where_the_committee_decides(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(monkeypatch, "election.withdrawal_decided_by", "committee")
    with pytest.raises(ValidationError, match="valid choice"):
        walk.do("floor", "withdrawals", withdrawing=[walk.case.candidate_id])


@pytest.mark.stands("election_list")
def test_an_election_goes_on_without_the_nominee_where_the_edition_says_so(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(monkeypatch, "election.planned_not_elected", "go_on")
    of_four(walk, 3, 10, 9, 8)
    assert walk.at == ["ratify"]
    effective("ratify", "approved", "QĐ 5-QĐNS/TW")(walk)
    holders = set(
        PostHeld.objects.filter(position=walk.case.position).values_list("cadre", flat=True)
    )
    assert (len(holders), walk.case.candidate_id in holders) == (3, False)
