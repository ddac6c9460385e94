"""Every page under every address: readable for everybody, in both languages, light and dark.

Each page is looked at in Vietnamese, on a telephone too; where all must run, once more for its
colours on dark ground, and the English one in the same way (dark pages of a day's work are looked
at in any case, in test_mornings.py). AXE_REPORT names a file for what was found.

The addresses are those of the table of rights, which names every address there is; whoever gets
an answer there looks at it. What is no page (a file, a redirect) says so by its answer.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.browser.desk import Seat, desk
from tests.conftest import REQUIRE_ALL
from tests.pages.conftest import Browser, browser
from tests.road import road, standing, walk, world
from tests.urls.conftest import PERSONAS
from tests.urls.test_every_url import EXPECTED, addresses

__all__ = ["addresses", "browser", "road", "standing", "walk", "world"]

pytestmark = [pytest.mark.browser, pytest.mark.stands("appraise")]

#: People of the table who are nobody's relatives, in the order in which they are asked.
LOOKERS = ("oc", "cl", "he", "in", "ad", "or", "an")
LANGUAGES = ("vi", "en") if REQUIRE_ALL else ("vi",)
#: The administration is Django's own: its pages are looked at in its own colours only.
FOREIGN = ("admin:index",)


def looker(name: str) -> str:
    """Who gets an answer under an address; empty where nobody does."""
    return next((PERSONAS[key] for key in LOOKERS if EXPECTED[name][key] == 200), "")


NAMES = [name for name in EXPECTED if looker(name)]


@pytest.fixture(scope="module")
def seat() -> Iterator[Seat]:
    with desk() as seat:
        yield seat


@pytest.fixture(scope="module")
def report() -> Iterator[dict[str, list[str]]]:
    """What was found under each address, for AXE_REPORT and for whoever watches."""
    found: dict[str, list[str]] = {}
    yield found
    print(f"\naxe: {len(found)} pages, each in {', '.join(LANGUAGES)},"  # noqa: T201
          f" {sum(map(len, found.values()))} violations")  # fmt: skip
    if path := os.environ.get("AXE_REPORT"):
        Path(path).write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")


def is_page(answer: Any) -> bool:
    """No file, and no piece of a page."""
    return answer.headers["Content-Type"].startswith("text/html") and b"<html" in answer.content


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_readable_for_everybody(
    name: str, addresses: dict[str, str], browser: Browser, seat: Seat, report: Any
) -> None:
    who = looker(name)
    client = Client() if who == "anonymous" else browser(who)
    found: list[str] = []
    for language in LANGUAGES:
        client.cookies["django_language"] = language
        answer = client.get(addresses[name])
        if not is_page(answer):
            return
        assert f'<html lang="{language}"' in answer.text
        dark = REQUIRE_ALL and name not in FOREIGN
        wrong = seat.look(answer.content, dict(answer.items()), dark)
        found += (f"{language} {one}" for one in wrong)
    report[name] = found
    assert found == []


def test_what_is_wrong_with_a_page_is_found(seat: Seat) -> None:
    page = b"""<!doctype html><html lang="vi"><title>x</title><main><h1>x</h1><img src="/x.png">
      <p style="color: #bbb; background: #fff">pale text</p><p style="width: 900px">x</p></main>"""
    found = seat.look(page, {"Content-Type": "text/html"}, True)
    assert [one.split(":")[0] for one in found] == [
        "color-contrast",
        "image-alt",
        "548 px too wide at 360 px",
        "dark",
    ]
