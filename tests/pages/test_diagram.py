"""The diagram on the page of a case: what it is drawn from, and the panel of a step."""

import pytest
from django.urls import reverse

from tests.pages.conftest import words


def panel(client, walk, step, **headers):
    return client.get(reverse("case_step", args=[walk.case.pk, step]), headers=headers)


def test_the_diagram_is_drawn_from_the_list_that_says_the_same_in_words(walk, browser):
    found = words(browser("clerk").get(reverse("case", args=[walk.case.pk])))
    assert 'data-diagram="/procedures/appointment_in_place.bpmn"' in found
    assert 'data-step="request_policy" data-state="open" data-label="open"' in found


def test_a_procedure_is_read_as_bpmn_in_the_language_of_the_page(walk, browser):
    response = browser("clerk").get(reverse("procedure_bpmn", args=["appointment_in_place"]))
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    assert 'name="a02 Check the request"' in response.content.decode()


def test_a_procedure_is_taken_along_as_a_file(walk, browser):
    url = reverse("procedure_bpmn", args=["sanction"])
    response = browser("clerk").get(url, {"download": ""})
    assert response["Content-Disposition"] == 'attachment; filename="sanction.bpmn"'


def test_an_unknown_procedure_does_not_exist(walk, browser):
    assert browser("clerk").get(reverse("procedure_bpmn", args=["none"])).status_code == 404


@pytest.mark.stands("check_request")
def test_a_step_says_who_holds_it_and_what_was_entered(walk, world, browser):
    found = words(panel(browser("clerk"), walk, "request_policy"))
    assert str(world["clerk"]) in found
    assert "Submit" in found


@pytest.mark.stands("check_request")
def test_a_step_that_nobody_has_taken_says_who_may(walk, world, browser):
    found = words(panel(browser("clerk"), walk, "check_request"))
    assert f"May take it: {world['oc_clerk']}" in found


@pytest.mark.stands("decide_policy")
def test_a_step_shows_its_own_deadline_only(walk, browser):
    client = browser("clerk")
    shown = panel(client, walk, "decide_policy").context["step"].deadlines
    assert [one.clock.rule for one in shown] == ["deadlines.policy_decision"]
    assert panel(client, walk, "request_policy").context["step"].deadlines == []


@pytest.mark.stands("conference_3")
def test_a_hidden_result_stays_hidden_in_the_panel_of_its_step(walk, browser):
    found = words(panel(browser("clerk"), walk, "conference_2"))
    assert "vote closed" in found.lower() or "closed" in found
    assert "%" not in found.split("<main")[-1]


def test_the_panel_comes_alone_where_the_diagram_asks_for_it(walk, browser):
    found = words(panel(browser("clerk"), walk, "request_policy", hx_request="true"))
    assert found.startswith("<h3")


def test_a_step_that_the_procedure_does_not_have_does_not_exist(walk, browser):
    assert panel(browser("clerk"), walk, "none").status_code == 404
