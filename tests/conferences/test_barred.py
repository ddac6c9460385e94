"""Members on the slip, their kin and guests: who of them votes, who counts in base and quorum."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from processes.cases.rules import rules_of
from processes.conferences import queries, writers
from processes.conferences.models import Bar, Conference
from processes.organisation.bodies import Membership
from tests.conferences.meeting import (
    call,
    called,
    close,
    closed,
    counting,
    enter,
    make_kin,
    members,
    new_task,
    nothing_moves,
    sitting,
    tellers,
    told,
)
from tests.rules.put import put

CANDIDATES, BASE = "vote.candidates_vote", "vote.barred_in_base"


def two_barred(world):
    """Of eight members one is on the slip and one is a relative."""
    on_slip, relative = members(world)[5:7]
    make_kin(relative, world.candidates[0])
    return {"candidates": [on_slip, world.candidates[0]]}


def without_seat_vote(cadre):
    Membership.objects.filter(cadre=cadre).update(votes=False)


def bases(meeting):
    return {share["base"] for share in meeting.result["shares"]}


def test_the_base_is_everybody_summoned_whether_they_vote_or_not(world):
    meeting = closed(world, "c3", 4, 2, **two_barred(world))
    assert (meeting.outcome, bases(meeting)) == ("top2", {8})
    kept = [meeting.result[name] for name in ("summoned", "barred", "issued")]
    assert kept == [8, 2, 6]


def test_an_edition_may_leave_those_who_must_not_vote_out_of_the_base(world, monkeypatch):
    put(monkeypatch, BASE, False)
    meeting = closed(world, "c3", 4, 2, **two_barred(world))
    assert (meeting.outcome, bases(meeting)) == ("over50", {6})


def test_a_seat_without_a_vote_is_in_no_base_even_on_the_slip(world):
    guest, candidate = members(world)[5:7]
    without_seat_vote(guest)
    meeting = closed(world, "c3", 5, 1, candidates=[candidate, guest])
    assert meeting.summonses.get(cadre=guest).barred == Bar.NO_VOTE
    assert bases(meeting) == {7}


@pytest.mark.parametrize(("inside", "came"), [(True, 6), (False, 4)])
def test_the_quorum_is_counted_on_the_same_base(world, monkeypatch, inside, came):
    """Two thirds of 8, or of the 6 who may vote, of whom the first four came."""
    put(monkeypatch, BASE, inside)
    people, meeting = members(world), called(world, **two_barred(world))
    present = [*people[:4], *people[5:7]]
    assert writers.take_attendance(meeting, by=world["clerk"], present=[c.pk for c in present])
    with override("en"):
        said = queries.explanation(closed_by(meeting, world))[0]
    assert said.startswith(f"There is a quorum: {came} of {8 if inside else 6} people")


def closed_by(meeting, world):
    writers.open_count(meeting, by=world["clerk"])
    for teller in tellers(meeting):
        enter(meeting, teller)
    close(meeting, world["clerk"])
    return meeting


def test_people_who_must_not_vote_do_not_make_a_quorum_where_they_are_left_out(world, monkeypatch):
    put(monkeypatch, BASE, False)
    people, meeting = members(world), called(world, **two_barred(world))
    present = [*people[:3], *people[5:7]]
    assert not writers.take_attendance(
        meeting, by=world["clerk"], present=[cadre.pk for cadre in present]
    )


def test_there_is_no_slip_for_somebody_who_must_not_vote(world):
    meeting = counting(world, "c3", **two_barred(world))
    with nothing_moves(), override("en"), pytest.raises(ValidationError) as refused:
        enter(meeting, tellers(meeting)[0], issued=7)
    (said,) = refused.value.message_dict["issued"]
    assert "7 slips issued, 8 people present, 2 of them without a vote" in said


def test_the_explanation_says_how_many_do_not_vote_and_what_that_does(world):
    meeting = closed(world, "c3", 4, 2, **two_barred(world))
    with override("en"):
        said = queries.explanation(meeting)
    assert said[1] == "Shares are counted on the 8 people summoned, not on those present."
    assert said[2].startswith(
        "Without a vote, being on the slip or a relative of somebody on it: 2"
    )
    assert said[2].endswith("By the edition of the case they stay in base and quorum.")


def test_a_base_that_leaves_them_out_is_explained_too(world, monkeypatch):
    put(monkeypatch, BASE, False)
    with override("en"):
        said = queries.explanation(closed(world, "c3", 4, 2, **two_barred(world)))
    assert said[1] == (
        "Shares are counted on the 6 people summoned who may vote, not on those present."
    )
    assert said[2].endswith("base and quorum leave them out and are counted on 6.")


def test_a_threshold_that_nobody_can_pass_is_told_from_the_call_on(world):
    meeting = called(world, candidates=members(world)[4:8], secretary=members(world)[3])
    with override("en"):
        said = queries.said_of_base(meeting, queries.attendance(meeting))
    assert said[1].startswith(
        "Those who may vote are 4 of 8, so that nobody can have more than 1/2"
    )
    assert "ask the competent level" in said[1]


def test_the_entries_of_call_and_attendance_say_the_same_numbers(world):
    meeting = called(world, **two_barred(world))
    facts = told(meeting.case)["facts"]
    assert (facts["summoned"], len(facts["barred"]), facts["barred_in_base"]) == (8, 2, True)
    writers.take_attendance(
        meeting, by=world["clerk"], present=[cadre.pk for cadre in members(world)]
    )
    facts = told(meeting.case)["facts"]
    numbers = [facts[name] for name in ("summoned", "present", "barred", "barred_present")]
    assert numbers == [8, 8, 2, 2]


def used(world, **changes):
    """Which of the two parameters a call has read."""
    task = new_task(world)
    rules = rules_of(task.process)
    call(world, task, rules=rules, **changes)
    return {key for key in (CANDIDATES, BASE) if key in rules.used}


def test_the_unconfirmed_parameters_are_used_only_where_they_matter(world):
    on_slip, relative = members(world)[5:7]
    assert used(world) == set()
    assert used(world, candidates=[on_slip]) == {CANDIDATES, BASE}
    make_kin(relative, world.candidates[0])
    assert used(world) == {BASE}


def test_both_parameters_are_unconfirmed(world):
    rules = rules_of(new_task(world).process)
    assert [rules.get(key).confirmed for key in (CANDIDATES, BASE)] == [False, False]


def test_an_edition_may_let_candidates_vote_but_not_their_kin(world, monkeypatch):
    put(monkeypatch, CANDIDATES, True)
    meeting = called(world, **two_barred(world))
    assert list(meeting.summonses.exclude(barred="").values_list("barred")) == [(Bar.KIN,)]


def test_a_conference_called_before_the_base_was_kept_keeps_the_base_of_its_day(world):
    meeting = sitting(world, **two_barred(world))
    Conference.objects.filter(pk=meeting.pk).update(barred_in_base=False)
    meeting.refresh_from_db()
    assert bases(closed_by(meeting, world)) == {6}


def test_a_body_that_is_all_on_the_slip_is_not_called_and_it_is_said_what_to_do(world):
    task = new_task(world)
    with nothing_moves(), override("en"), pytest.raises(ValidationError) as refused:
        call(world, task, candidates=members(world))
    (said,) = refused.value.messages
    assert "Of its members (8) are on the slip: 8, relatives of somebody on it: 0" in said
    assert "Leave somebody off the slip and say why" in said
