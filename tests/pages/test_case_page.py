"""The page of a case: who may know of it, where it stands, and what stays hidden."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from permissions.catalogue import Lane
from permissions.checks import today
from permissions.models import Holding
from processes.audit.models import Event
from processes.cases.models import Case
from processes.conferences.models import Conference
from processes.demo.stories import hold
from processes.flows import AppointmentInPlaceFlow
from processes.organisation.units import LaneUnit
from processes.pages.stages import main_road, stages
from processes.steps.befall import CASE_ACTIONS
from processes.steps.opening import open_case
from tests.pages.conftest import words


def page(client, walk):
    return client.get(reverse("case", args=[walk.case.pk]))


def states(walk):
    tasks = walk.case.task_set.order_by("pk")
    return {stage.row.name: stage.state.name for stage in stages(walk.case, tasks)}


def test_to_a_stranger_the_case_does_not_exist(walk, browser):
    assert page(browser("stranger"), walk).status_code == 404


def test_an_administrator_takes_no_part(walk, browser):
    assert page(browser("admin"), walk).status_code == 404


def test_it_says_what_the_case_is(walk, browser):
    found = words(page(browser("clerk"), walk))
    assert all(word in found for word in (walk.case.code, "Phó giám đốc", "R377_2025"))


def test_reading_is_an_entry_once_a_day(walk, world, browser):
    client = browser("clerk")
    page(client, walk), page(client, walk)
    assert walk.case.entries.filter(event=Event.READ, by=world["clerk"]).count() == 1


def test_whoever_may_not_know_leaves_no_reading(walk, browser):
    page(browser("stranger"), walk)
    assert not walk.case.entries.filter(event=Event.READ).exists()


def test_unconfirmed_values_are_named(walk, browser):
    Case.objects.filter(pk=walk.case.pk).update(used_rules=["min_months_in_post"])
    found = words(page(browser("clerk"), walk))
    assert "Not all rules of this case are confirmed" in found
    assert "<strong>Time in the present or an equivalent post</strong>: 24 months; Điều 34" in found
    assert "<code>min_months_in_post</code>" in found


def test_a_case_on_confirmed_values_alone_has_no_banner(walk, browser):
    Case.objects.filter(pk=walk.case.pk).update(used_rules=["planning.required"])
    assert "Not all rules" not in words(page(browser("clerk"), walk))


def test_the_road_of_a_new_case_is_open_at_its_first_step(walk):
    found = states(walk)
    assert found["request_policy"] == "open"
    assert {found[name] for name in main_road(walk.case)[1:]} == {"coming"}


def test_the_road_of_a_state_post_leads_to_the_state_decision(world):
    case = open_case(AppointmentInPlaceFlow, by=world["clerk"], position=world.positions["state"])
    assert "state_decision" in main_road(case)
    assert "sign_decision" not in main_road(case)


@pytest.mark.stands("check_request")
def test_a_step_that_was_returned_is_open_and_what_follows_comes_again(walk):
    walk.do("check_request", "return", reason="Thiếu phương án.")
    found = states(walk)
    assert (found["request_policy"], found["check_request"]) == ("open", "again")


@pytest.mark.stands("check_request")
def test_a_held_case_says_so_and_shows_how_it_ends(walk, browser):
    hold(walk)
    assert states(walk)["held"] == "open"
    assert "On hold:" in words(page(browser("oc_head"), walk))


@pytest.mark.stands("check_request")
def test_each_action_is_offered_or_says_why_not(walk, browser):
    offers = {o.what.name: o.why_not for o in page(browser("clerk"), walk).context["sheet"].actions}
    assert set(offers) == {action.name for action in CASE_ACTIONS if action.offered(walk.case)}
    assert offers["withdraw"] == ""
    assert "BTCTU: Hold the case." in offers["hold"]


@pytest.mark.stands("check_request")
def test_an_open_task_of_another_unit_says_whose_it_is(walk, browser):
    (offer,) = page(browser("clerk"), walk).context["sheet"].open_tasks
    assert "Check requests and dossiers" in offer.why_not


@pytest.mark.stands("check_request")
def test_a_step_that_nobody_can_carry_out_says_so(walk, browser, world):
    (offer,) = page(browser("clerk"), walk).context["sheet"].open_tasks
    assert (str(world["oc_clerk"]) in offer.who, offer.stuck) == (True, False)
    Holding.objects.filter(user=world["oc_clerk"]).update(valid_until=today() - timedelta(days=1))
    response = page(browser("clerk"), walk)
    (offer,) = response.context["sheet"].open_tasks
    assert (offer.who, offer.stuck) == ("", True)
    assert "Nobody can: whoever has this role must keep out" in words(response)


@pytest.mark.stands("check_request")
def test_a_case_is_withdrawn_with_a_reason(walk, browser):
    url = reverse("case_action", args=[walk.case.pk, "withdraw"])
    response = browser("clerk").post(url, {"reason": "Nhân sự xin rút."})
    assert response.url == reverse("case", args=[walk.case.pk])
    walk.case.refresh_from_db()
    assert walk.case.outcome == "withdrawn"


@pytest.mark.stands("check_request")
def test_an_action_without_its_reason_changes_nothing(walk, browser):
    url = reverse("case_action", args=[walk.case.pk, "withdraw"])
    response = browser("clerk").post(url, {"reason": ""})
    assert response.status_code == 422
    assert "required" in words(response)
    assert walk.at == ["check_request"]


@pytest.mark.stands("check_request")
def test_an_action_of_others_is_refused_with_an_entry(walk, world, browser):
    url = reverse("case_action", args=[walk.case.pk, "hold"])
    response = browser("clerk").post(url, {"reason": "x", "basis": "y"})
    entry = walk.case.entries.order_by("-seq")[0]
    assert response.status_code == 403
    assert (entry.event, entry.by) == (Event.REFUSED, world["clerk"])


@pytest.mark.stands("check_request")
def test_looking_at_an_action_of_others_leaves_no_refusal(walk, browser):
    response = browser("clerk").get(reverse("case_action", args=[walk.case.pk, "hold"]))
    assert response.status_code == 403
    assert not walk.case.entries.filter(event=Event.REFUSED).exists()


def test_an_unknown_action_does_not_exist(walk, browser):
    url = reverse("case_action", args=[walk.case.pk, "delete"])
    assert browser("clerk").get(url).status_code == 404


@pytest.mark.stands("conference_3")
def test_a_result_that_is_not_announced_is_hidden_and_said_to_be(walk, browser):
    meeting = walk.case.conferences.get(code="c2")
    assert (meeting.announced, meeting.state) == (False, Conference.State.CLOSED)
    found = words(page(browser("clerk"), walk))
    assert "The result is not announced" in found
    assert "summoned = " not in found.split("Conference 2")[-1]


@pytest.mark.stands("conference_3")
@pytest.mark.parametrize("who", ["oc_head", "inspector"])
def test_those_who_may_read_hidden_results_see_them(walk, browser, who):
    sheet = page(browser(who), walk).context["sheet"]
    (sitting,) = (one for one in sheet.sittings if one.meeting.code == "c2")
    assert sitting.lines
    assert sitting.reasons


@pytest.mark.stands("conference_3")
def test_the_trail_tells_no_number_of_a_hidden_result(walk, browser):
    url = reverse("case_trail", args=[walk.case.pk])
    entries = browser("clerk").get(url).context["entries"]
    told = [one for one in entries if one.entry.event in (Event.COUNTED, Event.VOTE_CLOSED)]
    assert told
    assert not any("%" in one.sentence for one in told)


@pytest.mark.stands("conference_2")
def test_eligibility_is_shown_check_by_check(walk, world, browser):
    sheet = page(browser("clerk"), walk).context["sheet"]
    assert {one.cadre for one in sheet.roster} == set(world.candidates)
    assert {check.verdict for check in sheet.roster[0].checks} <= {"yes", "no", "unknown"}


@pytest.mark.stands("conference_2")
@pytest.mark.parametrize("name", ["case", "case_trail"])
def test_a_page_costs_the_same_however_many_cases_there_are(walk, world, browser, name):
    client, url = browser("oc_head"), reverse(name, args=[walk.case.pk])
    costs = []
    for kind in ("state", ""):
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        costs.append(len(queries))
        if kind:
            open_case(AppointmentInPlaceFlow, by=world["clerk"], position=world.positions[kind])
    assert costs[0] == costs[1]


def test_the_list_shows_the_cases_that_one_may_know(walk, browser):
    assert browser("clerk").get("/cases/").context["page"].rows == [walk.case]
    assert browser("stranger").get("/cases/").context["page"].rows == []


def test_the_list_is_narrowed_by_word_and_state(walk, browser):
    def found(**wish):
        return browser("clerk").get("/cases/", wish).context["page"].rows

    assert found(q=walk.case.code, end="open") == [walk.case]
    assert found(end="appointed") == []


def test_a_case_is_shown_where_data_name_no_unit_for_what_may_befall_it(walk, browser):
    LaneUnit.objects.filter(lane__in=(Lane.OC, Lane.STANDING)).delete()
    found = page(browser("clerk"), walk)
    assert found.status_code == 200
    assert "No unit stands in the lane “Organization Committee”" in words(found)
