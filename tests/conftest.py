"""What all tests share: which services they need, and that none is skipped where all must run."""

import gc
import os
import shutil
import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import settings

from tests import outcomes
from tests.counting_plugin import nothing_prepared_is_counted  # noqa: F401 -- autouse
from tests.schema_plugin import (  # noqa: F401 -- fixtures of pytest-django, done otherwise
    django_db_setup,
    django_db_use_migrations,
)
from tests.trail_plugin import flush_empties_the_trail  # noqa: F401 -- an autouse fixture

REQUIRE_ALL = bool(os.environ.get("REQUIRE_ALL"))
REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/0")
#: The first of these that is here; the shell draws and runs a page as the others do, with less
#: work, since it has no window around it.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "chrome")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)

#: What takes longest begins first: no worker then waits for another at the end.
LONGEST = ("tests/browser/test_main_job", "tests/browser/", "tests/demo/", "tests/urls/")

# How long an example takes says nothing where tests share a machine.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")


def listening(url: str) -> bool:
    """Whether anybody answers at this address."""
    address = urlsplit(url)
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((address.hostname or "", address.port or 0)) == 0


def lacking(item: pytest.Item) -> str | None:
    """Why this test cannot run here."""
    from django.db import connection

    if item.get_closest_marker("postgresql") and connection.vendor != "postgresql":
        return "needs PostgreSQL: set DATABASE_URL"
    if item.get_closest_marker("sqlite") and connection.vendor != "sqlite":
        return "needs SQLite: unset DATABASE_URL"
    if item.get_closest_marker("redis") and not listening(REDIS):
        return "needs Redis: start one, or set TEST_REDIS_URL"
    if item.get_closest_marker("browser") and not CHROMIUM:
        return "needs Chromium: install it"
    return None


def pytest_configure(config: pytest.Config) -> None:
    """Collect rubbish seldom: cases leave hardly any that is not freed by itself."""
    gc.set_threshold(100_000, 10, 10)
    outcomes.register(config)


def pytest_collection_finish() -> None:
    """Do not look through modules and tests again each time; a sixth of the whole time was that."""
    gc.collect()
    gc.freeze()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database-only", action="store_true", help="leave out tests that touch no database"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Ask for the database where a module's cases stand; leave out what touches none, if asked.

    pytest-django sets a database up only for tests that name it. A road is wider than a test:
    without this it would walk in the development database.
    """
    for item in items:
        if "road" in getattr(item, "fixturenames", ()) and "db" not in item.fixturenames:
            item.fixturenames.append("db")
    items.sort(key=lambda item: [not item.nodeid.startswith(start) for start in LONGEST])
    if not config.getoption("--database-only"):
        return
    needs = {"db", "transactional_db", "road", "demo", "live_server", "redis_url", "chromium"}
    marks = ("django_db", "postgresql", "redis", "browser")
    kept = [
        item
        for item in items
        if needs & set(getattr(item, "fixturenames", ()))
        or any(map(item.get_closest_marker, marks))
    ]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def pytest_runtest_setup(item: pytest.Item) -> None:
    if reason := lacking(item):
        pytest.skip(reason)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[Any]:
    return forbid_skip((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[Any]:
    return forbid_skip((yield))


def forbid_skip(report: Any) -> Any:
    """Where everything must run, a skipped test has failed."""
    if REQUIRE_ALL and report.outcome == "skipped" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Nothing may be skipped here: {report.longrepr}"
    return report


def pytest_sessionfinish() -> None:
    """Papers that tests uploaded go with them."""
    from django.conf import settings

    shutil.rmtree(settings.DOCUMENT_ROOT, ignore_errors=True)


@pytest.fixture
def redis_url() -> str:
    return REDIS
