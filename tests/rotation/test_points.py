"""Points on the scale of 100, and the levels that they mean."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processes.rotation.points import Delivered, Sum, Wanted, level_of, line_of, sum_up
from processes.rules import load

DUE = date(2026, 3, 31)
BEFORE, AFTER, LATER = date(2026, 3, 1), date(2026, 4, 5), date(2026, 4, 10)
QUARTER = {"since": date(2026, 1, 1), "until": DUE}


def product(amount, score, on=BEFORE):
    return Delivered(Decimal(amount), score, on)


def item(*accepted, target=10, weight=100, due_on=DUE, number=1):
    return Wanted(number, Decimal(target), weight, due_on, accepted)


def points(*accepted, **fields):
    return line_of(item(*accepted, **fields), by=LATER).points


def total(*items, by=LATER):
    return sum_up(items, **QUARTER, by=by).total


def levels(day):
    edition = load().in_force("evaluation", day)
    return {
        name: edition.get(f"review.{name}").value for name in ("excellent", "good", "completed")
    }


def level(points_of, late=0, undone=0, of=5):
    """The level under Regulation 366 of a result with so many late and undone items of five."""
    from processes.rotation.points import Line

    lines = tuple(
        Line(n, 20, Decimal(points_of), done=n >= undone, late=n < late) for n in range(of)
    )
    return level_of(Sum(Decimal(points_of), lines), levels(date(2026, 1, 1)))


def test_a_product_of_the_whole_target_earns_its_score():
    assert points(product(10, 84)) == 84


def test_what_is_missing_earns_nothing():
    assert points(product(5, 80)) == 40
    assert points() == 0


def test_several_products_count_by_their_amount():
    assert points(product(5, 100), product(5, 50)) == 75


def test_more_than_the_target_earns_no_more_than_its_score():
    assert points(product(30, 90)) == 90


def test_a_product_that_comes_after_the_day_of_the_review_does_not_count():
    assert line_of(item(product(10, 90, on=LATER)), by=AFTER).points == 0


def test_an_item_is_late_when_it_was_not_whole_on_the_day_it_was_due():
    assert line_of(item(product(10, 90, on=DUE)), by=AFTER).late is False
    assert line_of(item(product(9, 90), product(1, 90, on=AFTER)), by=AFTER).late is True
    assert line_of(item(), by=DUE).late is False


def test_items_are_weighed():
    heavy = item(product(10, 100), weight=70)
    light = item(product(10, 50), weight=30, number=2)
    assert total(heavy, light) == 85


def test_only_what_is_due_in_the_period_is_reviewed():
    assert total(item(product(10, 90)), item(due_on=date(2026, 4, 1), number=2)) == 90


def test_without_anything_due_there_are_no_points_and_no_level():
    nothing = sum_up([], **QUARTER, by=LATER)
    assert nothing.total is None
    assert level_of(nothing, levels(date(2026, 1, 1))) == ""


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        ("100", "excellent"), ("90", "excellent"), ("89.99", "good"), ("70", "good"),
        ("69.99", "completed"), ("50", "completed"), ("49.99", "failed"), ("0", "failed"),
    ],
)  # fmt: skip
def test_the_levels_of_regulation_366_begin_at_90_70_and_50_points(result, expected):
    assert level(result) == expected


def test_whoever_is_late_with_one_of_five_has_only_completed_the_task():
    assert level("95", late=1) == "completed"


def test_more_than_a_fifth_late_is_not_completed():
    assert level("95", late=2) == "failed"


def test_whoever_leaves_something_undone_has_not_completed_the_task():
    assert level("95", late=1, undone=1) == "failed"


def test_levels_before_regulation_366_are_marked_as_unknown():
    former = load().in_force("evaluation", date(2024, 1, 1))
    assert former.key == "R124_2023"
    assert not former.get("review.good").confirmed


amounts = st.decimals("0.01", 1000, places=2)
deliveries = st.builds(
    Delivered, amounts, st.integers(0, 100), st.dates(date(2026, 1, 1), date(2026, 12, 31))
)
items = st.builds(
    Wanted, st.integers(1, 99), amounts, st.integers(1, 100),
    st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.lists(deliveries, max_size=5).map(tuple),
)  # fmt: skip


@given(st.lists(items, max_size=6), st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_points_stay_between_nothing_and_a_hundred(wanted, by):
    result = sum_up(wanted, since=date(2026, 1, 1), until=date(2026, 12, 31), by=by)
    assert result.total is None or 0 <= result.total <= 100
    assert 0 <= result.late_percent <= 100


@given(items, deliveries)
def test_a_further_product_never_makes_an_item_undone(wanted, more):
    grown = Wanted(
        wanted.item, wanted.target, wanted.weight, wanted.due_on, (*wanted.accepted, more)
    )
    last = date(2026, 12, 31)
    assert line_of(grown, by=last).done >= line_of(wanted, by=last).done
