"""Time in post, terms in a row, marks, and who is of the place."""

from datetime import date

import pytest

from processes.rotation.periods import Period, next_review, quarter_of, year_of
from processes.rotation.tenure import Held, is_local, mark_on, tenure_of

TODAY = date(2026, 6, 15)


def held(since, until=None, person=1, unit=7):
    return Held(person, unit, since, until)


def test_terms_that_follow_each_other_count_together():
    rows = [held(date(2016, 6, 1), date(2021, 6, 1)), held(date(2021, 6, 1))]
    tenure = tenure_of(1, rows, TODAY)
    assert (tenure.since, tenure.terms, tenure.months) == (date(2016, 6, 1), 2, 120)
    assert tenure.years_and_months == (10, 0)


def test_a_gap_begins_a_new_row_of_terms():
    rows = [held(date(2010, 6, 1), date(2015, 6, 1)), held(date(2021, 6, 1))]
    assert tenure_of(1, rows, TODAY).terms == 1


def test_another_persons_time_does_not_count():
    rows = [held(date(2016, 6, 1), date(2021, 6, 1), person=2), held(date(2021, 6, 1))]
    assert tenure_of(1, rows, TODAY).since == date(2021, 6, 1)


def test_whoever_has_left_holds_it_no_more():
    assert tenure_of(1, [held(date(2016, 6, 1), date(2021, 6, 1))], TODAY) is None
    assert tenure_of(2, [held(date(2016, 6, 1))], TODAY) is None


def test_the_mark_is_36_months_after_the_reception():
    assert mark_on(date(2024, 2, 29), 36) == date(2027, 2, 28)


def local(level="commune", origin=None, posts=(), years=20):
    return is_local(level, 7, origin=origin, posts=posts, years=years, on=TODAY)


def test_whoever_comes_from_there_is_of_the_place():
    assert local(origin=7) is True
    assert local(origin=8) is False


def test_twenty_years_of_work_make_one_of_the_place():
    assert local(posts=[held(date(2006, 6, 15))]) is True
    assert local(posts=[held(date(2006, 6, 16))]) is False
    assert local(posts=[held(date(2000, 1, 1), unit=8)]) is False


def test_without_a_number_of_years_only_the_origin_counts():
    assert local(posts=[held(date(1990, 1, 1))], years=None) is False


def test_an_organ_is_no_place():
    assert local(level="organ", origin=7) is None


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        (Period("quarter", 2026, 1), date(2026, 1, 1), date(2026, 3, 31)),
        (Period("quarter", 2026, 4), date(2026, 10, 1), date(2026, 12, 31)),
        (Period("year", 2026), date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_periods_have_their_days(period, first, last):
    assert (period.starts_on, period.ends_on) == (first, last)
    assert quarter_of(first).year == year_of(last).year == 2026


@pytest.mark.parametrize("wrong", [("quarter", 2026, 5), ("month", 2026, 1)])
def test_there_is_no_other_period(wrong):
    with pytest.raises(ValueError, match=r"no such|unknown"):
        Period(*wrong)


def test_the_next_review_is_at_the_end_of_the_quarter_or_year_that_follows():
    assert next_review(date(2026, 2, 10), 3) == date(2026, 3, 31)
    assert next_review(date(2026, 3, 31), 3) == date(2026, 6, 30)
    assert next_review(date(2026, 3, 31), 12) == date(2026, 12, 31)
    with pytest.raises(ValueError, match="not every 6 months"):
        next_review(TODAY, 6)
