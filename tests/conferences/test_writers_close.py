"""A conference ends: closed with its minutes and its outcome, or void and kept."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from permissions.errors import Closed, Conflict, Refused
from processes.conferences import queries, writers
from processes.conferences.entries import hidden_digest
from tests.conferences.meeting import (
    call,
    close,
    closed,
    counted,
    counting,
    enter,
    entry,
    members,
    nothing_moves,
    sitting,
    tellers,
    told,
)


def test_a_conference_is_closed_and_told(world):
    meeting = counted(world, "c3", 5, 3)
    result = close(meeting, world["clerk"], minutes=" Biên bản ")
    meeting.refresh_from_db()
    facts = {"announced": True, "result": hidden_digest(meeting, meeting.result)}
    facts["minutes"] = hidden_digest(meeting, "Biên bản")
    expected = entry(world, "vote_closed", meeting, outcome="over50", facts=facts)
    assert told(meeting.case) == expected
    assert (meeting.state, meeting.outcome, result.outcome) == ("closed", "over50", "over50")


def test_the_result_is_kept_in_numbers(world):
    meeting = closed(world, "c3", 5, 3)
    first, second = meeting.candidacies.order_by("pk").values_list("cadre", flat=True)
    result = type(meeting).objects.get(pk=meeting.pk).result
    reasons, shares = result.pop("reasons"), result.pop("shares")
    assert result == {
        "summoned": 8, "present": 8, "barred": 0, "barred_present": 0, "issued": 8,
        "collected": 8, "valid": 8, "invalid": 0, "blank": 0, "advancing": [first],
        "needs_ruling": False,
    }  # fmt: skip
    assert [(s["candidate"], s["agree"], s["over"]) for s in shares] == [
        (first, 5, True),
        (second, 3, False),
    ]
    assert [r["code"] for r in reasons] == ["quorum_met", "base_summoned", "over", "highest_over50"]


def test_the_result_is_explained_from_what_was_kept(world):
    meeting = closed(world, "c3", 5, 3)
    name = meeting.candidacies.order_by("pk").first().cadre.full_name
    with override("en"):
        said = queries.explanation(type(meeting).objects.get(pk=meeting.pk))
    assert said[0].startswith("There is a quorum: 8 of 8")
    assert said[2] == f"{name} has more than 1/2 of those summoned: 5/8 summoned = 62.5%."


def test_the_result_is_read_line_by_line(world):
    meeting = closed(world, "c4", 3, 9)
    with override("en"):
        lines = [(line.text, line.disagree) for line in queries.result_lines(meeting)]
    assert lines == [("9/12 summoned = 75.0%", 3), ("3/12 summoned = 25.0%", 9)]


def test_a_proposal_is_voted_on_without_a_name(world):
    meeting = closed(world, "sc_policy", 3, absent=1)
    assert (meeting.outcome, meeting.result["advancing"]) == ("approve", [])
    with override("en"):
        assert [line.name for line in queries.result_lines(meeting)] == ["the proposal"]


def test_a_tie_needs_a_ruling(world):
    meeting = closed(world, "c3", 3, 2, 2, 1, candidates=world.candidates)
    going = list(meeting.candidacies.order_by("pk").values_list("cadre", flat=True))[:3]
    assert (meeting.outcome, meeting.result["needs_ruling"]) == ("tie", True)
    assert meeting.result["advancing"] == going


def test_a_conference_without_a_ballot_says_its_outcome_itself(world):
    meeting = sitting(world, "c1")
    close(meeting, world["clerk"], outcome="list_passed")
    meeting.refresh_from_db()
    assert (meeting.state, meeting.outcome) == ("closed", "list_passed")


def test_a_ballot_speaks_for_itself(world):
    meeting = counted(world, "c3", 4, 4)
    close(meeting, world["clerk"], outcome="over50")
    assert meeting.outcome == "top2"


def test_a_result_that_is_not_announced_is_not_told(world):
    meeting = closed(world, "c2")
    assert (meeting.announced, told(meeting.case)["outcome"]) == (False, "")


def test_a_candidate_does_not_close_the_conference(world):
    someone = members(world)[3]
    meeting = counted(world, "c3", 4, 3, candidates=[someone, world.candidates[0]])
    with nothing_moves(), pytest.raises(Refused):
        close(meeting, someone.user)


def test_a_conference_is_closed_once(world):
    meeting = closed(world)
    with nothing_moves(), pytest.raises(Closed):
        close(meeting, world["clerk"])


def test_a_void_conference_is_not_closed(world):
    meeting = counted(world)
    writers.void(meeting, by=world["clerk"], reason="Thừa phiếu")
    with nothing_moves(), pytest.raises(Closed):
        close(meeting, world["clerk"])


def test_no_conference_is_closed_while_tellers_count(world):
    meeting = counting(world)
    enter(meeting, tellers(meeting)[0])
    with nothing_moves(), pytest.raises(Conflict):
        close(meeting, world["clerk"])


def test_no_conference_is_closed_on_counts_that_differ(world):
    meeting = counting(world)
    enter(meeting, tellers(meeting)[0], 5, 3)
    enter(meeting, tellers(meeting)[1], 4, 4)
    with nothing_moves(), pytest.raises(Conflict):
        close(meeting, world["clerk"])


def test_a_ballot_is_not_closed_before_its_count(world):
    meeting = sitting(world)
    with nothing_moves(), pytest.raises(Conflict):
        close(meeting, world["clerk"])


def test_a_conference_is_not_closed_without_minutes(world):
    meeting = counted(world)
    with nothing_moves(), pytest.raises(ValidationError) as refused:
        close(meeting, world["clerk"], minutes=" \n")
    assert set(refused.value.message_dict) == {"minutes"}


def test_a_ballot_is_void_and_kept(world):
    meeting = counted(world)
    writers.void(meeting, by=world["clerk"], reason=" Thừa phiếu ")
    meeting.refresh_from_db()
    assert (meeting.state, meeting.void_reason) == ("void", "Thừa phiếu")
    assert (meeting.void_by, meeting.counts.count()) == (world["clerk"], 2)
    expected = {"reason": "Thừa phiếu", "facts": {"state": "counting"}}
    assert told(meeting.case) == entry(world, "voided", meeting, **expected)


def test_a_candidate_does_not_void_the_ballot(world):
    someone = members(world)[3]
    meeting = counted(world, "c3", 4, 3, candidates=[someone, world.candidates[0]])
    with nothing_moves(), pytest.raises(Refused):
        writers.void(meeting, by=someone.user, reason="Không hợp lệ")


def test_a_ballot_is_void_once(world):
    meeting = counted(world)
    writers.void(meeting, by=world["clerk"], reason="Thừa phiếu")
    with nothing_moves(), pytest.raises(Closed):
        writers.void(meeting, by=world["clerk"], reason="Thừa phiếu")


def test_a_closed_ballot_stays(world):
    meeting = closed(world)
    with nothing_moves(), pytest.raises(Closed):
        writers.void(meeting, by=world["clerk"], reason="Thừa phiếu")


def test_a_ballot_is_void_for_a_reason(world):
    meeting = counted(world)
    with nothing_moves(), pytest.raises(ValidationError) as refused:
        writers.void(meeting, by=world["clerk"], reason="")
    assert set(refused.value.message_dict) == {"reason"}


def test_a_ballot_is_repeated_after_a_void_one(world):
    first = counted(world)
    writers.void(first, by=world["clerk"], reason="Thừa phiếu")
    second = call(world, first.task)
    assert (second.repeats, second.counts.count(), first.counts.count()) == (first, 0, 2)
