"""A rule is built from the parameters of an edition, and from nothing else."""

from fractions import Fraction

import pytest

from processes.conferences.tally import Rule
from tests.conferences.rules import QUORUM, THRESHOLD, TIE

CONFERENCE = {"rule": "over_half_highest", "ballot": "one_name", "at_half": "head_decides"}


def build(conference=CONFERENCE, quorum=QUORUM, threshold=THRESHOLD, base="summoned", **others):
    return Rule.from_parameters(conference, quorum, threshold, base, **{**LAST, **others})


LAST = {"top_n": 2, "tie": TIE}

UNUSABLE = [
    ({"conference": {**CONFERENCE, "rule": "acclamation"}}, "rule"),
    ({"conference": {**CONFERENCE, "ballot": "ranked"}}, "ballot"),
    ({"conference": {**CONFERENCE, "at_half": "coin"}}, "at_half"),
    ({"quorum": {"num": 0, "den": 3}}, "quorum.num"),
    ({"quorum": {"num": 4, "den": 3}}, "quorum"),
    ({"quorum": {"num": 2, "den": 3, "of": "present"}}, "quorum.of"),
    ({"threshold": {"num": 1, "den": 2}}, "threshold.strict"),
    ({"threshold": {"num": 0.5, "den": 1, "strict": True}}, "threshold.num"),
    ({"base": "present"}, "vote_base"),
    ({"top_n": 0}, "top_n"),
    ({"top_n": True}, "top_n"),
    ({"tie": "lottery"}, "tie_for_last_place"),
]


def test_a_rule_holds_the_numbers_of_its_edition_as_exact_fractions():
    rule = build()

    assert (rule.quorum, rule.threshold, rule.strict) == (Fraction(2, 3), Fraction(1, 2), True)
    assert (rule.kind, rule.ballot, rule.at_half) == tuple(CONFERENCE.values())


def test_an_edition_may_say_nothing_about_exactly_half():
    assert build(conference={"rule": "over_half", "ballot": "none"}).at_half is None


@pytest.mark.parametrize(("parameters", "key"), UNUSABLE)
def test_a_parameter_that_cannot_be_applied_is_named(parameters, key):
    with pytest.raises(ValueError, match=f"^{key}: "):
        build(**parameters)
