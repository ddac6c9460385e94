"""A page that is refused leaves an entry: one for each person, page and day; a visitor none."""

from contextlib import contextmanager

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import path

from permissions import checks
from processes.audit.models import AuditEntry, Event
from processes.audit.verify import verify
from processes.organisation.people import Kinship
from tests.pages.conftest import words
from workflow_site.urls import urlpatterns as site_urls


def deny(request, more=""):
    raise PermissionDenied("Không được phép.")


def allow(request):
    return HttpResponse("")


urlpatterns = [*site_urls, path("deny/", deny), path("deny/<path:more>", deny), path("let/", allow)]
PAGES = ("/trail/", "/trail/file/", "/cadres/", "/figures/", "/emergency/")


def refusals(world, who):
    return AuditEntry.objects.filter(event=Event.REFUSED, by=world[who])


@contextmanager
def no_new_entry():
    before = AuditEntry.objects.count()
    yield
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize("page", ["/trail/", "/cadres/", "/start/", "/figures/"])
def test_whoever_may_not_see_a_page_is_entered_with_the_reason(world, browser, page):
    assert browser("party").get(page).status_code == 403
    entry = refusals(world, "party").get()
    assert (entry.facts, entry.case, bool(entry.reason)) == ({"page": page}, None, True)


def test_the_administration_of_data_is_such_a_page(world, browser):
    assert browser("clerk").get("/admin/", follow=True).status_code == 403
    assert refusals(world, "clerk").get().facts["page"].startswith("/admin/")


def test_looking_again_the_same_day_leaves_no_second_entry(world, browser):
    for _time in range(2):
        assert browser("clerk").get("/trail/").status_code == 403
    assert refusals(world, "clerk").count() == 1


def test_each_person_and_page_has_an_entry(world, browser):
    for who in ("clerk", "party"):
        for page in ("/trail/", "/cadres/"):
            browser(who).get(page, {"q": "An"})
    told = AuditEntry.objects.filter(event=Event.REFUSED).values_list("by__username", "facts__page")
    assert sorted(told) == [
        (who, page) for who in ("clerk", "party") for page in ("/cadres/", "/trail/")
    ]


def test_another_day_has_its_own(world, browser, monkeypatch):
    browser("clerk").get("/trail/")
    tomorrow = checks.today().replace(year=checks.today().year + 1)
    monkeypatch.setattr("processes.pages.reading.today", lambda: tomorrow)
    browser("clerk").get("/trail/")
    assert refusals(world, "clerk").count() == 2


def test_a_visitor_who_has_not_signed_in_leaves_none(client, world):
    with no_new_entry():
        for page in PAGES:
            assert client.get(page).status_code in (302, 404)


@pytest.mark.urls(__name__)
def test_not_even_where_a_page_refuses_instead_of_asking_to_sign_in(client, world):
    with no_new_entry():
        assert client.get("/deny/").status_code == 403


@pytest.mark.urls(__name__)
def test_a_form_that_is_sent_to_such_a_page_is_entered_too(world, browser):
    assert browser("clerk").post("/deny/").status_code == 403
    assert refusals(world, "clerk").get().facts == {"page": "/deny/"}


@pytest.mark.urls(__name__)
def test_of_a_long_address_the_beginning_is_kept(world, browser):
    browser("clerk").get("/deny/" + "x" * 500)
    assert len(refusals(world, "clerk").get().facts["page"]) == 200


@pytest.mark.stands("check_dossier")
def test_what_is_entered_in_a_case_is_not_entered_again_for_its_page(walk, world, browser):
    Kinship.objects.create(
        cadre=world.candidates[0], relative=world["head"].cadre, relation="anh em ruột"
    )
    walk.case.candidate = world.candidates[0]
    walk.case.save()
    address = f"/cases/{walk.case.pk}/trail/"
    assert [browser("head").get(address).status_code for _time in range(2)] == [403, 403]
    assert [entry.case for entry in refusals(world, "head")] == [walk.case]


def test_inspectors_read_who_was_refused_what(world, browser):
    browser("clerk").get("/cadres/")
    shown = words(browser("inspector").get("/trail/"))
    assert "was refused the page /cadres/." in shown
    assert verify(0).sound


@pytest.mark.urls(__name__)
def test_an_ordinary_page_asks_nothing_more(world, browser):
    client = browser("clerk")
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/let/").status_code == 200
    assert len(asked) == 0
