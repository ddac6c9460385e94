"""Each condition of procedures.md 11.2, at its edges. Numbers come from the edition in force."""

from dataclasses import replace
from datetime import date

import pytest
from dateutil.relativedelta import relativedelta

from processes.eligibility.checks import CHECKS, evaluate, retirement_day
from processes.eligibility.facts import PlanningFact, Span
from processes.eligibility.planning import nearest
from processes.rules import load
from processes.standards.conditions import Condition, Standard
from tests.eligibility.people import ON, PERSON, POST, ask, verdict

R377 = load().for_keys("R377_2025")
DAY = relativedelta(days=1)


def months(key):
    return relativedelta(months=R377.value(key))


def test_whoever_meets_every_condition_passes_every_check():
    found = evaluate(PERSON, POST, R377, ON)
    assert [check.verdict for check in found] == ["yes"] * len(CHECKS)


def test_every_check_names_where_its_rule_stands():
    found = {check.code: check for check in evaluate(PERSON, POST, R377, ON)}
    of_title = {code for code, check in found.items() if not check.rule}
    assert of_title == {"political_theory", "title_standard"}
    assert {found[code].article for code in of_title} == {POST.standard}
    assert all(check.article for check in found.values())


def test_planning_for_a_lower_title_is_not_enough():
    assert verdict("in_planning", planning=(PlanningFact(4, date(2024, 1, 15), None),)) == "no"


def test_planning_for_a_higher_title_is_enough():
    assert verdict("in_planning", planning=(PlanningFact(2, date(2024, 1, 15), None),)) == "yes"


APPROVED = date(2024, 1, 15)
PLANNED = {
    "title": PlanningFact(3, APPROVED, None, "dept_deputy", 0),
    "equivalent": PlanningFact(3, APPROVED, None, "mass_deputy", 8),
    "higher": PlanningFact(2, APPROVED, None, "dept_head", 0),
}


@pytest.mark.parametrize(
    ("planned", "told"),
    [
        (["title"], "title"),
        (["higher", "title", "equivalent"], "title"),
        (["higher", "equivalent"], "equivalent"),
        (["higher"], "higher"),
    ],
)
def test_the_planning_nearest_to_the_post_is_told(planned, told):
    found = ask("in_planning", planning=tuple(PLANNED[one] for one in planned))
    assert (found.verdict, found.facts["found"]) == ("yes", told)


def test_the_same_title_in_another_unit_is_an_equivalent_one():
    elsewhere = replace(PLANNED["title"], unit=8)
    assert ask("in_planning", planning=(elsewhere,)).facts["found"] == "equivalent"


@pytest.mark.parametrize(
    ("covers", "counts"),
    [
        ("title", {"title"}),
        ("equivalent", {"title", "equivalent"}),
        ("equivalent_or_higher", {"title", "equivalent", "higher"}),
    ],
)
def test_an_edition_may_let_less_planning_count(covers, counts):
    found = {how for how, row in PLANNED.items() if nearest([row], POST, ON, covers=covers)}
    assert found == counts


@pytest.mark.parametrize(("until", "said"), [(ON, "no"), (ON + DAY, "yes")])
def test_planning_counts_up_to_the_day_on_which_it_ends(until, said):
    assert verdict("in_planning", planning=(PlanningFact(3, date(2024, 1, 15), until),)) == said


def test_planning_that_is_approved_later_does_not_count():
    assert verdict("in_planning", planning=(PlanningFact(3, ON + DAY, None),)) == "no"


@pytest.mark.parametrize(("late", "said"), [(0, "yes"), (1, "no")])
def test_the_time_in_post_counts_to_the_day(late, said):
    since = ON - months("min_months_in_post") + late * DAY
    assert verdict("min_time_in_post", posts=(Span("a", 5, since, None),)) == said


def test_times_in_equivalent_posts_add_up():
    first = Span("a", 5, date(2021, 1, 1), date(2022, 1, 1))
    now = Span("b", 5, ON - relativedelta(months=12), None)
    assert ask("min_time_in_post", posts=(first, now)).facts["months"] == 24


def test_time_in_two_posts_at_once_counts_once():
    since = ON - relativedelta(months=13)
    posts = (Span("a", 5, since, None), Span("b", 5, since, None))
    assert ask("min_time_in_post", posts=posts).facts["months"] == 13


def test_months_that_two_posts_share_are_not_rounded_down_twice():
    change = ON - relativedelta(months=11, days=15)
    posts = (Span("a", 5, ON - relativedelta(months=24), change), Span("b", 5, change, None))
    assert verdict("min_time_in_post", posts=posts) == "yes"


def test_time_in_a_lower_post_does_not_add_up():
    posts = (Span("a", 6, date(2010, 1, 1), date(2026, 1, 1)), Span("b", 5, ON, None))
    assert verdict("min_time_in_post", posts=posts) == "no"


def test_a_first_appointment_asks_for_no_time_in_post():
    assert verdict("min_time_in_post", posts=()) == "yes"


def test_time_in_post_is_not_known_when_the_file_has_no_present_post():
    posts = (Span("a", 5, date(2010, 1, 1), date(2020, 1, 1)),)
    assert verdict("min_time_in_post", posts=posts) == "unknown"


@pytest.mark.parametrize(("late", "said"), [(0, "yes"), (1, "no")])
def test_age_must_allow_a_full_term_to_the_day(late, said):
    term = relativedelta(years=R377.value("age.full_term_years"))
    on = retirement_day(PERSON, R377) - term + late * DAY
    assert verdict("age_full_term", on=on) == said


def test_age_is_waived_for_an_equal_or_lower_post():
    old = {"born_on": date(1968, 1, 1), "posts": (Span("a", 3, date(2020, 1, 1), None),)}
    assert ask("age_full_term", **old).facts["found"] == "waived"
    assert verdict("age_full_term", post=replace(POST, rank=2), **old) == "no"


def test_age_counts_on_the_day_on_which_the_dossier_was_received():
    received = retirement_day(PERSON, R377) - relativedelta(years=5)
    found = evaluate(PERSON, POST, R377, received + DAY, counted_on=received)
    assert {c.code: c.verdict for c in found}["age_full_term"] == "yes"


def test_women_retire_by_their_own_table():
    woman = replace(PERSON, male=False, born_on=date(1966, 1, 1))
    man = replace(woman, male=True)
    assert retirement_day(woman, R377) < retirement_day(man, R377)


def test_the_retirement_age_is_that_of_the_year_in_which_it_is_reached():
    person = replace(PERSON, born_on=date(1965, 2, 1))
    assert retirement_day(person, R377) == date(2026, 8, 1)


@pytest.mark.parametrize("form", ["reprimand", "warning", "removal"])
def test_discipline_bars_up_to_the_day_of_its_form(form):
    decided = ON - months(f"discipline_bar.{form}")
    assert verdict("discipline_bar", disciplines=((form, decided),)) == "yes"
    assert verdict("discipline_bar", disciplines=((form, decided + DAY),)) == "no"


def test_an_older_bar_is_not_hidden_by_a_newer_decision_that_has_lapsed():
    disciplines = (("reprimand", date(2024, 1, 1)), ("removal", date(2023, 1, 1)))
    assert ask("discipline_bar", disciplines=disciplines).facts["form"] == "removal"


def test_the_bar_of_a_reprimand_depends_on_the_edition():
    person = replace(PERSON, disciplines=(("reprimand", ON - relativedelta(months=18)),))
    codes = ("R80_2022", "R377_2025")
    found = [evaluate(person, POST, load().for_keys(key), ON) for key in codes]
    verdicts = [next(c.verdict for c in f if c.code == "discipline_bar") for f in found]
    assert verdicts == ["yes", "no"]


def test_an_open_matter_fails():
    assert verdict("no_pending_case", pending=("Thanh tra",)) == "no"


def test_health_is_not_known_without_a_certificate():
    assert verdict("health_ok", health=()) == "unknown"


@pytest.mark.parametrize(("late", "said"), [(0, "yes"), (1, "no")])
def test_a_health_certificate_is_fresh_up_to_its_last_day(late, said):
    issued = ON - months("health.valid_months") - late * DAY
    assert verdict("health_ok", health=((issued, True),)) == said


def test_the_latest_certificate_counts():
    health = ((date(2026, 9, 1), True), (date(2026, 11, 1), False))
    assert ask("health_ok", health=health).facts["found"] == "unfit"


def test_assets_declared_but_not_verified_fail():
    assert verdict("assets_declared", declarations=((date(2025, 12, 15), None),)) == "no"


def test_assets_are_not_known_without_a_declaration():
    assert verdict("assets_declared", declarations=()) == "unknown"


@pytest.mark.parametrize(("level", "said"), [("advanced", "yes"), ("intermediate", "no")])
def test_political_theory_is_compared_with_the_standard(level, said):
    assert verdict("political_theory", theory=level) == said


def asked(*conditions):
    """The post with a standard that asks for this only."""
    return replace(POST, standards=(Standard("R365", conditions),))


def test_a_standard_without_a_level_asks_for_none():
    assert ask("political_theory", theory="none", post=asked()).facts == {"found": "not_required"}
    assert verdict("political_theory", theory="none", post=asked()) == "yes"


def test_without_a_standard_nobody_knows():
    post = replace(POST, standards=())
    assert verdict("political_theory", post=post) == verdict("title_standard", post=post)
    assert verdict("title_standard", post=post) == "unknown"


def test_too_few_degrees_fail():
    assert verdict("title_standard", post=asked(Condition("degrees", amount=2))) == "no"


def test_what_the_province_adds_counts_beside_the_general_standard():
    addition = Standard("province", (Condition("degrees", amount=2),))
    check = ask("title_standard", post=replace(POST, standards=(*POST.standards, addition)))
    assert [one[:2] for one in check.facts["conditions"]] == [["degrees", "yes"], ["degrees", "no"]]
    assert (check.verdict, check.article) == ("no", "R365; province")


@pytest.mark.parametrize(("held", "said"), [(1, "yes"), (2, "no")])
def test_terms_in_the_same_head_post_are_limited(held, said):
    assert verdict("term_limit", post=replace(POST, is_head=True, terms_held=((1, held),))) == said


def test_terms_of_others_do_not_count():
    assert verdict("term_limit", post=replace(POST, is_head=True, terms_held=((2, 9),))) == "yes"


def test_terms_of_deputies_are_not_limited():
    assert verdict("term_limit", post=replace(POST, terms_held=((1, 9),))) == "yes"


def test_one_weak_evaluation_of_the_last_years_fails():
    grades = ((2022, "failed"), (2023, "good"), (2024, "completed"), (2025, "good"))
    assert ask("last_eval", evaluations=grades).facts["low"] == "2024"


def test_a_missing_evaluation_is_named():
    check = ask("last_eval", evaluations=((2023, "good"), (2025, "good")))
    assert (check.verdict, check.facts) == ("unknown", {"missing": "2024"})
