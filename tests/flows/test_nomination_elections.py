"""What an edition leaves open about an election, and elections that several cases share."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from permissions.checks import today
from processes.demo.stories import befall, hold, nobody
from processes.demo.stories_nomination import PARTY, begin, draw_up_list, effective, go
from processes.demo.walk import Votes, Walk
from processes.flows import NominationPartyPostFlow
from processes.flows import choices_nomination as who
from processes.flows import shared_elections as shared
from processes.organisation.bodies import Membership
from processes.organisation.people import Cadre, PostHeld
from processes.organisation.positions import Position
from tests.flows.nominations import english, road_of, walk, world
from tests.flows.test_nomination_party_post import of_four, others
from tests.rules.put import put
from tests.world_elections import ElectionWorld

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


def second(slip: list[Cadre], present: int) -> dict[int, int]:
    """Everybody names the second on the slip, or the only one."""
    chosen = slip[min(1, len(slip) - 1)]
    return {cadre.pk: present if cadre == chosen else 0 for cadre in slip}


#: The road of a case that finds somebody else.
SECOND = {
    **PARTY,
    "nomination_2": lambda walk: walk.conference("nomination_2", second),
    "nomination_3": lambda walk: walk.conference("nomination_3", second),
}


@pytest.fixture
def joined(walk: Walk, world: ElectionWorld) -> Walk:
    """Another case of the same post, with a nominee of its own, at the same row."""
    other = begin(NominationPartyPostFlow, world.positions["committee"])
    go(other, SECOND, "election_list")
    assert other.case.candidate_id != walk.case.candidate_id
    return other


def together(walk: Walk, joined: Walk) -> Walk:
    """Both nominees and two more stand for three seats."""
    beside = [c.pk for c in others(walk, 4) if c.pk != joined.case.candidate_id][:2]
    walk.do(
        "election_list", "submit", to_elect=3, opens_on=(today() + timedelta(days=40)).isoformat(),
        cases=[joined.case.pk], others=beside,
    )  # fmt: skip
    joined.done()
    return walk


def votes_for(*strong: Walk) -> Votes:
    """Everybody names these nominees, and one of the others gets less than half."""
    firm = {each.case.candidate_id for each in strong}
    return lambda slip, present: {c.pk: present if c.pk in firm else 1 for c in slip}


def result(joined: Walk) -> list[str]:
    joined.done()
    return joined.at


@pytest.mark.stands("election_list")
def test_the_nominees_of_two_cases_stand_in_one_election(walk: Walk, joined: Walk) -> None:
    together(walk, joined)
    assert (walk.at, joined.at) == (["floor"], ["other_election"])
    assert joined.case.candidate in who.listed(walk.case)
    assert len(who.listed(walk.case)) == 4


@pytest.mark.stands("election_list")
def test_the_result_of_a_shared_election_moves_each_case_to_its_own_end(
    walk: Walk, joined: Walk
) -> None:
    together(walk, joined).do("floor", "list_fixed").conference("elect", votes_for(walk, joined))
    assert (walk.at, result(joined)) == (["ratify"], ["ratify"])
    assert joined.case.candidate not in who.entered(walk.case)
    assert who.entered(joined.case) == [joined.case.candidate]
    for each in (walk, joined):
        effective("ratify", "approved", "QĐ 5-QĐNS/TW")(each)
        assert each.case.outcome == "elected"
        posts = PostHeld.objects.filter(position=each.case.position, cadre=each.case.candidate)
        assert posts.count() == 1


@pytest.mark.stands("election_list")
def test_whoever_is_not_elected_in_a_shared_election_is_reported_in_their_own_case(
    walk: Walk, joined: Walk
) -> None:
    together(walk, joined).do("floor", "list_fixed").conference("elect", votes_for(walk))
    assert (walk.at, result(joined)) == (["ratify"], ["report_election"])


@pytest.mark.stands("election_list")
def test_where_nobody_is_elected_every_case_is_reported(walk: Walk, joined: Walk) -> None:
    together(walk, joined).do("floor", "list_fixed").conference("elect", nobody)
    assert (walk.at, result(joined)) == (["report_election"], ["report_election"])


@pytest.mark.stands("election_list")
def test_a_case_cannot_leave_an_election_in_which_its_nominee_stands(
    walk: Walk, joined: Walk
) -> None:
    together(walk, joined)
    with pytest.raises(ValidationError, match="stands on the list"):
        joined.do("other_election", "leave", reason="Rút.")
    assert result(joined) == ["other_election"]


@pytest.mark.stands("election_list")
def test_a_case_leaves_an_election_that_has_ended_without_it(walk: Walk, joined: Walk) -> None:
    befall(together(walk, joined), "withdraw", reason="Rút.")
    joined.do("other_election", "leave", reason="Vụ việc kia đã rút.")
    assert joined.at == ["election_list"]


@pytest.mark.stands("election_list")
def test_a_nominee_whose_case_has_ended_stands_no_more(walk: Walk, joined: Walk) -> None:
    together(walk, joined)
    befall(joined, "withdraw", reason="Rút.")
    assert joined.case.candidate not in who.listed(walk.case)


@pytest.mark.stands("election_list")
def test_nobody_is_voted_on_whose_case_is_on_hold(walk: Walk, joined: Walk) -> None:
    together(walk, joined).do("floor", "list_fixed")
    hold(joined)
    with pytest.raises(ValidationError, match="on hold"):
        walk.conference("elect")


@pytest.mark.stands("election_list")
def test_a_case_about_another_committee_stands_apart(walk: Walk, world: ElectionWorld) -> None:
    other = begin(NominationPartyPostFlow, world.positions["secretary"])
    Position.objects.filter(pk=other.case.position_id).update(unit=world.units["VPTU"])
    go(other, SECOND, "election_list")
    assert other.case not in shared.may_join(walk.case)


@pytest.mark.stands("elect")
def test_candidates_who_have_no_vote_in_an_election_stay_in_its_base(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(monkeypatch, "election.candidates_vote", False)
    body = walk.task("elect").flow_task.body(walk.case, today())
    one = who.listed(walk.case)[0]
    Membership.objects.create(body=body, cadre=one, valid_from=today())
    walk.conference("elect", until="open")
    meeting = walk.case.conferences.get(code="election")
    barred = meeting.summonses.exclude(barred="").values_list("cadre", flat=True)
    assert (list(barred), meeting.barred_in_base) == ([one.pk], True)
    assert meeting.result["summoned"] == meeting.summonses.count()
