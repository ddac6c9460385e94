"""The outcome of a vote, case by case; procedures.md sections 4 and 5.4."""

from fractions import Fraction

import pytest

from processes.conferences.tally import ImpossibleCountError, Share, decide, has_quorum, quorate
from tests.conferences.rules import (
    CARRY,
    CONSULT,
    LISTED,
    MINUTES,
    NAMES,
    SELECT,
    SELECT_BOXES,
    TOP,
    TOP_APART,
    TWO_SEATS,
    count,
    rule,
)

OUTCOMES = [
    # rule, summoned, agree -> outcome, who goes on, needs a ruling
    (MINUTES, 9, {"An": 0, "Bình": 0}, "counted", "An Bình", False),
    (NAMES, 9, {"An": 5, "Bình": 2, "Chi": 0}, "counted", "An Bình", False),
    (NAMES, 9, {"An": 0}, "counted", "", False),
    (CONSULT, 9, {"An": 0, "Bình": 9}, "counted", "An Bình", False),
    (TOP, 10, {"An": 6, "Bình": 4}, "over50", "An", False),
    (TOP, 10, {"An": 5, "Bình": 5}, "top2", "An Bình", False),
    (TOP, 10, {"An": 5, "Bình": 3, "Chi": 2}, "top2", "An Bình", False),
    (TOP, 10, {"Chi": 2, "An": 5, "Bình": 3}, "top2", "An Bình", False),
    (TOP, 11, {"An": 6, "Bình": 5}, "over50", "An", False),
    (TOP, 10, {"An": 3, "Bình": 0}, "top2", "An", False),
    (TOP, 10, {"An": 4, "Bình": 3, "Chi": 3}, "tie", "An Bình Chi", True),
    (TOP, 10, {"An": 2, "Bình": 2, "Chi": 2, "Dung": 1}, "tie", "An Bình Chi", True),
    (TOP, 10, {"An": 4, "Bình": 4, "Chi": 2}, "top2", "An Bình", False),
    (TOP, 10, {"An": 0, "Bình": 0}, "none", "", False),
    (TOP, 10, {}, "none", "", False),
    (SELECT, 45, {"An": 31, "Bình": 14}, "selected", "An", False),
    (SELECT, 10, {"An": 6, "Bình": 4}, "selected", "An", False),
    (SELECT, 10, {"An": 5, "Bình": 4}, "exactly_50", "An", False),
    (SELECT, 10, {"An": 5, "Bình": 5}, "exactly_50", "An Bình", False),
    (SELECT, 11, {"An": 5, "Bình": 5}, "none", "", False),
    (SELECT, 10, {"An": 4}, "none", "", False),
    (SELECT_BOXES, 10, {"An": 7, "Bình": 8}, "selected", "Bình", False),
    (SELECT_BOXES, 10, {"An": 8, "Bình": 8, "Chi": 6}, "tie", "An Bình", True),
    (SELECT_BOXES, 10, {"An": 6, "Bình": 5}, "selected", "An", False),
    (rule("over_half_highest"), 10, {"An": 5}, "none", "", False),
    (LISTED, 10, {"An": 4, "Bình": 3, "Chi": 9}, "counted", "An Chi", False),
    (LISTED, 10, {"An": 3}, "counted", "", False),
    (TWO_SEATS, 10, {"An": 8, "Bình": 7, "Chi": 5}, "elected", "An Bình", False),
    (TWO_SEATS, 15, {"An": 9, "Bình": 12, "Chi": 8}, "elected", "An Bình", False),
    (TWO_SEATS, 15, {"An": 12, "Bình": 8, "Chi": 8}, "tie", "An Bình Chi", True),
    (TWO_SEATS, 15, {"An": 9, "Bình": 9, "Chi": 8}, "elected", "An Bình", False),
    (TWO_SEATS, 10, {"An": 6, "Bình": 5, "Chi": 5}, "elected", "An", False),
    (TWO_SEATS, 10, {"An": 5, "Bình": 5}, "none", "", False),
    (CARRY, 15, {"paper": 8}, "approve", "paper", False),
    (CARRY, 16, {"paper": 8}, "reject", "", False),
    (CARRY, 15, {"paper": 7}, "reject", "", False),
    (rule("over_half", at_half="head_decides"), 16, {"paper": 8}, "exactly_50", "paper", False),
]


@pytest.mark.parametrize(("rule_", "summoned", "agree", "outcome", "going", "ruling"), OUTCOMES)
def test_the_rule_gives_the_outcome(rule_, summoned, agree, outcome, going, ruling):
    result = decide(count(summoned, agree=agree), rule_)

    assert result.outcome == outcome
    assert set(result.advancing) == set(going.split())
    assert result.needs_ruling is ruling


@pytest.mark.parametrize(
    ("summoned", "present", "quorate"),
    [(45, 30, True), (45, 29, False), (46, 30, False), (46, 31, True), (1, 1, True), (0, 0, False)],
)
def test_two_thirds_of_those_summoned_make_a_quorum(summoned, present, quorate):
    assert has_quorum(summoned, present, TOP) is quorate


def test_without_quorum_nothing_is_decided():
    result = decide(count(45, 29, agree={"An": 29}), TOP)

    assert (result.outcome, result.advancing, result.shares) == ("no_quorum", (), {})
    assert [reason.code for reason in result.reasons] == ["no_quorum"]


def test_a_missing_quorum_says_how_many_were_needed():
    (reason,) = decide(count(46, 30), TOP).reasons

    assert reason.params["needed"] == 31


def test_the_base_is_those_summoned_and_not_those_present():
    result = decide(count(45, 30, agree={"An": 22}), SELECT)

    assert result.shares["An"].fraction == Fraction(22, 45)
    assert result.outcome == "none"


def test_a_share_says_where_it_stands_against_the_threshold():
    shares = decide(count(10, agree={"An": 5, "Bình": 1}), SELECT).shares

    assert shares["An"] == Share(5, 10, Fraction(1, 2), False, True, Fraction(1, 2))
    assert not shares["Bình"].exact


def test_the_highest_stands_first_among_those_who_go_on():
    assert decide(count(10, agree={"An": 3, "Bình": 5}), TOP).advancing == ("Bình", "An")


@pytest.mark.parametrize(("agree", "outcome"), [(30, "approve"), (29, "reject")])
def test_a_threshold_that_is_not_strict_is_passed_at_its_value(agree, outcome):
    two_thirds = {"num": 2, "den": 3, "strict": False}
    carried = rule("over_half", threshold=two_thirds)

    assert decide(count(45, agree={"paper": agree}), carried).outcome == outcome


@pytest.mark.parametrize(("top_n", "going"), [(1, {"An"}), (3, {"An", "Bình", "Chi"})])
def test_the_edition_says_how_many_go_on(top_n, going):
    top = rule("over_half_or_top2", top_n=top_n)
    agree = {"An": 4, "Bình": 3, "Chi": 2, "Dung": 1}

    assert set(decide(count(10, agree=agree), top).advancing) == going


@pytest.mark.parametrize(
    ("rule_", "agree", "codes"),
    [
        (MINUTES, {}, "by_minutes"),
        (NAMES, {"An": 3}, "base_summoned names_collected"),
        (CONSULT, {"An": 3}, "base_summoned consulted"),
        (TOP, {"An": 3}, "base_summoned nobody_over top_n"),
        (TOP, {"An": 3, "Bình": 2, "Chi": 2}, "base_summoned nobody_over tie_for_last_place"),
        (TOP, {}, "base_summoned nobody_over no_votes"),
        (SELECT, {"An": 6}, "base_summoned over highest_selected"),
        (SELECT, {"An": 5}, "base_summoned nobody_over exact_head_decides"),
        (CARRY, {"paper": 4}, "base_summoned rejected"),
    ],
)
def test_each_rule_applied_leaves_a_reason(rule_, agree, codes):
    reasons = decide(count(10, agree=agree), rule_).reasons

    assert [reason.code for reason in reasons] == ["quorum_met", *codes.split()]


def test_the_outcome_of_an_impossible_count_is_refused_with_the_equation():
    with pytest.raises(ImpossibleCountError, match="issued 32 <= present 31") as refused:
        decide(count(45, 31, issued=32, agree={"An": 31}), SELECT)
    assert [broken.code for broken in refused.value.broken] == ["issued_over_present"]


@pytest.mark.parametrize("agree", [{}, {"An": 5, "Bình": 2}])
def test_only_one_proposal_is_carried_at_a_time(agree):
    with pytest.raises(ValueError, match="one proposal"):
        decide(count(10, agree=agree), CARRY)


BARRED = [
    # rule, summoned, present, barred, of them present, An -> outcome, base, what is said of it
    (TOP, 14, 14, 4, 4, 8, "over50", 14, "base_summoned barred_in_base"),
    (TOP, 14, 14, 4, 4, 7, "top2", 14, "base_summoned barred_in_base"),
    (TOP_APART, 14, 14, 4, 4, 6, "over50", 10, "base_voters barred_apart"),
    (TOP_APART, 14, 14, 4, 4, 5, "top2", 10, "base_voters barred_apart"),
    (TOP_APART, 14, 14, 0, 0, 8, "over50", 14, "base_summoned"),
    (TOP, 14, 10, 4, 0, 8, "over50", 14, "base_summoned barred_in_base"),
    (TOP, 5, 5, 3, 3, 2, "top2", 5, "base_summoned barred_in_base out_of_reach"),
    (TOP_APART, 5, 5, 3, 3, 2, "over50", 2, "base_voters barred_apart"),
    (NAMES, 5, 5, 3, 3, 2, "counted", 5, "base_summoned barred_in_base"),
]


@pytest.mark.parametrize(
    ("rule_", "summoned", "present", "barred", "came", "agree", "outcome", "base", "codes"), BARRED
)
def test_people_who_must_not_vote_are_in_the_base_as_the_edition_says(
    rule_, summoned, present, barred, came, agree, outcome, base, codes
):
    numbers = count(summoned, present, agree={"An": agree}, barred=barred, barred_present=came)
    result = decide(numbers, rule_)
    said = codes.split()

    assert (result.outcome, result.shares["An"].base) == (outcome, base)
    assert [reason.code for reason in result.reasons[1 : 1 + len(said)]] == said


@pytest.mark.parametrize(
    ("rule_", "present", "came", "met"),
    [
        (TOP, 10, 4, True),  # 10 of 14
        (TOP, 9, 4, False),
        (TOP_APART, 11, 4, True),  # 7 of 10
        (TOP_APART, 10, 4, False),
    ],
)
def test_a_quorum_is_counted_on_the_base_of_the_votes(rule_, present, came, met):
    numbers = count(14, present, barred=4, barred_present=came)

    assert quorate(numbers, rule_) is met
    assert (decide(numbers, rule_).outcome == "no_quorum") is not met


def test_a_missing_quorum_says_who_must_not_vote():
    reasons = decide(count(14, 9, barred=4, barred_present=4), TOP).reasons

    assert [reason.code for reason in reasons] == ["no_quorum", "barred_in_base"]
