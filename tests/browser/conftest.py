"""A province without cases on the live site, and its people at their browsers."""

import os
import socket
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from permissions.checks import today
from processes.demo.province import build_province
from tests.browser.live import LiveSite, host, live_site
from tests.browser.people import People
from tests.conftest import CHROMIUM
from tests.kept import built

# As long as a page is given to answer (tests.browser.people): how fast it is says nothing here.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser, for this module only: Playwright keeps an event loop in this thread.

    Tests that run a loop of their own could not go on beside it; ours talk to the database
    plainly, which Django has to be told.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def served(django_db_setup: None) -> Iterator[socket.socket]:
    """Who has read the site, and serves it anew for each test."""
    with host() as served:
        yield served


@pytest.fixture
def site(transactional_db: None, chromium: Browser, served: socket.socket) -> Iterator[LiveSite]:
    """The live site, with a province of its own."""
    built(province)
    with live_site(served) as live:
        yield live


def province() -> None:
    """The province of the demonstration as it is today."""
    build_province(today=today())


@pytest.fixture
def people(chromium: Browser, site: LiveSite, request: pytest.FixtureRequest) -> Iterator[People]:
    """Everybody of the province, nobody signed in yet; a module may ask for THOROUGH looks."""
    people = People(chromium, site, thorough=getattr(request.module, "THOROUGH", False))
    yield people
    people.leave()


@pytest.fixture
def plain_people(chromium: Browser, site: LiveSite) -> Iterator[People]:
    """The same with browsers that run no scripts."""
    people = People(chromium, site, scripts=False)
    yield people
    people.leave()
