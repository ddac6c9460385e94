"""Which editions bind a case, and which of their parameters it has read."""

from datetime import date, timedelta

import pytest

from processes.rules import NoEdition, Rulebook, UnknownKey, in_year

DAYS = [
    ("appointment", date(2017, 12, 19), "R105_2017"),
    ("appointment", date(2022, 8, 17), "R105_2017"),
    ("appointment", date(2022, 8, 18), "R80_2022"),
    ("appointment", date(2025, 10, 7), "R80_2022"),
    ("appointment", date(2025, 10, 8), "R377_2025"),
    ("rotation", date(2017, 10, 7), "R98_2017"),
    ("rotation", date(2022, 4, 27), "R98_2017"),
    ("rotation", date(2022, 4, 28), "R65_2022"),
    ("state_post", date(2020, 12, 1), "D138_2020"),
    ("state_post", date(2025, 6, 30), "D138_2020"),
    ("state_post", date(2025, 7, 1), "D170_2025"),
]


@pytest.mark.parametrize(("family", "on", "key"), DAYS)
def test_the_edition_of_a_day_is_the_one_in_force(
    rulebook: Rulebook, family: str, on: date, key: str
) -> None:
    assert rulebook.in_force(family, on).key == key


@pytest.mark.parametrize("family", ["appointment", "state_post"])
def test_before_the_first_edition_there_is_none(rulebook: Rulebook, family: str) -> None:
    first = min(one.effective_from for one in rulebook.editions if one.family == family)
    eve = first - timedelta(days=1)
    with pytest.raises(NoEdition, match=f"'{family}' is in force on {eve}"):
        rulebook.in_force(family, eve)


def test_a_party_post_has_no_decree(rulebook: Rulebook) -> None:
    rules = rulebook.for_case(date(2021, 9, 1), state_post=False)
    assert (rules.leading.key, rules.decree) == ("R105_2017", None)
    assert rules.get("term.years").stated_in == "R105_2017"


def test_a_state_post_follows_what_its_decree_states(rulebook: Rulebook) -> None:
    rules = rulebook.for_case(date(2021, 9, 1), state_post=True)
    assert rules.get("term.years").stated_in == "D138_2020"
    assert rules.get("deadlines.process").stated_in == "R105_2017"


def test_the_longer_bars_of_the_party_hold_for_state_posts_too(rulebook: Rulebook) -> None:
    rules = rulebook.for_case(date(2026, 1, 5), state_post=True)
    assert rules.decree is not None
    assert rules.get("discipline_bar.reprimand").stated_in == "R377_2025"


def test_a_case_keeps_the_editions_of_its_keys(rulebook: Rulebook) -> None:
    rules = rulebook.for_keys("R105_2017", "D138_2020")
    assert (rules.leading.key, rules.decree and rules.decree.key) == ("R105_2017", "D138_2020")


@pytest.mark.parametrize("keys", [("R1",), ("R80_2022", "D1")])
def test_a_case_with_an_edition_that_nobody_knows_is_refused(
    rulebook: Rulebook, keys: tuple[str, ...]
) -> None:
    with pytest.raises(UnknownKey, match="the rulebook has no"):
        rulebook.for_keys(*keys)


def test_a_case_remembers_what_it_read_and_what_of_it_is_unconfirmed(rulebook: Rulebook) -> None:
    rules = rulebook.for_keys("R80_2022")
    rules.value("quorum")
    rules.value("evaluation.years")
    assert rules.used == {"quorum", "evaluation.years"}
    assert [parameter.key for parameter in rules.unconfirmed_used()] == ["evaluation.years"]


def test_a_case_that_read_nothing_used_nothing_unconfirmed(rulebook: Rulebook) -> None:
    assert rulebook.for_keys("R377_2025", "D170_2025").unconfirmed_used() == []


def test_the_checklist_is_the_decrees_where_it_has_an_item(rulebook: Rulebook) -> None:
    items = rulebook.for_keys("R105_2017", "D138_2020").under("dossier.items")
    assert items["diplomas"].stated_in == "D138_2020"
    assert items["cv"].stated_in == "R105_2017"
    assert len(items) == len(rulebook.for_keys("R105_2017").under("dossier.items"))


@pytest.mark.parametrize(("year", "months"), [(2020, 7), (2021, 8), (2029, 9), (2030, 9)])
def test_a_row_of_a_table_holds_until_the_next(year: int, months: int) -> None:
    assert in_year({2020: 7, 2021: 8, 2023: 9}, year) == months


def test_a_year_before_the_table_has_no_row() -> None:
    with pytest.raises(KeyError):
        in_year({2020: 7}, 2019)
