"""Checks of a value's shape: each takes what a file says and gives the problem, or None."""

import re
from collections.abc import Callable, Mapping
from typing import Any

Check = Callable[[Any], str | None]


def integer(minimum: int) -> Check:
    """Accept whole numbers from a minimum; YAML's yes and no are not numbers."""

    def check(value: Any) -> str | None:
        if type(value) is not int:
            return f"{value!r} is not a whole number"
        return None if value >= minimum else f"{value} is less than {minimum}"

    return check


def boolean(value: Any) -> str | None:
    """Accept true and false."""
    return None if type(value) is bool else f"{value!r} is neither true nor false"


def text(value: Any) -> str | None:
    """Accept text that says something."""
    return None if isinstance(value, str) and value.strip() else f"{value!r} is not a text"


def matching(pattern: str) -> Check:
    """Accept text that matches the whole pattern."""

    def check(value: Any) -> str | None:
        fits = isinstance(value, str) and re.fullmatch(pattern, value)
        return None if fits else f"{value!r} does not look like {pattern}"

    return check


def one_of(*choices: str) -> Check:
    """Accept one of the named choices."""

    def check(value: Any) -> str | None:
        return None if value in choices else f"{value!r} is none of {', '.join(choices)}"

    return check


def optional(check: Check) -> Check:
    """Accept null, or what the check accepts."""
    return lambda value: None if value is None else check(value)


def listing(check: Check) -> Check:
    """Accept a list with at least one entry, each of which the check accepts."""

    def check_all(value: Any) -> str | None:
        if not isinstance(value, list) or not value:
            return f"{value!r} is not a list with entries"
        return next(filter(None, map(check, value)), None)

    return check_all


def record(**fields: Check) -> Check:
    """Accept a mapping with exactly these fields."""

    def check(value: Any) -> str | None:
        if not isinstance(value, Mapping):
            return f"{value!r} is not a mapping"
        if value.keys() != fields.keys():
            return f"has the fields {_named(value)}, needs {_named(fields)}"
        problems = ((name, part(value[name])) for name, part in fields.items())
        return next((f"{name}: {problem}" for name, problem in problems if problem), None)

    return check


def part(**fields: Check) -> Check:
    """Accept a part of the whole, as `num` and `den`, that can be reached."""
    shape = record(num=integer(1), den=integer(1), **fields)

    def check(value: Any) -> str | None:
        if problem := shape(value):
            return problem
        num, den = value["num"], value["den"]
        more = "more than " if value.get("strict") else ""
        within = num < den or (num == den and not more)
        return None if within else f"{more}{num}/{den} is more than the whole"

    return check


def by_year(check: Check) -> Check:
    """Accept a mapping from years to what the check accepts."""

    def check_all(value: Any) -> str | None:
        if not isinstance(value, Mapping) or not value:
            return f"{value!r} is not a table by year"
        parts = [integer(1)(year) or check(part) for year, part in value.items()]
        return next(filter(None, parts), None)

    return check_all


def _named(fields: Mapping[Any, Any]) -> str:
    return ", ".join(sorted(map(str, fields))) or "(none)"
