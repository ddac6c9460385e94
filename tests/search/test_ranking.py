"""What a person most likely means comes first."""

import pytest

from processes.search.ranking import Row, ranked


def order(text: str, *heads: str) -> list[str]:
    """The heads in the order in which they are shown; the newest stand last before."""
    rows = [Row(number, head, "Sở Nội vụ 012345") for number, head in enumerate(heads)]
    return [row.head for row in ranked(rows, text)]


@pytest.mark.parametrize(
    ("typed", "first", "second"),
    [
        ("an", "Lê Văn An", "Lê Văn Anh"),  # a whole word before a beginning
        ("dang", "Đặng Thị Hoa", "Hoàng Văn Đặng"),  # at the beginning of the name
        ("đăng", "Đăng Văn Bình", "Đặng Văn Bình"),  # as it was typed
        ("van binh", "Lê Văn Bình", "Bình Thị Văn"),  # in this order
        ("le binh", "Lê Bình", "Lê Văn Bình Minh"),  # nothing else in it
        ("noi vu", "Giám đốc Sở Nội vụ", "Trưởng phòng"),  # in the name before beside it
    ],
)
def test_the_better_one_comes_first(typed: str, first: str, second: str) -> None:
    assert order(typed, first, second) == [first, second] == order(typed, second, first)


def test_of_equally_good_ones_the_newest_comes_first() -> None:
    rows = [Row(1, "Lê Văn An", ""), Row(2, "Lê Văn An", "")]
    assert [row.ref for row in ranked(rows, "le van an")] == [2, 1]
