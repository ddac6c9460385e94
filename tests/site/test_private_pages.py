"""What somebody is shown stays in no browser; what is the same for everybody may."""

import pytest
from django.http import HttpResponse

from tests.pages.conftest import browser, road, standing, walk, world
from workflow_site.private import PrivatePages

__all__ = ["browser", "road", "standing", "walk", "world"]


@pytest.mark.parametrize(
    "page",
    [
        "/cases/{}/", "/cases/{}/trail/", "/cases/{}/replay/", "/cases/{}/talk/", "/trail/",
        "/cadres/", "/desk/", "/cases.csv", "/inbox/", "/log/cases/{}/", "/nowhere/",
    ],
)  # fmt: skip
def test_no_browser_keeps_what_somebody_is_shown(walk, browser, page):
    response = browser("inspector").get(page.format(walk.case.pk))
    assert "no-store" in response.headers["Cache-Control"]


def test_a_refused_page_is_kept_neither(walk, browser):
    response = browser("clerk").get("/trail/")
    assert (response.status_code, response.headers["Cache-Control"]) == (403, "no-store")


def test_what_asks_for_no_person_may_be_kept(rf):
    response = PrivatePages(lambda request: HttpResponse("x"))(rf.get("/"))
    assert "Cache-Control" not in response.headers


def test_whoever_has_a_page_of_their_own_rule_keeps_it(walk, browser):
    response = browser("inspector").get("/search/?q=x")
    assert response.headers["Cache-Control"] == "no-store"
