"""What a person reads about a vote, in English; the decimal sign follows the language."""

from fractions import Fraction

import pytest
from django.utils.translation import override

from processes.conferences.sentences import (
    INEQUALITIES,
    REASONS,
    explain,
    inequality_text,
    percent,
    share_text,
)
from processes.conferences.tally import Share, check, decide
from tests.conferences.rules import CARRY, CONSULT, SELECT, TOP, TOP_APART, count
from tests.conferences.test_slips import BROKEN
from tests.conferences.test_tally import OUTCOMES


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def share(agree, base, threshold=Fraction(1, 2)):
    fraction = Fraction(agree, base)
    return Share(agree, base, fraction, fraction > threshold, fraction == threshold, threshold)


def test_a_share_is_printed_with_its_base():
    assert share_text(share(31, 45)) == "31/45 summoned = 68.9%"


def test_a_share_has_a_decimal_comma_in_vietnamese():
    with override("vi"):
        assert percent(share(31, 45)) == "68,9"


@pytest.mark.parametrize(
    ("agree", "base", "text"),
    [
        (1, 2, "50.0"),
        (0, 7, "0.0"),
        (7, 7, "100.0"),
        (1, 3, "33.3"),
        (1, 16, "6.3"),  # 6.25: halves go up, also where binary or bankers' rounding goes down
        (1, 800, "0.1"),
        (3, 800, "0.4"),
        (10001, 20000, "50.01"),
        (100001, 200000, "50.001"),
        (1999, 4000, "49.98"),
    ],
)
def test_a_percentage_is_rounded_half_up_and_kept_apart_from_half(agree, base, text):
    assert percent(share(agree, base)) == text


def test_a_percentage_is_kept_apart_from_two_thirds():
    assert percent(share(667, 1000, Fraction(2, 3))) == "66.70"


@pytest.mark.parametrize(
    ("rule", "numbers", "sentence"),
    [
        (SELECT, count(45, agree={"An": 31}), "The highest of those above the threshold is "),
        (SELECT, count(10, agree={"An": 5}), "Exactly 1/2 of those summoned: AN. The head "),
        (SELECT, count(45, 29), "There is no quorum: 29 of 45 people summoned are present, "),
        (TOP, count(10, agree={"An": 4, "Chi": 3}), "In that case the highest go on, at most 2: "),
        (CARRY, count(45, agree={"An": 31}), "Approved with more than 1/2 of those summoned: 31/"),
    ],
)
def test_the_last_rule_applied_is_said_in_a_sentence(rule, numbers, sentence):
    reason = decide(numbers, rule).reasons[-1]

    assert explain(reason, name=str.upper).startswith(sentence)


@pytest.mark.parametrize("row", OUTCOMES)
def test_every_reason_has_its_sentence_without_a_gap(row):
    rule, summoned, agree, *_ = row
    for reason in decide(count(summoned, agree=agree), rule).reasons:
        sentence = explain(reason)
        assert sentence.endswith(".")
        assert "%(" not in sentence


def test_every_sentence_is_used_by_some_vote():
    rows = [(count(summoned, agree=agree), rule) for rule, summoned, agree, *_ in OUTCOMES]
    few = count(9, barred=5, barred_present=5)
    rows += [(count(45, 29), TOP), (few, TOP), (few, TOP_APART)]
    results = [decide(*row) for row in rows]

    assert {reason.code for result in results for reason in result.reasons} == set(REASONS)


def test_every_equation_that_can_fail_has_its_sentence():
    codes = {code for _, _, (code, _) in BROKEN}

    assert codes == {*INEQUALITIES, "negative"}


@pytest.mark.parametrize(
    ("numbers", "rule", "text"),
    [
        (
            count(9, barred=2, barred_present=2, issued=8, collected=7),
            TOP,
            "issued ≤ present people who may vote does not hold: 8 slips issued, 9 people present, "
            "2 of them without a vote.",
        ),
        (count(45, 31, issued=32), TOP, "issued ≤ present does not hold: 32 slips issued, 31 "),
        (count(9, agree={"an": 10}), CONSULT, "agree ≤ valid does not hold for AN: 10 votes on 9"),
        (count(9, invalid=1, blank=-1), TOP, "Blank slips: -1 is negative."),
        (count(9, agree={"an": -1}), TOP, "Agree, AN: -1 is negative."),
    ],
)
def test_a_broken_equation_is_said_with_what_to_do(numbers, rule, text):
    (broken,) = check(numbers, rule)

    assert inequality_text(broken, name=str.upper).startswith(text)
    assert inequality_text(broken).endswith(".")
