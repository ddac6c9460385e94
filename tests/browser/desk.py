"""A browser for pages that are already written: it needs no server, and no database either.

Playwright keeps an event loop in its thread, and beside a loop Django opens another connection
to the database, which sees nothing of the test's transaction. So the browser has a thread of its
own, and gets its pages from the test: through a server that knows one page and the static files,
which a browser keeps, as it does with the site's.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from django.contrib.staticfiles import finders
from playwright.sync_api import Page, sync_playwright

from tests.conftest import CHROMIUM

STATIC = "/static/"
#: Where the desk has axe: a browser keeps it, and what it has compiled of it.
AXE = "/static/axe.js"
KEPT = {"Cache-Control": "max-age=3600"}
WIDE, NARROW = 1280, 360
FULL = "axe.run({resultTypes: ['violations']})"
#: What is not the same on dark ground.
COLOURS = "axe.run({resultTypes: ['violations'], runOnly: ['color-contrast']})"
#: Nothing is drawn: what is read here are sizes, places and colours as they were computed.
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-threaded-compositing")
DARK = "document.documentElement.dataset.bsTheme = 'dark'"


class Answer(BaseHTTPRequestHandler):
    """The page on the desk, the static files, and nothing else."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Give the page as the site has written it, or a file to keep."""
        path = urlsplit(self.path).path
        found = path.startswith(STATIC) and finders.find(path.removeprefix(STATIC))
        if path == AXE:
            self._send(200, AXE_SCRIPT.encode(), {"Content-Type": "text/javascript"} | KEPT)
        elif found:
            kind = guess_type(str(found))[0] or "application/octet-stream"
            self._send(200, Path(str(found)).read_bytes(), {"Content-Type": kind} | KEPT)
        elif path == "/page/":
            self._send(200, *self.server.page)  # type: ignore[attr-defined]
        else:
            self._send(404 if path.startswith(STATIC) else 204, b"", {})

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class Desk:
    """One browser for all pages."""

    def __init__(self, page: Page, server: ThreadingHTTPServer) -> None:
        self.page, self.server = page, server

    def look(self, body: bytes, headers: dict[str, str], dark: bool) -> list[str]:
        """What is wrong with a page: what axe finds, and what stands out to the side.

        `dark`: its colours are looked at on dark ground too.
        """
        self.server.page = (body, headers)  # type: ignore[attr-defined]
        self.page.goto(
            f"http://127.0.0.1:{self.server.server_port}/page/", wait_until="domcontentloaded"
        )
        self.page.add_script_tag(url=AXE)
        found = [*self._violations(FULL), *self._too_wide()]
        if dark:
            self.page.evaluate(DARK)
            found += (f"dark: {one}" for one in self._violations(COLOURS))
        return found

    def _violations(self, script: str) -> list[str]:
        """What axe finds, with where it stands."""
        found = self.page.evaluate(script)["violations"]
        return [f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in found]

    def _too_wide(self) -> Iterator[str]:
        """What a telephone would have to be pushed sideways for."""
        self.page.set_viewport_size({"width": NARROW, "height": 900})
        over = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        self.page.set_viewport_size({"width": WIDE, "height": 900})
        if over > 0:
            yield f"{over} px too wide at {NARROW} px"


class Seat:
    """The desk as another thread uses it."""

    def __init__(self, thread: ThreadPoolExecutor, desk: Desk) -> None:
        self.thread, self.desk = thread, desk

    def look(self, *args: Any) -> list[str]:
        """Wait for what the desk finds."""
        return self.thread.submit(self.desk.look, *args).result(timeout=60)


@contextmanager
def desk() -> Iterator[Seat]:
    """Open a browser in a thread of its own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    Thread(target=server.serve_forever, daemon=True).start()
    with server, ThreadPoolExecutor(1) as thread:
        close: list[Callable[[], None]] = []

        def begin() -> Desk:
            playwright = sync_playwright().start()
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            close.extend([browser.close, playwright.stop])
            context = browser.new_context(
                reduced_motion="reduce",
                service_workers="block",
                viewport={"width": WIDE, "height": 900},
            )
            context.set_default_timeout(20_000)
            return Desk(context.new_page(), server)

        try:
            yield Seat(thread, thread.submit(begin).result(timeout=60))
        finally:
            for one in close:
                thread.submit(one).result(timeout=60)
            server.shutdown()
