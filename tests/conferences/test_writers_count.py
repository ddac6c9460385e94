"""Slips are counted: the count opens, each teller enters alone, a difference is counted again."""

import pytest
from django.core.exceptions import ValidationError

from permissions.errors import Closed, Conflict, Refused
from processes.conferences import queries, writers
from processes.conferences.entries import count_digest
from processes.conferences.models import new_salt
from tests.conferences.meeting import (
    close,
    closed,
    counted,
    counting,
    enter,
    entry,
    make_kin,
    members,
    nothing_moves,
    sitting,
    tellers,
    told,
)


def test_the_count_is_opened_and_told(world):
    meeting = sitting(world)
    writers.open_count(meeting, by=world["clerk"])
    meeting.refresh_from_db()
    assert meeting.state == "counting"
    assert told(meeting.case) == entry(world, "count_opened", meeting, facts={"round": 1})


def test_a_candidate_does_not_open_the_count(world):
    someone = members(world)[3]
    meeting = sitting(world, candidates=[someone])
    with nothing_moves(), pytest.raises(Refused):
        writers.open_count(meeting, by=someone.user)


def test_the_count_is_opened_once(world):
    meeting = counting(world)
    with nothing_moves(), pytest.raises(Conflict):
        writers.open_count(meeting, by=world["clerk"])


def test_no_count_is_opened_at_a_closed_conference(world):
    meeting = closed(world)
    with nothing_moves(), pytest.raises(Closed):
        writers.open_count(meeting, by=world["clerk"])


def test_a_conference_without_a_ballot_has_no_count(world):
    meeting = sitting(world, "c1")
    with nothing_moves(), pytest.raises(Conflict):
        writers.open_count(meeting, by=world["clerk"])


def test_a_teller_enters_a_count_and_the_trail_keeps_its_hash(world):
    meeting = counting(world)
    teller = tellers(meeting)[0]
    count = enter(meeting, teller, 5, 2, valid=7, invalid=1, blank=1)
    first, second = meeting.candidacies.order_by("pk").values_list("cadre", flat=True)
    assert count.agree == {str(first): 5, str(second): 2}
    facts = {"round": 1, "teller": teller.cadre.pk, "sha256": count_digest(count)}
    expected = entry(world, "counted", meeting, by=teller, role="teller", facts=facts)
    assert told(meeting.case) == expected


def test_a_later_change_of_a_count_no_longer_fits_the_trail(world):
    meeting = counting(world)
    count = enter(meeting, tellers(meeting)[0], 5, 2, invalid=1, valid=7)
    count.agree[next(iter(count.agree))] = 6
    assert count_digest(count) != told(meeting.case)["facts"]["sha256"]


def test_the_same_count_has_another_hash_each_time_so_that_none_can_be_guessed(world):
    meeting = counting(world)
    count = enter(meeting, tellers(meeting)[0], 5, 2, invalid=1, valid=7)
    told_hash, kept = count_digest(count), count.salt
    count.salt = new_salt()
    assert (len(kept), count_digest(count) != told_hash) == (32, True)
    assert kept not in str(told(meeting.case)["facts"])


@pytest.mark.parametrize("name", ["clerk", "head", "teller3"])
def test_only_tellers_enter_counts(world, name):
    meeting = counting(world)
    people = {"head": members(world)[0].user, "teller3": members(world)[3].user}
    with nothing_moves(), pytest.raises(Refused):
        enter(meeting, people.get(name, world["clerk"]))


def test_a_teller_who_turns_out_to_be_kin_of_a_candidate_enters_nothing(world):
    meeting = counting(world)
    make_kin(members(world)[1], world.candidates[1])
    with nothing_moves(), pytest.raises(Refused):
        enter(meeting, tellers(meeting)[0])


def test_a_teller_enters_one_count_a_round(world):
    meeting = counting(world)
    enter(meeting, tellers(meeting)[0])
    with nothing_moves(), pytest.raises(Conflict):
        enter(meeting, tellers(meeting)[0], 7, 1)


def test_no_count_is_entered_before_slips_are_handed_out(world):
    meeting = sitting(world)
    with nothing_moves(), pytest.raises(Closed):
        enter(meeting, tellers(meeting)[0])


def test_no_count_is_entered_at_a_closed_conference(world):
    meeting = closed(world)
    with nothing_moves(), pytest.raises(Closed, match=r"\d\d:\d\d|\d:\d\d"):
        enter(meeting, tellers(meeting)[0])


def test_no_count_is_entered_at_a_void_conference(world):
    meeting = counting(world)
    writers.void(meeting, by=world["clerk"], reason="Thùng phiếu hỏng")
    with nothing_moves(), pytest.raises(Closed):
        enter(meeting, tellers(meeting)[0])


IMPOSSIBLE = [
    ({"issued": 9}, {"issued"}),
    ({"issued": 7}, {"collected"}),
    ({"valid": 7, "votes": (7, 0)}, {"collected"}),
    ({"valid": 7, "invalid": 1, "blank": 2, "votes": (7, 0)}, {"blank"}),
    ({"blank": -1}, {"blank"}),
    ({"votes": (5, 4)}, {"valid"}),
    ({"votes": (9, 0)}, {"agree_0", "valid"}),
    ({"votes": (-1, 0)}, {"agree_0"}),
    ({"issued": 9, "blank": 1, "votes": (9, 0)}, {"issued", "blank", "agree_0", "valid"}),
]


@pytest.mark.parametrize(("numbers", "fields"), IMPOSSIBLE)
def test_an_impossible_count_is_refused_at_the_fields_that_break_it(world, numbers, fields):
    meeting = counting(world)
    numbers = dict(numbers)
    votes = numbers.pop("votes", (8, 0))
    with nothing_moves(), pytest.raises(ValidationError) as refused:
        enter(meeting, tellers(meeting)[0], *votes, **numbers)
    first = meeting.candidacies.order_by("pk").first().cadre_id
    assert set(refused.value.message_dict) == {field.replace("_0", f"_{first}") for field in fields}


def test_more_answers_than_slips_are_refused(world):
    meeting = counting(world, "c4")
    first, second = meeting.candidacies.order_by("pk").values_list("cadre", flat=True)
    against = {first: 6, second: 6}
    with nothing_moves(), pytest.raises(ValidationError) as refused:
        enter(meeting, tellers(meeting)[0], 7, 6, disagree=against)
    assert set(refused.value.message_dict) == {f"disagree_{first}"}


def test_a_slip_with_one_name_has_no_box_against(world):
    meeting = counting(world)
    first = meeting.candidacies.first().cadre_id
    with nothing_moves(), pytest.raises(ValidationError) as refused:
        enter(meeting, tellers(meeting)[0], disagree={first: 1})
    assert set(refused.value.message_dict) == {"__all__"}


def test_every_line_of_the_slip_is_counted(world):
    meeting = counting(world, "c4")
    first, second = meeting.candidacies.order_by("pk").values_list("cadre", flat=True)
    with nothing_moves(), pytest.raises(ValidationError) as refused:
        enter(meeting, tellers(meeting)[0], agree={first: 1}, disagree={second: 1})
    assert set(refused.value.message_dict) == {f"agree_{second}", f"disagree_{first}"}


def test_nobody_is_counted_who_is_not_on_the_slip(world):
    meeting = counting(world)
    votes = {c.cadre_id: 1 for c in meeting.candidacies.all()}
    with nothing_moves(), pytest.raises(ValidationError) as refused:
        enter(meeting, tellers(meeting)[0], agree={**votes, world.candidates[3].pk: 1})
    assert set(refused.value.message_dict) == {"__all__"}


def test_the_count_waits_until_all_tellers_are_in(world):
    meeting = counting(world)
    enter(meeting, tellers(meeting)[0])
    assert (queries.standing(meeting), queries.differences(meeting)) == ("waiting", [])


def test_equal_counts_agree(world):
    meeting = counted(world)
    assert (queries.standing(meeting), queries.differences(meeting)) == ("agree", [])


def differing(world):
    meeting = counting(world)
    enter(meeting, tellers(meeting)[0], 5, 3)
    enter(meeting, tellers(meeting)[1], 6, 2)
    return meeting


def test_different_counts_are_named_line_by_line(world):
    meeting = differing(world)
    found = [(d.field, d.first, d.second) for d in queries.differences(meeting)]
    assert queries.standing(meeting) == "differ"
    assert sorted(found) == [("agree", 3, 2), ("agree", 5, 6)]


def test_a_recount_is_ordered_and_keeps_both_counts(world):
    meeting = differing(world)
    writers.recount(meeting, by=world["clerk"], reason=" Hai tổ viên lệch nhau ")
    expected = {"reason": "Hai tổ viên lệch nhau", "facts": {"round": 2}}
    assert told(meeting.case) == entry(world, "recount", meeting, **expected)
    assert (queries.standing(meeting), meeting.counts.count()) == ("waiting", 2)


def test_tellers_count_again_after_a_recount(world):
    meeting = differing(world)
    writers.recount(meeting, by=world["clerk"], reason="Lệch")
    for teller in tellers(meeting):
        enter(meeting, teller, 6, 2)
    assert close(meeting, world["clerk"]).outcome == "over50"
    assert meeting.counts.count() == 4


def test_a_candidate_orders_no_recount(world):
    someone = members(world)[3]
    meeting = counting(world, candidates=[someone, world.candidates[0]])
    enter(meeting, tellers(meeting)[0], 4, 3)
    enter(meeting, tellers(meeting)[1], 3, 4)
    with nothing_moves(), pytest.raises(Refused):
        writers.recount(meeting, by=someone.user, reason="Lệch")


def test_a_recount_is_ordered_once(world):
    meeting = differing(world)
    writers.recount(meeting, by=world["clerk"], reason="Lệch")
    with nothing_moves(), pytest.raises(Conflict):
        writers.recount(meeting, by=world["clerk"], reason="Lệch")


def test_counts_that_agree_are_not_counted_again(world):
    meeting = counted(world)
    with nothing_moves(), pytest.raises(Conflict):
        writers.recount(meeting, by=world["clerk"], reason="Cho chắc")


def test_no_recount_is_ordered_at_a_closed_conference(world):
    meeting = closed(world)
    with nothing_moves(), pytest.raises(Closed):
        writers.recount(meeting, by=world["clerk"], reason="Lệch")


def test_a_recount_has_a_reason(world):
    meeting = differing(world)
    with nothing_moves(), pytest.raises(ValidationError):
        writers.recount(meeting, by=world["clerk"], reason="  ")
