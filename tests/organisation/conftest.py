"""Files of units, and the demo province built once for all its tests."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from processes.demo.province import Province, build_province
from tests.settled import road, world

__all__ = ["road", "world"]

Write = Callable[..., Path]


@pytest.fixture
def units_csv(tmp_path: Path) -> Write:
    """Write a file of units from its rows."""

    def write(
        *rows: str, heading: str = "code,name,level,parent_code", name: str = "u.csv"
    ) -> Path:
        path = tmp_path / name
        path.write_text("\n".join([heading, *rows]) + "\n", "utf-8")
        return path

    return write


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Province]:
    """The demo province; taken back when the last test of the module is done."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_province()
        transaction.set_rollback(True)
