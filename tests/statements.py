"""How many statements something sends."""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext


def statements_of(action: Callable[[], object]) -> list[str]:
    """What it sends; that a connection prepares a statement at its first use is not counted."""
    with CaptureQueriesContext(connection) as sent:
        action()
    said = [query["sql"] for query in sent.captured_queries]
    return [sql for sql in said if not sql.startswith("PREPARE")]
