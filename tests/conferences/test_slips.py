"""Impossible numbers are refused with the equation that fails, and tellers are compared."""

import pytest

from processes.conferences.tally import Difference, check, compare
from tests.conferences.rules import CONSULT, MINUTES, TOP, TWO_SEATS, count

BROKEN = [
    (count(45, 46), TOP, ("present_over_summoned", "present 46 <= summoned 45")),
    (count(45, 31, issued=32), TOP, ("issued_over_present", "issued 32 <= present 31")),
    (count(45, collected=46), TOP, ("collected_over_issued", "collected 46 <= issued 45")),
    (count(45, invalid=2, blank=3), TOP, ("blank_over_invalid", "blank 3 <= invalid 2")),
    (
        count(45, valid=40, invalid=4),
        TOP,
        ("slips_do_not_add_up", "valid 40 + invalid 4 = collected 45"),
    ),
    (count(9, agree={"An": 10}), CONSULT, ("agree_over_valid", "agree 10 <= valid 9")),
    (
        count(9, agree={"An": 5}, disagree={"An": 5}),
        CONSULT,
        ("answers_over_valid", "agree 5 + disagree 5 <= valid 9"),
    ),
    (
        count(9, agree={"An": 5, "Bình": 5}),
        TOP,
        ("more_names_than_slips", "sum of agree 10 <= valid 9"),
    ),
    (
        count(9, agree={"An": 9, "Bình": 9, "Chi": 1}),
        TWO_SEATS,
        ("more_names_than_seats", "sum of agree 19 <= valid 9 * seats 2"),
    ),
    (count(9, disagree={"An": 1}), TOP, ("slip_has_no_disagree", "disagree 1 = 0")),
    (count(9, agree={"An": -1}), TOP, ("negative", "agree -1 >= 0")),
    (count(9, invalid=1, blank=-1), TOP, ("negative", "blank -1 >= 0")),
    (count(9, barred=10), TOP, ("barred_over_summoned", "barred 10 <= summoned 9")),
    (
        count(9, barred=2, barred_present=3),
        TOP,
        ("barred_present_over_barred", "barred_present 3 <= barred 2"),
    ),
    (
        count(9, 2, barred=4, barred_present=3, issued=0, collected=0),
        TOP,
        ("barred_present_over_present", "barred_present 3 <= present 2"),
    ),
    (
        count(9, barred=4, barred_present=3),
        TOP,
        ("voters_over_summoned", "present 9 - barred 3 <= voters 5"),
    ),
    (
        count(9, barred=2, barred_present=2, issued=8, collected=7),
        TOP,
        ("issued_over_voters", "issued 8 <= voters present 7"),
    ),
]

POSSIBLE = [
    (count(14, 12, barred=4, barred_present=3, agree={"An": 9}), TOP),
    (count(14, 12, barred=4, barred_present=2), TOP),
    (count(3, barred=3, barred_present=3), TOP),
    (count(9, 0), MINUTES),
    (count(9, 9, agree={"An": 5, "Bình": 4}), TOP),
    (count(9, 8, issued=7, collected=6, invalid=2, blank=2, agree={"An": 4}), TOP),
    (count(9, agree={"An": 9, "Bình": 9}), CONSULT),
    (count(9, agree={"An": 9, "Bình": 9}), TWO_SEATS),
    (count(9, agree={"An": 5}, disagree={"An": 4}), CONSULT),
]


@pytest.mark.parametrize(("numbers", "rule", "equation"), BROKEN)
def test_a_broken_equation_is_shown_with_its_numbers(numbers, rule, equation):
    assert [(broken.code, broken.text) for broken in check(numbers, rule)] == [equation]


@pytest.mark.parametrize(("numbers", "rule"), POSSIBLE)
def test_a_possible_count_breaks_nothing(numbers, rule):
    assert check(numbers, rule) == []


def test_a_broken_equation_names_the_fields_and_the_candidate():
    (broken,) = check(count(9, agree={"An": 10}), CONSULT)

    assert (broken.fields, broken.candidate) == (("agree", "valid"), "An")


def test_every_broken_equation_is_shown_at_once():
    broken = check(count(45, 46, issued=47, collected=48, valid=1), TOP)

    assert [inequality.code for inequality in broken] == [
        "present_over_summoned",
        "issued_over_present",
        "collected_over_issued",
        "slips_do_not_add_up",
    ]


def test_two_tellers_who_agree_differ_in_nothing():
    first, second = count(9, agree={"An": 5, "Bình": 0}), count(9, agree={"An": 5})

    assert compare(first, second) == []


def test_each_number_that_two_tellers_read_differently_is_shown():
    first = count(9, invalid=1, agree={"An": 5, "Bình": 3}, disagree={"An": 2})
    second = count(9, agree={"An": 6, "Chi": 3}, disagree={"An": 1})

    assert compare(first, second) == [
        Difference("valid", 8, 9),
        Difference("invalid", 1, 0),
        Difference("agree", 5, 6, "An"),
        Difference("disagree", 2, 1, "An"),
        Difference("agree", 3, 0, "Bình"),
        Difference("agree", 0, 3, "Chi"),
    ]
