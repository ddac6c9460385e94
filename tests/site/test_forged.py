"""What nobody can have typed: numbers beyond all rows, and signs that belong to no text."""

import re

import pytest
from django.urls import URLPattern, get_resolver

from tests.pages.conftest import browser, road, standing, walk, words, world

__all__ = ["browser", "road", "standing", "walk", "world"]

TOO_LARGE = [2**63, 10**23 - 1]
QUERIES = [
    "/inbox/?unit={}", "/inbox/?tab=done&unit={}", "/inbox/?after={}", "/inbox/why/?task={}",
    "/inbox/why/?task=²", "/cases/?unit={}", "/trail/?before={}", "/trail/?unit={}",
    "/cadres/?unit={}", "/rotation/board/?unit={}", "/desk/?unit={}", "/notices/?page={}",
    "/admin/permissions/holding/add/?user={}", "/admin/permissions/holding/add/?user=x",
]  # fmt: skip
SENT = [
    ("/admin/permissions/holding/add/", {"user": "{}", "unit": "x", "role": "inspector"}),
    ("/inbox/bulk/", {"do": "take", "task": "{}"}), ("/notices/read/", {"notice": "{}"}),
    ("/notices/read/", {"until": "{}"}), ("/inbox/bulk/", {"do": "take", "task": "1", "next": "x"}),
]  # fmt: skip


def addresses(number):
    """Every address with numbers in it, and these numbers in their places."""

    def below(patterns, before=""):
        for one in patterns:
            route = before + str(one.pattern)
            if isinstance(one, URLPattern):
                yield route
            elif not route.startswith("admin/"):
                yield from below(one.url_patterns, route)

    for route in below(get_resolver().url_patterns):
        if "<int:" in route:
            parts = [re.sub("<int:[a-z_]+>", str(number), part) for part in route.split("/")]
            if not any("<" in part for part in parts):
                yield "/" + "/".join(parts)


def test_there_are_such_addresses():
    assert len(list(addresses(1))) > 30


@pytest.mark.parametrize("number", TOO_LARGE)
def test_an_address_with_a_number_that_no_row_has_is_unknown(walk, browser, number):
    client = browser("oc_clerk")
    for address in addresses(number):
        assert client.get(address).status_code in (404, 405), address
        assert client.post(address).status_code in (404, 405), address


@pytest.mark.parametrize("number", TOO_LARGE)
@pytest.mark.parametrize("who", ["oc_clerk", "inspector", "admin"])
def test_such_a_number_in_a_wish_finds_nothing(walk, browser, who, number):
    client = browser(who)
    for address in QUERIES:
        assert client.get(address.format(number)).status_code < 500, address
    for address, data in SENT:
        told = {name: value.format(number) for name, value in data.items()}
        assert client.post(address, told).status_code < 500, address


def test_a_sign_of_no_text_is_told_and_not_a_fault(walk, browser):
    client = browser("oc_clerk")
    for response in (client.get("/search/?q=a%00b"), client.post("/inbox/bulk/", {"do": "\x00"})):
        assert response.status_code == 400
        assert "signs that belong to no text" in words(response)


def test_an_address_with_such_a_sign_is_unknown(walk, browser):
    assert browser("oc_clerk").get("/people/import/templates/%00").status_code == 404
