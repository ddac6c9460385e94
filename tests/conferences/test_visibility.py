"""Who sees a result that is not announced, and who sees whose count."""

from processes.conferences import writers
from processes.conferences.queries import counts_visible_to, result_visible_to
from tests.conferences.meeting import (
    close,
    closed,
    counted,
    counting,
    enter,
    members,
    sitting,
    tellers,
)
from tests.world import STAFF

SEES_HIDDEN = {"oc_clerk", "oc_head", "inspector"}


def who_sees(world, meeting):
    return {name for name in STAFF if result_visible_to(meeting, world[name])}


def test_a_hidden_result_is_seen_by_organization_committee_and_inspectors_only(world):
    assert who_sees(world, closed(world, "c2")) == SEES_HIDDEN


def test_an_announced_result_is_not_hidden(world):
    assert who_sees(world, closed(world, "c3")) == set(STAFF)


def test_the_counts_behind_a_hidden_result_are_hidden(world):
    meeting = closed(world, "c2")
    assert {name for name in STAFF if counts_visible_to(meeting, world[name])} == SEES_HIDDEN


def test_the_counting_team_sees_the_hidden_result(world):
    meeting = closed(world, "c4")
    assert all(result_visible_to(meeting, teller) for teller in tellers(meeting))


def test_other_members_of_the_body_do_not_see_the_hidden_result(world):
    assert not result_visible_to(closed(world, "c4"), members(world)[3].user)


def test_an_officer_of_another_province_does_not_see_the_hidden_result(world):
    meeting = closed(world, "c2")
    meeting.case.province = world.units["STC"]
    assert not result_visible_to(meeting, world["oc_head"])


def test_a_superuser_has_no_way_around(world):
    world["stranger"].is_superuser = True
    assert not result_visible_to(closed(world, "c2"), world["stranger"])


def test_whoever_is_on_the_slip_does_not_see_the_hidden_result(world):
    someone = world.candidates[0]
    someone.user = world["oc_head"]
    someone.save()
    assert not result_visible_to(closed(world, "c2"), world["oc_head"])


def test_a_result_is_hidden_until_it_is_announced(world):
    assert not result_visible_to(counted(world, "c3"), world["clerk"])


def test_that_too_few_came_is_no_secret(world):
    assert result_visible_to(sitting(world, "c2", absent=9), world["clerk"])


def test_the_trail_of_a_hidden_vote_has_no_numbers(world):
    meeting = closed(world, "c2", 6, 3)
    first, second = meeting.counts.all()
    told = meeting.case.entries.filter(event__in=["counted", "vote_closed"]).values("facts")
    allowed = {"conference", "round", "teller", "sha256", "announced", "result", "minutes"}
    assert {key for row in told for key in row["facts"]} == allowed
    assert first.agree == second.agree != {}


def test_a_teller_sees_only_the_own_count_before_all_are_in(world):
    meeting = counting(world)
    one, other = tellers(meeting)
    count = enter(meeting, one)
    assert counts_visible_to(meeting, one) == [count]
    assert counts_visible_to(meeting, other) == []


def test_tellers_see_all_counts_when_all_are_in(world):
    meeting = counted(world)
    assert all(len(counts_visible_to(meeting, teller)) == 2 for teller in tellers(meeting))


def test_in_a_recount_tellers_see_the_round_before_and_their_own(world):
    meeting = counting(world)
    one, other = tellers(meeting)
    enter(meeting, one, 5, 3)
    enter(meeting, other, 6, 2)
    writers.recount(meeting, by=world["clerk"], reason="Lệch")
    enter(meeting, one, 6, 2)
    assert [c.count_round for c in counts_visible_to(meeting, one)] == [1, 1, 2]
    assert [c.count_round for c in counts_visible_to(meeting, other)] == [1, 1]


def test_nobody_else_sees_a_count_while_the_conference_is_open(world):
    meeting = counted(world)
    seen = [counts_visible_to(meeting, world[name]) for name in ("clerk", "oc_head", "inspector")]
    assert seen == [[], [], []]


def test_the_counts_behind_an_announced_result_are_seen(world):
    meeting = counted(world)
    close(meeting, world["clerk"])
    assert len(counts_visible_to(meeting, world["clerk"])) == 2
