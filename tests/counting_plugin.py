"""Numbers of statements are the same whatever ran before: what is prepared is not counted.

A statement is prepared at its first use, so which test pays for it depends on their order.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext


@pytest.fixture(scope="session", autouse=True)
def nothing_prepared_is_counted() -> Iterator[None]:
    captured = CaptureQueriesContext.captured_queries.fget  # type: ignore[attr-defined]

    def asked(context: Any) -> list[dict[str, str]]:
        return [one for one in captured(context) if not one["sql"].startswith("PREPARE")]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(CaptureQueriesContext, "captured_queries", property(asked))
        yield
