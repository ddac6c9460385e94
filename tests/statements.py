"""How many statements something sends."""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext


def statements_of(action: Callable[[], object]) -> list[str]:
    """What it sends to the database."""
    with CaptureQueriesContext(connection) as sent:
        action()
    return [query["sql"] for query in sent.captured_queries]
