"""The page of the search, what is found while typing, and the filters that ask the same words."""

from datetime import timedelta

import pytest
from django.urls import reverse

from permissions.checks import today
from processes.organisation.units import Unit
from tests.pages.conftest import words

pytestmark = pytest.mark.stands("appraise")
PAGE = "/search/"
TYPING = {"HX-Request": "true"}


def sections(response):
    return {one.name: [hit.url for hit in one.hits] for one in response.context["sections"]}


def titles(response, name):
    return [
        hit.title for one in response.context["sections"] if one.name == name for hit in one.hits
    ]


def test_a_case_is_found_without_diacritics_and_leads_to_its_page(walk, browser):
    response = browser("oc_head").get(PAGE, {"q": "pho giam doc"})
    assert sections(response)["case"] == [reverse("case", args=[walk.case.pk])]
    assert f"{walk.case.code} Phó giám đốc" in words(response)


def test_what_the_person_sees_is_found_of_every_kind(walk, world, browser):
    candidate, paper = walk.case.candidate, walk.case.documents.earliest("pk")
    client = browser("oc_head")
    for text, name, url in (
        (candidate.code, "cadre", reverse("person", args=[candidate.pk])),
        (paper.title, "document", f"{reverse('case', args=[walk.case.pk])}#dossier"),
        ("pho giam doc", "position", f"{reverse('unit', args=[walk.case.unit_id])}#positions"),
        ("co quan snv", "unit", reverse("unit", args=[walk.case.unit_id])),
    ):
        assert url in sections(client.get(PAGE, {"q": text}))[name]


def test_an_administrator_finds_accounts(world, browser):
    found = sections(browser("admin").get(PAGE, {"q": "oc_clerk"}))
    assert found["account"] == [
        reverse("admin:permissions_user_change", args=[world["oc_clerk"].pk])
    ]


def test_while_typing_only_the_list_comes_with_what_can_be_done(walk, browser):
    response = browser("clerk").get(PAGE, {"q": "appoint"}, headers=TYPING)
    assert "<html" not in words(response)
    assert reverse("start_at", args=["appointment_in_place"]) in sections(response)["actions"]
    assert "HX-Request" in response["Vary"]


def test_before_anything_is_typed_the_palette_offers_where_the_person_can_go(walk, browser):
    offered = sections(browser("clerk").get(PAGE, headers=TYPING))["actions"]
    assert {"/inbox/", "/cases/", "/start/", "/start/appointment_in_place/"} <= set(offered)
    assert "/trail/" not in offered
    assert "/trail/" in sections(browser("inspector").get(PAGE, headers=TYPING))["actions"]


def test_an_action_is_found_by_the_beginning_of_its_words(walk, browser):
    assert titles(browser("clerk").get(PAGE, {"q": "sta app"}), "actions")
    assert titles(browser("clerk").get(PAGE, {"q": "art"}), "actions") == []


def test_nothing_found_says_what_to_do(walk, browser):
    for text, said in (("zzzz", "Try fewer words"), ("z", "Type at least two letters.")):
        assert said in words(browser("clerk").get(PAGE, {"q": text}))


def test_a_unit_that_has_ended_says_so(world, browser):
    Unit.objects.filter(code="STC").update(valid_to=today() + timedelta(days=9))
    page = words(browser("oc_head").get(PAGE, {"q": "co quan stc"}))
    assert f"until {today() + timedelta(days=9):%d/%m/%Y}" in page


def test_what_is_typed_comes_back_as_text(walk, browser):
    page = browser("clerk").get(PAGE, {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page


@pytest.mark.parametrize("q", ["nguyen", "NGUYỄN", "ngu thu"])
@pytest.mark.parametrize("address", ["/cases/?", "/inbox/?tab=take&", "/cadres/?"])
def test_the_filters_of_lists_find_without_diacritics(walk, browser, address, q):
    page = browser("oc_head").get(f"{address}q={q}")
    rows = page.context.get("lines") or page.context["page"].rows
    assert rows


def test_a_search_sends_few_queries(walk, browser, django_assert_max_num_queries):
    client = browser("oc_head")
    client.get(PAGE)
    with django_assert_max_num_queries(26):
        client.get(PAGE, {"q": "nguyen"}, headers=TYPING)
