"""Figures across cases: who sees which, and what is said of them."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from lxml import etree

from permissions.catalogue import Role
from permissions.grants import grant
from processes.audit.models import AuditEntry, Event
from processes.cases.models import Case
from processes.demo.stories import hold
from processes.figures.reach import reach_of
from processes.figures.rolling import roll_up
from processes.flows import AppointmentInPlaceFlow
from processes.steps.opening import open_case
from tests.pages.conftest import words
from tests.world import SINCE, make_cadre, make_user

XES = "{http://www.xes-standard.org/}"


def board(client, **query):
    return client.get(reverse("figures"), query)


def of_procedure(client, **query):
    return client.get(reverse("procedure_figures", args=["appointment_in_place"]), query)


def line(response, step):
    return next(one for one in response.context["lines"] if one.row.name == step)


def end(walk):
    from processes.steps.befall import CASE_ACTIONS

    (action,) = (one for one in CASE_ACTIONS if one.name == "withdraw")
    action.perform(walk.case.pk, by=walk.case.opened_by, data={"reason": "Nhân sự xin rút."})
    roll_up(whole=True)


@pytest.mark.parametrize("who", ["inspector", "oc_head", "standing"])
def test_leaders_and_inspectors_of_the_province_see_all_its_cases(walk, figures, browser, who):
    cards = dict(board(browser(who)).context["board"].cards)
    assert cards["Cases under way"] == 1


def test_the_head_of_a_unit_sees_the_cases_of_the_unit(walk, world, figures, browser):
    assert dict(board(browser("head")).context["board"].cards)["Cases under way"] == 1
    assert reach_of(world["head"]).units == {walk.case.unit_id}


def test_the_head_of_another_unit_sees_none_of_them(walk, world, figures, browser):
    other = make_user("other_head")
    grant(other, Role.UNIT_HEAD, world.units["STC"], by=None, since=SINCE)
    assert dict(board(browser(other)).context["board"].cards)["Cases under way"] == 0


def test_the_head_of_a_unit_sees_numbers_of_its_steps_and_no_medians(walk, figures, browser):
    assert of_procedure(browser("head")).context["charts"] == []
    assert len(of_procedure(browser("oc_head")).context["charts"]) == 1


@pytest.mark.parametrize("who", ["clerk", "admin", "stranger"])
def test_others_are_told_for_whom_figures_are(walk, browser, who):
    response = board(browser(who))
    assert response.status_code == 403
    assert "for inspectors and leaders" in words(response)


@pytest.mark.stands("decide_policy")
def test_a_step_says_how_many_stand_there_and_how_many_passed(walk, figures, browser):
    response = of_procedure(browser("oc_head"))
    assert line(response, "decide_policy").now.open == 1
    assert line(response, "request_policy").now.done == 1
    with translation.override("en"):
        assert line(response, "decide_policy").label == "1 open"


def test_the_diagram_is_drawn_from_the_table_of_steps(walk, figures, browser):
    found = words(of_procedure(browser("oc_head")))
    assert 'data-diagram="/procedures/appointment_in_place.bpmn"' in found
    assert 'data-step="request_policy" data-label="1 open"' in found


def test_a_period_that_is_none_is_a_year(walk, figures, browser):
    assert (
        of_procedure(browser("oc_head"), months="7").context["period"]
        == (of_procedure(browser("oc_head"), months="12").context["period"])
    )


def test_every_chart_stands_on_the_page_as_a_table(walk, figures, browser):
    response = board(browser("inspector"))
    found = words(response)
    for chart in response.context["board"].charts:
        assert f'data-chart="{chart.name}-table"' in found
        assert f'id="{chart.name}-table"' in found


def test_more_cases_cost_no_more_queries(walk, world, figures, browser):
    client, costs = browser("inspector"), []
    for kind in ("state", ""):
        board(client)
        with CaptureQueriesContext(connection) as queries:
            board(client)
        costs.append(len(queries))
        if kind:
            open_case(AppointmentInPlaceFlow, by=world["clerk"], position=world.positions[kind])
    assert costs[0] == costs[1]


@pytest.mark.stands("check_request")
def test_a_case_that_left_its_way_is_listed_with_what_took_it_off(walk, browser):
    hold(walk)
    Case.objects.filter(pk=walk.case.pk).update(finished=walk.case.created)
    response = browser("inspector").get(reverse("deviations"))
    (row,) = response.context["table"].rows
    assert (str(row[0]), row[4]) == (walk.case.code, 1)


@pytest.mark.stands("check_request")
def test_a_case_that_nothing_took_off_its_way_is_not_listed(walk, browser):
    Case.objects.filter(pk=walk.case.pk).update(finished=walk.case.created)
    assert browser("inspector").get(reverse("deviations")).context["table"].rows == []


@pytest.mark.stands("check_request")
def test_an_inspector_takes_the_log_along_as_xes_with_an_entry(walk, world, browser):
    end(walk)
    response = browser("inspector").get(reverse("event_log", args=["xes"]))
    root = etree.fromstring(response.getvalue())
    names = [
        one.get("value")
        for one in root.iterfind(f"{XES}trace/{XES}event/{XES}string[@key='concept:name']")
    ]
    assert names == ["a01 Request policy approval", "case withdrawn"]
    entry = AuditEntry.objects.get(event=Event.DOWNLOADED)
    assert (entry.by, entry.facts["rows"]) == (world["inspector"], 1)


@pytest.mark.stands("check_request")
def test_an_inspector_takes_the_log_along_as_ocel(walk, browser):
    end(walk)
    response = browser("inspector").get(reverse("event_log", args=["ocel.json"]))
    log = json.loads(response.getvalue())
    known = {one["id"] for one in log["objects"]}
    related = {to["objectId"] for one in log["events"] for to in one["relationships"]}
    assert related <= known
    assert {one["type"] for one in log["events"]} <= {one["name"] for one in log["eventTypes"]}


@pytest.mark.parametrize("who", ["oc_head", "clerk", "admin"])
def test_whoever_does_not_inspect_takes_no_log_along(walk, browser, who):
    assert browser(who).get(reverse("event_log", args=["xes"])).status_code == 403
    assert not AuditEntry.objects.filter(event=Event.DOWNLOADED).exists()


def test_an_unknown_kind_of_log_does_not_exist(walk, browser):
    assert browser("inspector").get(reverse("event_log", args=["doc"])).status_code == 404


@pytest.mark.stands("check_request")
def test_the_case_of_a_relative_is_in_no_log_of_the_inspector(walk, world, browser):
    end(walk)
    own = make_cadre(world.units["SNV"], world["inspector"])
    Case.objects.filter(pk=walk.case.pk).update(candidate=own)
    response = browser("inspector").get(reverse("event_log", args=["xes"]))
    assert walk.case.code.encode() not in response.getvalue()
