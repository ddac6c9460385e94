"""Each procedure told from its definition: every step, with whom, papers, time and article."""

from datetime import date

import pytest
from django.urls import reverse

from processes.flows import FLOWS
from processes.pages.procedure import told_by
from processes.rules import load
from processes.steps.labels import OUTCOMES
from tests.pages.conftest import words

pytestmark = pytest.mark.stands("appraise")
DAY = date(2026, 3, 2)


@pytest.mark.parametrize("name", FLOWS)
def test_the_page_tells_every_step_with_all_that_belongs_to_it(walk, browser, name):
    response = browser("clerk").get(reverse("procedure", args=[name]), {"on": DAY.isoformat()})
    page = words(response)
    flow = FLOWS[name]
    told = told_by(flow, load().for_case(DAY, False, flow.families))
    assert [row.name for row in flow.rows() if f'id="step-{row.name}"' not in page] == []
    for step in told:
        for basis in filter(None, (step.deadline, step.conference)):
            assert basis.edition in page
        assert {f'href="#step-{target.name}"' in page for _label, target in step.outcomes} <= {True}
        assert {str(OUTCOMES.get(name, name)) for name in step.row.outcomes} == {
            str(label) for label, _target in step.outcomes
        }


def test_who_what_and_how_long_is_told_of_a_step(walk, browser):
    page = words(browser("clerk").get(reverse("procedure", args=["appointment_in_place"])))
    step = page.partition('id="step-check_request"')[2].partition("</li> <li")[0]
    assert "Specialist of the Organization Committee" in step


def test_a_day_without_rules_is_said_and_not_a_fault(walk, browser):
    address = reverse("procedure", args=["appointment_in_place"])
    response = browser("clerk").get(address, {"on": "1990-01-01"})
    assert response.status_code == 200
    assert 'role="alert"' in words(response)


@pytest.mark.parametrize("name", FLOWS)
@pytest.mark.parametrize("post", ["", "state"])
def test_every_day_that_the_page_offers_has_rules(walk, browser, name, post):
    address = reverse("procedure", args=[name])
    client = browser("clerk")
    days = client.get(address, {"post": post}).context["days"]
    assert days
    for day in days:
        assert "lacking" not in client.get(address, {"on": day.isoformat(), "post": post}).context


def test_a_day_without_rules_is_told_in_the_language_of_the_page(walk, browser):
    client = browser("clerk")
    client.cookies["django_language"] = "vi"
    address = reverse("procedure", args=["nomination_party_post"])
    page = words(client.get(address, {"on": "2014-06-09"}))
    assert "09/06/2014" in page
    assert "bổ nhiệm" in page.partition('role="alert"')[2].partition("</div>")[0]
    assert "Family." not in page


def test_another_day_tells_the_rules_of_that_day(walk, browser):
    address = reverse("procedure", args=["appointment_in_place"])
    page = words(browser("clerk").get(address, {"on": "2023-01-02"}))
    assert "Regulation 80-QD/TW of 18 August 2022" in page
    assert "R80_2022" in page
