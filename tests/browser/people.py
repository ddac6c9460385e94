"""People at the site, each with a browser of their own; they see and press what anybody would."""

from functools import cached_property
from typing import Any, Literal

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from processes.pages.sign_in import PASSWORD
from tests.browser.live import LiveSite
from tests.browser.looks import WIDE, Looks, NoLooks

#: What a page has to be before somebody goes on: read, and its scripts run.
READY: Literal["domcontentloaded"] = "domcontentloaded"
Value = str | int | list[int]


class Person:
    """Somebody who is signed in."""

    def __init__(self, page: Page, looks: Looks) -> None:
        self.page, self.looks = page, looks

    def visit(self, address: str) -> None:
        """Open a page; its scripts have run."""
        self.page.goto(address, wait_until=READY)

    def leave(self) -> None:
        """Turn away: an open page would hear of all that others do, and ask anew each time.

        To a file of the site: for another site the browser begins anew.
        """
        self.page.goto("/static/css/tokens.css")

    def look(self, kind: str) -> None:
        """Stop and look at a new kind of page."""
        self.looks.at(self.page, kind)

    def row(self, code: str, tab: str) -> Locator:
        """The line of a case in the inbox."""
        self.visit(f"/inbox/?tab={tab}")
        return self.page.locator("#inbox-rows tbody tr", has_text=code)

    def take(self, code: str) -> None:
        """Take the task of a case out of the inbox; its page opens."""
        row = self.row(code, "take")
        self.look("inbox")
        row.locator("button[id^=take-]").click()
        self.page.wait_for_url("**/tasks/*/", wait_until=READY)

    def open(self, code: str) -> None:
        """Open a task that is the person's own."""
        self.row(code, "mine").locator(".row-buttons a.btn-primary").click()

    def send(self, part: str = "", **fields: Value) -> None:
        """Fill in a form and send it; the site has nothing against it.

        The form is known by its fields, or by the part of a conference that it sends.
        """
        known_by = f"[name=part][value={part}]" if part else f"[name={next(iter(fields))}]"
        form = self.page.locator(f"main form:has({known_by})")
        for name, value in fields.items():
            fill(form.locator(f"[name='{name}']"), value)
        form.locator("button.btn-primary").click()
        self.page.wait_for_load_state(READY)
        refusal = self.page.locator(".field-errors, .alert-danger, .refusal-reason")
        assert not refusal.all_inner_texts()

    def fields(self, prefix: str) -> list[str]:
        """The names of the fields on the page that begin so, in their order."""
        fields = self.page.locator(f"main [name^={prefix}]")
        return fields.evaluate_all("all => all.map(one => one.name)")


class People:
    """Everybody's browsers, and what these complained about."""

    def __init__(
        self, browser: Browser, site: LiveSite, *, scripts: bool = True, thorough: bool = False
    ) -> None:
        self.browser, self.site, self.scripts = browser, site, scripts
        self.looks = (Looks if scripts else NoLooks)(thorough=thorough)
        self.known: dict[str, Person] = {}
        self.complaints: list[str] = []

    def __getitem__(self, username: str) -> Person:
        """Somebody of the demonstration, signed in: the first one with a click on the page."""
        if username not in self.known:
            self.known[username] = self._signed_in(username)
        return self.known[username]

    @cached_property
    def paper(self) -> bytes:
        """A small paper as a PDF, as a browser prints it."""
        return self.browser.new_page().pdf()

    def leave(self) -> None:
        """Close all browsers."""
        for context in self.browser.contexts:
            context.close()

    def _signed_in(self, username: str) -> Person:
        page = self._context().new_page()
        person = Person(page, self.looks)
        if self.known:  # how that is done has been seen
            page.context.add_cookies([self._session(username)])
            return person
        person.visit("/sign-in/")
        person.look("sign-in")
        number = self.site.account(username).pk
        page.locator(f"form[action='/sign-in/as/{number}/'] button").first.click()
        page.wait_for_url("**/inbox/", wait_until=READY)
        return person

    def _session(self, username: str) -> Any:
        """The cookie of somebody who is signed in."""
        client, name = Client(), settings.SESSION_COOKIE_NAME
        client.force_login(self.site.account(username), backend=PASSWORD)
        return {"name": name, "value": client.cookies[name].value, "url": self.site.address}

    def _context(self) -> BrowserContext:
        context = self.browser.new_context(
            base_url=self.site.address,
            viewport=WIDE,
            locale="vi-VN",
            reduced_motion="reduce",
            java_script_enabled=self.scripts,
        )
        context.set_default_timeout(30_000)
        context.on("weberror", lambda error: self._complain(error.error))
        context.on("console", self._hear)
        return context

    def _hear(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            where = message.page.url if message.page else ""
            self._complain(f"{where}: {message.text} {message.location}")

    def _complain(self, text: object) -> None:
        self.complaints.append(str(text))


def fill(field: Locator, value: Value) -> None:
    """Put a value where it belongs: typed in, picked or ticked."""
    kind = field.first.evaluate("element => element.type")
    if kind in ("radio", "checkbox"):
        for one in value if isinstance(value, list) else [value]:
            field.and_(field.page.locator(f"[value='{one}']")).check()
    elif kind == "select-one":
        field.select_option(str(value))
    else:
        field.fill(str(value))
