"""How a page looks: readable for everybody, on a wide screen and on a narrow one."""

import os
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 360, "height": 740}
#: Where pictures of the pages go; without it none are taken.
PICTURES = os.environ.get("SCREENSHOTS", "")
#: Kinds of pages that have been seen, by whichever test came to them first.
SEEN: list[str] = []


class Looks:
    """Looks at each kind of page once."""

    seen = SEEN

    def at(self, page: Page, kind: str) -> None:
        """Check a page at both sizes, unless its kind has been seen."""
        if kind in self.seen:
            return
        self.seen.append(kind)
        page.wait_for_load_state("load")
        page.evaluate(AXE_SCRIPT)
        for size in (NARROW, WIDE):
            page.set_viewport_size(size)
            self._check(page, f"{kind}-{size['width']}")

    def _check(self, page: Page, name: str) -> None:
        if PICTURES:
            Path(PICTURES).mkdir(parents=True, exist_ok=True)
            number = self.seen.index(name.rpartition("-")[0]) + 1
            page.screenshot(path=Path(PICTURES) / f"{number:02}-{name}.png", full_page=True)
        too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert too_wide <= 0, f"{name}: {too_wide} px stand out to the side"
        found = AxeResults(page.evaluate("axe.run({resultTypes: ['violations']})"))
        assert not found.violations_count, f"{name}: {found.generate_report()}"


class NoLooks(Looks):
    """For pages without scripts: what looks at them is one."""

    def at(self, page: Page, kind: str) -> None:
        """Go on."""
