"""What rotation asks of a person besides the conditions of an appointment."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from processes.eligibility.checks import Check, evaluate
from processes.eligibility.facts import PlanningFact, Span
from processes.eligibility.sentences import check_sentence
from processes.rotation.checks import PURPOSES, ROTATION_CHECKS
from processes.rules import load
from tests.eligibility.people import ON, PERSON, POST

#: Fifty years old on that day: nine years to retirement for a woman, eleven for a man.
FIFTY = date(1976, 1, 1)
LOWER = (Span("section_head", 5, date(2020, 1, 1), None, 7),)
HEAD = replace(POST, is_head=True, unit=9, level="commune", rank=5)


def ask(
    code: str,
    *,
    purpose: str = "training",
    post: Any = POST,
    edition: str = "R65_2022",
    **facts: Any,
) -> Check:
    rules = load().for_keys(edition, "R377_2025")
    said = {"plan": {"purpose": purpose}}
    person = replace(PERSON, **facts)
    found = evaluate(person, post, rules, ON, also=ROTATION_CHECKS, said=said)
    return next(check for check in found if check.code == code)


def verdict(code: str, **given: Any) -> str:
    return ask(code, **given).verdict


@pytest.mark.parametrize("check", ROTATION_CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("purpose", PURPOSES)
def test_each_check_tells_what_it_found(check: Any, purpose: str) -> None:
    found = ask(check.__name__, purpose=purpose)
    said = check_sentence(vars(found))
    assert said.endswith(".")
    assert "%(" not in said


@pytest.mark.parametrize(
    ("male", "purpose", "said"),
    [(True, "training", "yes"), (False, "training", "no"), (False, "non_local", "yes"),
     (False, "two_terms", "yes")],
)  # fmt: skip
def test_ten_years_are_left_or_one_term_for_special_purposes(
    male: bool, purpose: str, said: str
) -> None:
    assert verdict("remaining_time", purpose=purpose, born_on=FIFTY, male=male) == said


def test_the_time_that_is_left_is_counted_to_the_day() -> None:
    retires = ask("remaining_time").facts["retires"]
    last = date.fromisoformat(retires)
    born = PERSON.born_on
    years = ON.year + 10 - last.year
    same = date(born.year + years, ON.month, ON.day)
    assert verdict("remaining_time", born_on=same) == "yes"


@pytest.mark.parametrize(("purpose", "said"), [("training", "no"), ("two_terms", "yes")])
def test_planning_is_asked_for_training_only(purpose: str, said: str) -> None:
    assert verdict("planned_cadre", purpose=purpose, planning=()) == said


def test_planning_for_whatever_title_will_do() -> None:
    lowest = (PlanningFact(9, date(2024, 1, 15), None),)
    assert verdict("planned_cadre", planning=lowest) == "yes"


def test_a_planning_that_has_ended_does_not_count() -> None:
    over = (PlanningFact(3, date(2020, 1, 15), date(2025, 1, 1)),)
    assert verdict("planned_cadre", planning=over) == "no"


@pytest.mark.parametrize(("grade", "said"), [("good", "no"), ("excellent", "yes")])
def test_a_higher_post_is_for_outstanding_cadres(grade: str, said: str) -> None:
    grades = ((2023, "good"), (2024, "good"), (2025, grade))
    assert verdict("equal_post", posts=LOWER, evaluations=grades) == said


def test_an_equal_post_asks_for_no_grade() -> None:
    post = replace(POST, rank=5)
    assert verdict("equal_post", post=post, posts=LOWER, evaluations=()) == "yes"


def test_whose_post_is_not_on_file_is_not_judged() -> None:
    assert verdict("equal_post", posts=()) == "unknown"


@pytest.mark.parametrize(("edition", "said"), [("R98_2017", "no"), ("R65_2022", "yes")])
def test_weak_cadres_were_barred_until_2022(edition: str, said: str) -> None:
    grades = ((2023, "good"), (2024, "good"), (2025, "failed"))
    assert verdict("not_weak", edition=edition, evaluations=grades) == said


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"origin": 9}, "no"),
        ({"origin": 8}, "yes"),
        ({"posts": (Span("a", 5, date(2000, 1, 1), date(2021, 1, 1), 9),)}, "no"),
        ({"posts": (Span("a", 5, date(2002, 1, 1), date(2021, 1, 1), 9),)}, "yes"),
    ],
)
def test_the_head_of_a_locality_is_not_of_the_place(facts: dict[str, Any], said: str) -> None:
    assert verdict("non_local", purpose="non_local", post=HEAD, **facts) == said


@pytest.mark.parametrize(
    ("purpose", "post"),
    [("training", HEAD), ("non_local", replace(HEAD, is_head=False)),
     ("non_local", replace(HEAD, level="organ"))],
)  # fmt: skip
def test_the_place_is_asked_only_of_heads_of_localities(purpose: str, post: Any) -> None:
    assert verdict("non_local", purpose=purpose, post=post, origin=9) == "yes"
