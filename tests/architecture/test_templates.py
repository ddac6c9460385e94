"""Templates hold nothing that the Content-Security-Policy would block."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
BLOCKED = {
    "inline style": re.compile(r"\sstyle\s*=|<style[\s>]", re.IGNORECASE),
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)", re.IGNORECASE),
    "inline handler": re.compile(r"\s(on[a-z]+|hx-on[:a-z-]*)\s*=", re.IGNORECASE),
    "script address": re.compile(r"javascript:", re.IGNORECASE),
    "foreign address": re.compile(r"""<(script|link|img)[^>]*(src|href)=["']https?:""", re.I),
}


#: What htmx must not do on our pages: run text as code, set a style, keep pages in the browser,
#: or give a page the title of another of which it shows a part.
HTMX = {
    "includeIndicatorStyles": False,
    "attributesToSettle": ["class"],
    "allowEval": False,
    "ignoreTitle": True,
    "historyCacheSize": 0,
    "refreshOnHistoryMiss": True,
}


def blocked(html: str) -> list[str]:
    return [what for what, pattern in BLOCKED.items() if pattern.search(html)]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_holds_nothing_that_the_policy_blocks(path):
    assert blocked(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("html", "what"),
    [
        ('<p style="color: red">', "inline style"),
        ("<script>alert(1)</script>", "inline script"),
        ('<a onclick="go()">', "inline handler"),
        ('<a href="javascript:go()">', "script address"),
        ('<script src="https://cdn.example/x.js"></script>', "foreign address"),
    ],
)
def test_what_the_policy_blocks_is_found(html, what):
    assert blocked(html) == [what]


def test_htmx_sets_no_style_keeps_no_page_and_leaves_the_title_alone():
    base = (ROOT / "templates" / "base.html").read_text(encoding="utf-8")
    settings = re.search(r"<meta name=\"htmx-config\" content='([^']*)'>", base)
    assert settings
    assert json.loads(settings[1]) == HTMX
