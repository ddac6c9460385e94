"""How a page looks: readable for everybody, on a wide screen and on a narrow one.

Where all must run, axe reads every page at both widths. Elsewhere it reads those of the main job at
both, without their colours on the narrow screen, which are the same and most of the work; of other
pages on the narrow screen only nothing may stand out to the side.
"""

import os
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Locator, Page, expect

from tests.conftest import REQUIRE_ALL

WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 360, "height": 740}
#: Where pictures of the pages go; without it none are taken.
PICTURES = os.environ.get("SCREENSHOTS", "")
CHECK = "axe.run({resultTypes: ['violations']})"
BUT_COLOURS = "axe.run({resultTypes: ['violations'], rules: {'color-contrast': {enabled: false}}})"
#: What is checked at each width.
CHECKS = {
    NARROW["width"]: CHECK if REQUIRE_ALL else BUT_COLOURS,
    WIDE["width"]: CHECK,
}
#: Kinds of pages that have been seen, by whichever test came to them first.
SEEN: list[str] = []
#: Diagrams that have been drawn, by the list they stand over and the ground.
DRAWN: set[str] = set()


class Looks:
    """Looks at each kind of page once; `thorough`: with axe on the narrow screen too."""

    seen = SEEN
    drawn = DRAWN

    def __init__(self, *, thorough: bool) -> None:
        self.thorough = thorough or REQUIRE_ALL

    def at(self, page: Page, kind: str) -> None:
        """Check a page at both sizes, unless its kind has been seen."""
        if kind in self.seen:
            return
        self.seen.append(kind)
        page.wait_for_load_state("load")
        self._see_diagrams(page)
        page.evaluate(AXE_SCRIPT)
        for size in (NARROW, WIDE):
            page.set_viewport_size(size)
            self._check(page, kind, size["width"])

    def _see_diagrams(self, page: Page) -> None:
        """Have its diagram drawn: where not all must run, each kind once on light and dark."""
        ground = page.locator("html").get_attribute("data-bs-theme")
        for diagram in page.locator("[data-diagram]").all():
            seen = f"{diagram.get_attribute('data-list')}, {ground}"
            if REQUIRE_ALL or seen not in self.drawn:
                self.drawn.add(seen)
                come_near(diagram)

    def _check(self, page: Page, kind: str, width: int) -> None:
        name = f"{kind}-{width}"
        if PICTURES:
            Path(PICTURES).mkdir(parents=True, exist_ok=True)
            number = self.seen.index(kind) + 1
            page.screenshot(path=Path(PICTURES) / f"{number:02}-{name}.png", full_page=True)
        too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert too_wide <= 0, f"{name}: {too_wide} px stand out to the side"
        if width == NARROW["width"] and not self.thorough:
            return
        found = AxeResults(page.evaluate(CHECKS[width]))
        assert not found.violations_count, f"{name}: {found.generate_report()}"


def come_near(diagram: Locator) -> None:
    """Scroll to a diagram: it is drawn when somebody comes near."""
    diagram.scroll_into_view_if_needed()
    expect(diagram).to_have_attribute("data-drawn", "yes")


class NoLooks(Looks):
    """For pages without scripts: what looks at them is one."""

    def at(self, page: Page, kind: str) -> None:
        """Go on."""
