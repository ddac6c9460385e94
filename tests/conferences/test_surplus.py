"""How many more than are to be elected may stand on a list (procedures.md 8.1.3 and 8.1.4)."""

from fractions import Fraction

import pytest

from processes.conferences.tally.surplus import Surplus

SURPLUS = Surplus(Fraction(3, 10), small_from=3, small_to=5, small_most=1)


@pytest.mark.parametrize(
    ("to_elect", "limit"),
    [(1, 0), (2, 0), (3, 1), (5, 1), (6, 1), (7, 2), (9, 2), (10, 3), (15, 4), (50, 15)],
)
def test_the_surplus_is_at_most_three_tenths_and_one_in_a_small_committee(
    to_elect: int, limit: int
) -> None:
    assert SURPLUS.limit(to_elect) == limit


@pytest.mark.parametrize(
    ("to_elect", "listed", "problem"),
    [
        (15, 14, "short"), (15, 15, "no_surplus"), (15, 16, ""), (15, 19, ""),
        (15, 20, "too_many"), (4, 5, ""), (4, 6, "too_many"), (1, 1, ""), (1, 2, "too_many"),
    ],
)  # fmt: skip
def test_a_list_has_a_surplus_within_its_limit(to_elect: int, listed: int, problem: str) -> None:
    assert SURPLUS.problem(to_elect, listed) == problem


@pytest.mark.parametrize(("listed", "room"), [(15, 4), (18, 1), (19, 0), (25, 0)])
def test_a_list_has_room_up_to_its_limit(listed: int, room: int) -> None:
    assert SURPLUS.room(15, listed) == room
