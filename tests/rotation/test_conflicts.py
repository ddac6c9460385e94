"""What stands in the way of moves on paper."""

from processes.rotation.conflicts import Mover, Post, Step, conflicts, opened_by

AN, BINH, CHI = 1, 2, 3


def post(number, *holders, seats=1, case=""):
    return Post(number, seats, frozenset(holders), case)


def codes(*moves):
    return {
        move: sorted(one.code for one in conflicts(moves) if one.move == move.number)
        for move in moves
    }


def step(number, who, into, **facts):
    return Step(number, Mover(who, **facts), into)


def test_a_move_to_a_vacant_post_has_no_conflict():
    assert conflicts([step(1, AN, post(10))]) == []


def test_a_post_that_nobody_leaves_is_not_free():
    move = step(1, AN, post(10, BINH))
    assert codes(move)[move] == ["not_vacated"]


def test_a_chain_vacates_its_own_posts():
    assert conflicts([step(1, AN, post(10, BINH)), step(2, BINH, post(11))]) == []


def test_two_may_change_places():
    assert conflicts([step(1, AN, post(10, BINH)), step(2, BINH, post(11, AN))]) == []


def test_nobody_moves_twice():
    one, other = step(1, AN, post(10)), step(2, AN, post(11))
    assert codes(one, other) == {one: ["same_person"], other: ["same_person"]}


def test_a_single_post_is_filled_once():
    one, other = step(1, AN, post(10)), step(2, BINH, post(10))
    assert codes(one, other) == {one: ["same_post"], other: ["same_post"]}


def test_a_post_of_two_seats_takes_two():
    assert conflicts([step(1, AN, post(10, seats=2)), step(2, BINH, post(10, seats=2))]) == []


def test_a_post_of_two_seats_with_one_holder_takes_one():
    both = [step(1, AN, post(10, CHI, seats=2)), step(2, BINH, post(10, CHI, seats=2))]
    assert {one.code for one in conflicts(both)} == {"not_vacated"}


def test_nobody_moves_to_where_they_are():
    move = step(1, AN, post(10, AN))
    assert codes(move)[move] == ["holds_already"]


def test_open_cases_are_named():
    move = step(1, AN, post(10, case="LC-1"), open_case="BN-2")
    found = {one.code: one.facts["case"] for one in conflicts([move])}
    assert found == {"case_of_person": "BN-2", "case_of_post": "LC-1"}
    assert all(one.blocks for one in conflicts([move]))


def test_what_an_exception_may_pass_does_not_block():
    move = step(1, AN, post(10), at_term_limit=True, is_local=True, early_until="01/01/2027")
    found = conflicts([move])
    assert {one.code for one in found} == {"term_limit", "non_local", "early"}
    assert not any(one.blocks for one in found)


def test_a_move_opens_what_its_person_leaves_and_nobody_fills():
    chain = [step(1, AN, post(10, BINH)), step(2, BINH, post(11))]
    assert opened_by(chain, {AN: [12], BINH: [10]}) == {1: [12], 2: []}
