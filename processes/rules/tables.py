"""Looking a value up in a table by year."""

from collections.abc import Mapping


def in_year(table: Mapping[int, int], year: int) -> int:
    """Give the row of the year: a row holds from its year on until the next one.

    Raises KeyError for a year before the first row.
    """
    rows = [first for first in table if first <= year]
    if not rows:
        raise KeyError(year)
    return table[max(rows)]
