"""Words without diacritics, whatever keyboard they come from."""

import unicodedata

import pytest

from processes.search.words import beginnings, plain, words_in


@pytest.mark.parametrize(
    ("said", "found_by"),
    [
        ("Nguyễn Văn Đặng", "nguyen van dang"),
        ("Ðặng", "dang"),  # the Icelandic letter that some keyboards give
        ("ĐẶNG THỊ THƯƠNG", "dang thi thuong"),
        ("127-QĐ/TU", "127 qd tu"),
        ("  nhiều   chỗ trống ", "nhieu cho trong"),
        ("«»–!", ""),
    ],
)
def test_a_text_is_found_without_diacritics(said: str, found_by: str) -> None:
    assert plain(said) == found_by


def test_composed_and_decomposed_letters_are_the_same() -> None:
    assert plain(unicodedata.normalize("NFD", "Nguyễn")) == plain("Nguyễn") == "nguyen"


def test_a_word_counts_once() -> None:
    assert words_in("Lê lê LỀ") == ["le"]


def test_a_single_letter_narrows_only_where_nothing_else_is_said() -> None:
    assert (beginnings("Nguyễn Văn A"), beginnings("A")) == (["nguyen", "van"], ["a"])
