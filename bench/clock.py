"""How things are timed: warmed up, many times, the median; the same for both sides."""

import gc
from collections.abc import Callable, Iterable
from statistics import median
from time import perf_counter
from typing import Any, TypedDict

WARM_UP = 5


class Figures(TypedDict):
    """What was found: median and fastest of a call, and how many statements it sends."""

    ms: float
    least: float
    queries: int


def milliseconds(call: Callable[[], Any]) -> float:
    """How long one call takes."""
    started = perf_counter()
    call()
    return (perf_counter() - started) * 1000


def timed(calls: Iterable[Callable[[], Any]]) -> Figures:
    """Figures of calls that differ a little, each for another person or case; each runs once."""
    calls = list(calls)
    for call in calls[:WARM_UP]:
        call()
    sent = len(queries(calls[WARM_UP]))
    gc.collect()
    taken = [milliseconds(call) for call in calls[WARM_UP + 1 :]]
    return {"ms": median(taken), "least": min(taken), "queries": sent}


def queries(call: Callable[[], Any]) -> list[str]:
    """The statements that a call sends to the database."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        call()
    return [query["sql"] for query in captured.captured_queries]
