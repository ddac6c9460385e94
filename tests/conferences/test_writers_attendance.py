"""Attendance is the gate: without a quorum the conference is over."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from permissions.checks import today
from permissions.errors import Closed, Conflict, Refused
from processes.conferences import writers
from tests.conferences.meeting import called, entry, members, nothing_moves, sitting, told


def attend(meeting, by, *people):
    return writers.take_attendance(meeting, by=by, present=[cadre.pk for cadre in people])


def test_a_quorum_lets_the_conference_sit(world):
    meeting = called(world)
    people = members(world)
    assert attend(meeting, world["clerk"], *people[:6]) is True
    meeting.refresh_from_db()
    assert meeting.state == "sitting"
    assert {s.cadre for s in meeting.summonses.filter(present=True)} == set(people[:6])
    facts = {"summoned": 8, "present": 6, "absent": sorted(c.pk for c in people[6:])}
    assert told(meeting.case) == entry(world, "attended", meeting, facts=facts)


def test_without_a_quorum_the_conference_is_over(world):
    meeting = called(world)
    assert attend(meeting, world["clerk"], *members(world)[:5]) is False
    meeting.refresh_from_db()
    assert (meeting.state, meeting.outcome) == ("closed", "quorum_fail")
    assert told(meeting.case)["outcome"] == "quorum_fail"
    assert [reason["code"] for reason in meeting.result["reasons"]] == ["no_quorum"]


def test_whoever_was_not_called_cannot_be_present(world):
    meeting = called(world)
    with nothing_moves(), pytest.raises(ValidationError) as refused:
        attend(meeting, world["clerk"], *members(world), world.candidates[0])
    assert set(refused.value.message_dict) == {"present"}


def test_a_candidate_does_not_take_the_attendance(world):
    someone = members(world)[3]
    meeting = called(world, candidates=[someone])
    with nothing_moves(), pytest.raises(Refused):
        attend(meeting, someone.user, *members(world))


def test_the_attendance_is_taken_once(world):
    meeting = sitting(world)
    with nothing_moves(), pytest.raises(Conflict):
        attend(meeting, world["clerk"], *members(world))


def test_a_stale_page_does_not_take_the_attendance_again(world):
    meeting = called(world)
    stale = type(meeting).objects.get(pk=meeting.pk)
    attend(meeting, world["clerk"], *members(world))
    with nothing_moves(), pytest.raises(Conflict):
        attend(stale, world["clerk"], *members(world))


def test_no_attendance_is_taken_at_a_void_conference(world):
    meeting = called(world)
    writers.void(meeting, by=world["clerk"], reason="Giấy mời gửi sai")
    with nothing_moves(), pytest.raises(Closed):
        attend(meeting, world["clerk"], *members(world))


def test_nobody_has_come_before_the_day_of_the_conference(world):
    meeting = called(world, held_on=today() + timedelta(days=1))
    with nothing_moves(), override("en"), pytest.raises(ValidationError, match="that day"):
        attend(meeting, world["clerk"], *members(world))


@pytest.mark.parametrize("place", [0, 1], ids=["chair", "teller"])
def test_nobody_sits_without_the_chair_and_the_tellers(world, place):
    meeting, people = called(world), members(world)
    with nothing_moves(), pytest.raises(ValidationError) as refused:
        attend(meeting, world["clerk"], *people[:place], *people[place + 1 :])
    assert str(people[place]) in refused.value.message_dict["present"][0]


def test_without_a_quorum_it_does_not_matter_who_would_have_chaired(world):
    assert attend(called(world), world["clerk"], *members(world)[3:5]) is False
