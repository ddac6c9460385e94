"""Every answer of a check has its words, in both languages."""

from dataclasses import asdict, replace
from datetime import date

import pytest
from django.utils import translation

from processes.eligibility import sentences
from processes.eligibility.checks import CHECKS
from processes.eligibility.facts import Span
from processes.eligibility.sentences import check_sentence, check_title
from processes.rotation.checks import ROTATION_CHECKS
from tests.eligibility.people import POST, ask

DISCIPLINED = {"disciplines": (("warning", date(2026, 1, 31)),)}


def told(code, language="en", **given):
    with translation.override(language):
        return check_sentence(asdict(ask(code, **given)))


def test_every_check_has_a_title():
    assert all(check_title(check.__name__) != check.__name__ for check in CHECKS)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_a_condition_that_is_met_is_told_in_a_sentence(check, language):
    said = told(check.__name__, language)
    assert said.endswith(".")
    assert "%(" not in said


@pytest.mark.parametrize(
    ("code", "facts"),
    [
        ("in_planning", {"planning": ()}),
        ("min_time_in_post", {"posts": ()}),
        ("min_time_in_post", {"posts": (Span("a", 5, date(2026, 1, 1), None),)}),
        ("age_full_term", {"born_on": date(1968, 1, 1)}),
        ("discipline_bar", DISCIPLINED),
        ("no_pending_case", {"pending": ("Thanh tra",)}),
        ("health_ok", {"health": ()}),
        ("health_ok", {"health": ((date(2026, 10, 1), False),)}),
        ("assets_declared", {"declarations": ((date(2025, 12, 15), None),)}),
        ("political_theory", {"theory": "none"}),
        ("title_standard", {"degrees": 0}),
        ("title_standard", {"post": replace(POST, standards=())}),
        ("term_limit", {"post": replace(POST, is_head=True, terms_held=((1, 2),))}),
        ("last_eval", {"evaluations": ()}),
    ],
)
def test_a_condition_that_is_not_met_says_what_was_found(code, facts):
    assert told(code, **facts) not in {"", told(code)}


def test_days_are_written_as_the_reader_writes_them():
    assert "31/01/2026" in told("discipline_bar", "vi", **DISCIPLINED)


def test_no_sentence_is_left_over():
    answers = {"yes", "no", "unknown", "first", "waived", "unfit", "not_required", "not_head"}
    answers |= {"outstanding", "title", "equivalent", "higher"}
    codes = {check.__name__ for check in (*CHECKS, *ROTATION_CHECKS)}
    kept = {tuple(key.split(".")) for key in sentences._FOUND}
    assert {code for code, _answer in kept} == codes
    assert {answer for _code, answer in kept} <= answers
