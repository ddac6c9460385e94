"""The main way of work in a browser that runs no scripts: slower to press, and all there."""

import pytest
from playwright.sync_api import expect

from processes.audit.models import Event
from processes.cases.models import Case
from tests.browser.people import People, Person
from tests.browser.test_main_job import REQUEST
from tests.browser.walk import begin

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_case_is_begun_found_and_led_on_without_scripts(plain_people: People):
    clerk = plain_people["clerk"]
    code = begin(clerk)
    clerk.open(code)
    clerk.send(**REQUEST, source="in_place", outcome="submit")
    case = Case.objects.get(code=code)
    search(clerk, code)
    expect(clerk.page.locator(f"main a[href='/cases/{case.pk}/']")).to_contain_text(code)

    specialist = plain_people["oc.clerk"]
    specialist.take(code)
    specialist.send(outcome="ok")

    assert case.entries.filter(event=Event.CONCLUDED).count() == 2


def search(person: Person, text: str) -> None:
    """Type words into the field at the head of the page, and send them."""
    form = person.page.locator("[role=search]").first
    form.locator("[name=q]").fill(text)
    form.locator("[name=q]").press("Enter")
    person.page.wait_for_url("**/search/?q=*")
