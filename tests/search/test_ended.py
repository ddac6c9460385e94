"""A word that another one follows is ended, where there is such a word."""

import pytest

from processes.cases.models import Case
from processes.search import matching
from processes.search.models import Kind

pytestmark = [pytest.mark.stands("appraise"), pytest.mark.postgresql]


def test_a_frequent_word_before_another_is_asked_as_it_stands(standing: Case) -> None:
    words = ["pho", "giam"]
    assert matching.ended(Kind.CASE, words) == (words, 1)


def test_a_beginning_before_another_word_stays_one(standing: Case) -> None:
    assert matching.ended(Kind.CASE, ["ph", "giam"]) == (["ph", "giam"], 0)


def test_words_that_stand_come_first(standing: Case) -> None:
    assert matching.ended(Kind.CASE, ["ph", "giam", "do"]) == (["giam", "ph", "do"], 1)


def test_the_last_word_and_a_word_alone_are_beginnings(standing: Case) -> None:
    assert matching.ended(Kind.CASE, ["pho"]) == (["pho"], 0)
