"""The tour: for each role, to pages that it can use, until it is dismissed."""

import pytest
from django.urls import reverse

from permissions.catalogue import Role
from processes.help.tours import ROLES, tour_of
from processes.inbox.models import Desk
from tests.pages.conftest import words

pytestmark = pytest.mark.stands("appraise")
PERSONAS = ("clerk", "head", "party", "oc_clerk", "oc_head", "ic", "standing", "sc_clerk",
            "inspector", "admin")  # fmt: skip


def test_every_role_is_told_what_it_does():
    assert set(ROLES) == set(Role)


@pytest.mark.parametrize("who", PERSONAS)
def test_every_stop_leads_to_a_page_that_the_person_can_open(walk, browser, world, who):
    stops = tour_of(world[who])
    client = browser(who)
    assert stops[0].text in ROLES.values()
    assert {client.get(stop.url, follow=True).status_code for stop in stops if stop.url} == {200}


def test_a_new_person_is_offered_the_tour_until_it_is_ended(walk, browser, world):
    client = browser("clerk")
    assert "Show me around" in words(client.get(reverse("inbox")))
    assert client.post(reverse("tour_ended")).url == reverse("inbox")
    assert "Show me around" not in words(client.get(reverse("inbox")))
    assert Desk.objects.get(person=world["clerk"]).toured_at
    assert "Show me around" in words(browser("head").get(reverse("inbox")))


def test_the_tour_can_be_read_again(walk, browser):
    page = words(browser("clerk").get(reverse("tour")))
    assert "Personnel clerk of the unit" in page
    assert "A case shows its road" in page
