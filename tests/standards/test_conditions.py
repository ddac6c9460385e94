"""Each kind of condition at its edges; the evaluator knows no database."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils.translation import override

from processes.eligibility.facts import CadreFacts, Span
from processes.organisation.positions import StandardCondition
from processes.standards.conditions import KINDS, Condition, judge, together
from processes.standards.sentences import answer_sentence

ON = date(2026, 11, 23)
PERSON = CadreFacts(
    cadre=1,
    born_on=date(1984, 11, 23),
    male=True,
    theory="intermediate",
    degrees=1,
    posts=(
        Span("deputy", 5, date(2020, 1, 1), date(2022, 1, 1)),
        Span("section", 7, date(2022, 1, 1), None),
    ),
    evaluations=((2024, "good"), (2025, "completed")),
    party_joined_on=date(2020, 11, 24),
)


def answer(kind, person=PERSON, **asked):
    [found] = judge([Condition(kind, **asked)], person, ON)
    return found


@pytest.mark.parametrize(("kind", "asked", "said"), [
    ("degrees", {"amount": 1}, "yes"),
    ("degrees", {"amount": 2}, "no"),
    ("theory", {"level": "intermediate"}, "yes"),
    ("theory", {"level": "advanced"}, "no"),
    ("theory", {"level": "?"}, "unknown"),
    ("months_in_rank", {"rank": 5, "amount": 24}, "yes"),
    ("months_in_rank", {"rank": 5, "amount": 25}, "no"),
    ("months_in_rank", {"rank": 7, "amount": 82}, "yes"),
    ("evaluations", {"amount": 2, "level": "completed"}, "yes"),
    ("evaluations", {"amount": 2, "level": "good"}, "no"),
    ("evaluations", {"amount": 3, "level": "good"}, "unknown"),
    ("age", {"amount": 42}, "yes"),
    ("age", {"amount": 41}, "no"),
    ("party", {"amount": 71}, "yes"),
    ("party", {"amount": 72}, "no"),
])  # fmt: skip
def test_a_condition_is_met_or_not(kind, asked, said):
    assert answer(kind, **asked).verdict == said


@pytest.mark.parametrize(("kind", "person"), [
    ("months_in_rank", replace(PERSON, posts=())),
    ("evaluations", replace(PERSON, evaluations=())),
    ("party", replace(PERSON, party_joined_on=None)),
])  # fmt: skip
def test_what_the_file_does_not_say_is_not_known(kind, person):
    assert answer(kind, person, amount=1, level="good", rank=7).verdict == "unknown"


@pytest.mark.parametrize(("kinds", "said"), [
    ([("degrees", 1), ("age", 60)], "yes"),
    ([("degrees", 1), ("evaluations", 9)], "unknown"),
    ([("degrees", 2), ("evaluations", 9)], "no"),
    ([], "yes"),
])  # fmt: skip
def test_conditions_together(kinds, said):
    asked = [Condition(kind, amount=amount, level="good") for kind, amount in kinds]
    assert together(judge(asked, PERSON, ON)) == said


def test_every_kind_of_the_data_can_be_judged():
    assert set(StandardCondition.Kind.values) == set(KINDS)


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("person", [
    PERSON, replace(PERSON, posts=(), evaluations=(), party_joined_on=None)
], ids=["known", "unknown"])  # fmt: skip
def test_every_answer_has_a_sentence(kind, person, language):
    with override(language):
        said = answer_sentence(answer(kind, person, amount=2, level="advanced", rank=5))
        assert said.endswith(".")
        assert "%(" not in said


def test_a_sentence_explains_the_no():
    with override("en"):
        assert answer_sentence(answer("degrees", amount=2)) == "1 of 2 university degrees."
