"""Medians, periods and heat: arithmetic that needs no database."""

from datetime import date

import pytest

from processes.figures.reading import Histogram, Period, heat, months_of


@pytest.mark.parametrize(
    ("numbers", "median"),
    [
        ({}, None),
        ({3: 1}, 3),
        ({1: 1, 4: 1}, 2.5),
        ({1: 1, 4: 2}, 4),
        ({0: 5, 9: 1}, 0),
        ({2: 2, 3: 2}, 2.5),
    ],
)
def test_the_median_of_a_histogram(numbers, median):
    histogram = Histogram()
    histogram.numbers.update(numbers)
    assert histogram.median == median


def test_a_period_is_of_whole_months_and_follows_the_one_before():
    period = Period.of(3, date(2026, 2, 17))
    assert (period.first, period.last) == (date(2025, 12, 1), date(2026, 2, 1))
    assert (period.before.first, period.before.last) == (date(2025, 9, 1), date(2025, 11, 1))
    assert len(months_of(period)) == 3


@pytest.mark.parametrize(("value", "expected"), [(None, 0), (0, 0), (1, 1), (5, 3), (8, 4)])
def test_the_longest_step_is_the_hottest(value, expected):
    assert heat([1, 5, 8, None], value) == expected
