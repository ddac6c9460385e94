"""Every parameter of every edition has a name, and every value can be read."""

import pytest
from django.utils import translation

from processes.pages.rule_words import told_rule
from processes.rules import load

EVERY = [edition.get(key) for edition in load().editions for key in edition.stated()]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_name_and_no_value_is_a_code(language):
    with translation.override(language):
        told = [told_rule(parameter) for parameter in EVERY]
    assert [one.key for one in told if one.name == one.key or not one.value] == []
    assert [one.key for one in told if "_" in f"{one.name}{one.value}"] == []


@pytest.mark.parametrize(
    ("edition", "key", "said"),
    [
        ("R377_2025", "min_months_in_post", "24 tháng"),
        ("R377_2025", "planning.required", "có"),
        ("R80_2022", "quorum", "2/3 tổng số người được triệu tập"),
        ("R80_2022", "threshold", "quá 1/2"),
        ("R80_2022", "reappointment.key_threshold", "chưa quy định"),
        ("R80_2022", "conferences.c5", "Tập thể lãnh đạo, bỏ phiếu kín"),
        ("R80_2022", "dossier.items.cv", "bắt buộc, có giá trị trong 6 tháng"),
    ],
)
def test_values_are_told_in_the_language_of_the_page(edition, key, said):
    with translation.override("vi"):
        assert told_rule(load().edition(edition).get(key)).value.startswith(said)


def test_a_table_by_year_tells_what_holds_now(monkeypatch):
    from datetime import date

    monkeypatch.setattr("processes.pages.rule_words.today", lambda: date(2024, 5, 1))
    with translation.override("en"):
        told = told_rule(load().edition("R80_2022").get("retirement_age.male"))
    assert told.value == "61 years in 2024, by year"


def test_what_an_edition_takes_over_is_not_called_checked():
    with translation.override("en"):
        told = told_rule(load().edition("R377_2025").get("assets.verification_required"))
    assert told.confidence == "taken over from an earlier edition, not confirmed for this one"


def test_where_no_article_is_known_it_is_said_and_where_there_can_be_none_nothing():
    with translation.override("en"):
        told = {
            one.key: one.article for one in map(told_rule, EVERY) if one.stated_in == "R105_2017"
        }
    assert (told["term.max_consecutive"], told["tellers_required"]) == ("article not known", "")
