"""A conference is called: who is summoned, who may not hold an office, what is on the slip."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import override

from permissions.checks import today
from permissions.errors import Closed, Conflict, Refused
from processes.cases.models import Case
from processes.conferences import writers
from processes.conferences.models import Bar, Conference
from processes.organisation.bodies import Membership
from tests.conferences.meeting import (
    call,
    called,
    closed,
    entry,
    make_kin,
    members,
    new_task,
    nothing_moves,
    sitting,
    told,
)
from tests.world import SINCE


def barred(meeting):
    return dict(meeting.summonses.exclude(barred="").values_list("cadre", "barred"))


def test_a_conference_is_called_and_told(world):
    meeting = called(world)
    people, slip = members(world), sorted(c.pk for c in world.candidates[:2])
    facts = {
        "code": "c3", "attempt": 1, "repeats": None, "body": meeting.body_id,
        "held_on": today().isoformat(), "chair": people[0].pk, "secretary": people[-1].pk,
        "tellers": [people[1].pk, people[2].pk], "candidates": slip, "summoned": 8, "barred": {},
    }  # fmt: skip
    assert told(meeting.case) == entry(world, "called", meeting, facts=facts)
    assert (meeting.state, meeting.secret, meeting.announced) == ("called", True, False)


def test_the_summoned_are_the_members_of_that_day(world):
    people, task = members(world), new_task(world)
    seats = Membership.objects.filter(body=world.bodies["leadership"])
    seats.filter(cadre=people[4]).update(valid_to=today())
    seats.filter(cadre=people[5]).update(valid_from=today() + timedelta(1))
    meeting = call(world, task)
    seats.filter(cadre=people[6]).update(valid_to=today())
    summoned = {s.cadre for s in meeting.summonses.all()}
    assert summoned == set(people) - {people[4], people[5]}


def test_whoever_does_not_sit_in_the_body_that_day_holds_no_office(world):
    people, task, day = members(world), new_task(world), today() + timedelta(10)
    seats = Membership.objects.filter(body=world.bodies["leadership"])
    seats.filter(cadre__in=[people[0], people[1]]).update(valid_to=day)
    with nothing_moves(), pytest.raises(ValidationError) as refused:
        call(world, task, held_on=day)
    said = refused.value.message_dict
    assert said.keys() == {"chair", "tellers"}
    assert str(people[0]) in said["chair"][0]
    call(world, task)


def test_whoever_sits_in_the_body_by_that_day_can_hold_an_office(world):
    people, task = members(world), new_task(world)
    seats = Membership.objects.filter(body=world.bodies["leadership"], cadre=people[0])
    seats.update(valid_from=today() + timedelta(5))
    with pytest.raises(ValidationError):
        call(world, task)
    assert call(world, task, held_on=today() + timedelta(5)).chair == people[0]


def test_whoever_is_on_the_slip_is_summoned_and_does_not_vote(world):
    someone = members(world)[5]
    meeting = called(world, candidates=[someone, world.candidates[0]])
    assert barred(meeting) == {someone.pk: Bar.CANDIDATE}


def test_kin_of_somebody_on_the_slip_do_not_vote(world):
    make_kin(members(world)[5], world.candidates[0])
    make_kin(world.candidates[1], members(world)[6])
    assert barred(called(world)) == {
        members(world)[5].pk: Bar.KIN,
        members(world)[6].pk: Bar.KIN,
    }


def test_kin_of_people_who_are_not_on_the_slip_vote(world):
    make_kin(members(world)[5], world.candidates[3])
    assert barred(called(world)) == {}


def test_members_without_a_vote_only_attend(world):
    seat = Membership.objects.filter(body=world.bodies["leadership"]).last()
    Membership.objects.filter(pk=seat.pk).update(votes=False)
    assert barred(called(world)) == {seat.cadre_id: Bar.NO_VOTE}


def test_several_seats_are_one_summons_and_one_vote(world):
    someone = members(world)[5]
    body = world.bodies["leadership"]
    Membership.objects.create(body=body, cadre=someone, valid_from=SINCE, votes=False)
    meeting = called(world)
    assert list(meeting.summonses.filter(cadre=someone).values_list("barred")) == [("",)]


OFFICES = ("chair", "secretary", "tellers")


@pytest.mark.parametrize("office", OFFICES)
def test_a_candidate_holds_no_office(world, office):
    task, people = new_task(world), members(world)
    named = [people[1], people[2]] if office == "tellers" else people[1]
    with nothing_moves(), pytest.raises(Refused, match=str(people[1])):
        call(world, task, **{"candidates": [people[1]], "tellers": people[2:4], office: named})


@pytest.mark.parametrize("office", ["chair", "tellers"])
def test_a_candidates_kin_neither_chair_nor_count(world, office):
    task, people = new_task(world), members(world)
    make_kin(people[1], world.candidates[0])
    named = [people[1], people[2]] if office == "tellers" else people[1]
    with nothing_moves(), pytest.raises(Refused, match=str(people[1])):
        call(world, task, **{"tellers": people[2:4], office: named})


def test_a_candidates_kin_may_write_the_minutes(world):
    make_kin(members(world)[-1], world.candidates[0])
    assert called(world).secretary == members(world)[-1]


def test_nobody_calls_a_vote_on_themselves(world):
    task, people = new_task(world), members(world)
    with nothing_moves(), pytest.raises(Refused):
        call(world, task, by=people[3].user, candidates=[people[3]])


def test_nobody_calls_a_vote_on_their_kin(world):
    task, people = new_task(world), members(world)
    make_kin(people[3], world.candidates[1])
    with nothing_moves(), pytest.raises(Refused):
        call(world, task, by=people[3].user)


def team(world, name):
    people = members(world)
    people[3].user.is_active = False
    people[3].user.save()
    return {
        "too few": people[1:2],
        "one twice": [people[1], people[1]],
        "without an account": [people[1], people[4]],
        "with a closed account": [people[1], members(world)[3]],
    }[name]


@pytest.mark.parametrize(
    "name", ["too few", "one twice", "without an account", "with a closed account"]
)
def test_a_counting_team_that_cannot_count_is_refused(world, name):
    task = new_task(world)
    tellers = team(world, name)
    with nothing_moves(), pytest.raises(ValidationError) as refused:
        call(world, task, tellers=tellers)
    assert set(refused.value.message_dict) == {"tellers"}


def test_chair_and_secretary_are_two_people(world):
    task, people = new_task(world), members(world)
    with nothing_moves(), pytest.raises(ValidationError) as refused:
        call(world, task, secretary=people[0])
    assert set(refused.value.message_dict) == {"secretary"}


def test_a_vote_on_people_needs_people_on_the_slip(world):
    task = new_task(world)
    with nothing_moves(), pytest.raises(ValidationError):
        call(world, task, candidates=[])


def test_one_proposal_is_voted_on_at_a_time(world):
    task = new_task(world, "sc_policy")
    with nothing_moves(), pytest.raises(ValidationError):
        call(world, task, "sc_policy", candidates=world.candidates[:2])


def test_a_body_in_which_nobody_may_vote_is_not_called(world):
    task = new_task(world)
    Membership.objects.filter(body=world.bodies["leadership"]).update(valid_to=today())
    with nothing_moves(), pytest.raises(ValidationError):
        call(world, task)


def test_a_conference_without_a_ballot_needs_no_tellers(world):
    meeting = called(world, "c1")
    assert (meeting.secret, meeting.tellers.count()) == (False, 0)


def test_a_conference_is_not_called_twice(world):
    meeting = called(world)
    with nothing_moves(), pytest.raises(Conflict):
        call(world, meeting.task)


def test_no_conference_is_called_in_a_finished_step(world):
    task = new_task(world)
    task.finished = timezone.now()
    task.save()
    with nothing_moves(), pytest.raises(Closed):
        call(world, task)


def test_a_void_conference_is_repeated_and_kept(world):
    first = called(world)
    writers.void(first, by=world["clerk"], reason="Phiếu in sai")
    second = call(world, first.task)
    assert (second.attempt, second.repeats) == (2, first)
    assert Conference.objects.filter(case=first.case).count() == 2


def test_a_conference_without_quorum_is_repeated(world):
    first = sitting(world, absent=7)
    assert call(world, first.task).repeats == first


def test_a_conference_after_one_that_counted_repeats_nothing(world):
    first = closed(world)
    second = call(world, first.task)
    assert (second.attempt, second.repeats) == (2, None)


def test_no_conference_is_held_before_its_case_began(world):
    task = new_task(world)
    with nothing_moves(), override("en"), pytest.raises(ValidationError, match="case began on"):
        call(world, task, held_on=today() - timedelta(days=1))


def test_no_conference_is_held_before_the_last_one(world):
    meeting = closed(world)
    Case.objects.update(opened_on=today() - timedelta(days=9))
    meeting.refresh_from_db()
    with nothing_moves(), override("en"), pytest.raises(ValidationError, match="conference before"):
        call(world, meeting.task, held_on=today() - timedelta(days=1))
    assert call(world, meeting.task).held_on == meeting.held_on
