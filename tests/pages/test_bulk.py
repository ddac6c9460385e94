"""One act for several tasks: each case its own entry, and an answer for each that fails."""

import pytest
from django.urls import reverse

from permissions.catalogue import Role
from permissions.grants import grant
from processes.audit.models import Event
from processes.cases.models import Case, CaseTask
from processes.demo.stories import advance
from processes.demo.walk import Walk
from processes.flows import AppointmentInPlaceFlow
from tests.pages.conftest import words
from tests.world import SINCE, make_user

pytestmark = pytest.mark.stands("check_request")


@pytest.fixture
def tasks(walk, world):
    """Two requests that wait at the Organization Committee."""
    second = Walk.begin(AppointmentInPlaceFlow, world.positions["state"])
    advance(second, "check_request")
    return [walk.task("check_request"), second.task("check_request")]


def send(client, tasks, do, **data):
    sent = {"task": [task.pk for task in tasks], "do": do, **data}
    return client.post(reverse("bulk"), sent)


def events(task):
    return list(task.process.entries.order_by("-seq").values_list("event", flat=True)[:2])


def again(tasks):
    return list(CaseTask.objects.filter(pk__in=[task.pk for task in tasks]).order_by("pk"))


def test_all_chosen_are_taken_each_with_its_entry(tasks, world, browser):
    assert send(browser("oc_clerk"), tasks, "take").url == "/inbox/"
    assert [task.owner for task in again(tasks)] == [world["oc_clerk"]] * 2
    assert [events(task)[0] for task in tasks] == [Event.TAKEN] * 2


def test_all_chosen_are_given_back(tasks, browser):
    client = browser("oc_clerk")
    send(client, tasks, "take")
    send(client, tasks, "give_back", next="/inbox/?tab=mine")
    assert [task.owner for task in again(tasks)] == [None, None]


def test_what_fails_is_told_for_its_case_and_stops_no_other(tasks, world, browser):
    other = make_user("oc2")
    grant(other, Role.OC_CLERK, world.units["BTCTU"], by=None, since=SINCE)
    CaseTask.objects.filter(pk=tasks[0].pk).update(owner=other)
    response = send(browser("oc_clerk"), tasks, "take")
    assert f"Not done: {other} has taken this task." in words(response)
    assert [task.owner for task in again(tasks)] == [other, world["oc_clerk"]]


def test_twice_is_done_once(tasks, browser):
    client = browser("oc_clerk")
    send(client, tasks, "take")
    before = [task.process.entries.count() for task in tasks]
    send(client, tasks, "take")
    assert [task.process.entries.count() for task in tasks] == before


def test_without_the_right_every_case_refuses_with_an_entry(tasks, browser):
    response = send(browser("oc_head"), tasks, "take")
    assert response.status_code == 409
    assert words(response).count("Not done:") == 2
    assert [events(task)[0] for task in tasks] == [Event.REFUSED] * 2


def test_to_a_stranger_the_tasks_do_not_exist(tasks, browser):
    assert send(browser("stranger"), tasks, "take").url == "/inbox/"
    assert [task.owner for task in again(tasks)] == [None, None]
    assert Event.REFUSED not in events(tasks[0])


@pytest.mark.parametrize("data", [{"task": []}, {"do": "x"}, {"task": ["x", "-1", "999999"]}])
def test_nothing_chosen_is_nothing_done(tasks, browser, data):
    sent = {"task": [task.pk for task in tasks], "do": "take", **data}
    assert browser("oc_clerk").post(reverse("bulk"), sent).url == "/inbox/"
    assert [task.owner for task in again(tasks)] == [None, None]


def test_one_goes_back_to_the_own_list_and_nowhere_else(tasks, browser):
    client = browser("oc_clerk")
    assert send(client, tasks, "take", next="/inbox/?tab=take&q=a").url == "/inbox/?tab=take&q=a"
    assert send(client, tasks, "give_back", next="https://elsewhere.example/").url == "/inbox/"


def test_a_decision_is_asked_for_on_a_page_that_lists_the_cases(tasks, browser):
    page = words(send(browser("oc_clerk"), tasks, "decide"))
    assert all(task.process.code in page for task in tasks)
    assert all(task.finished is None for task in again(tasks))


def test_one_decision_is_taken_for_each_case_with_its_own_entry(tasks, browser):
    data = {"confirmed": "1", "outcome": "ok"}
    assert send(browser("oc_clerk"), tasks, "decide", **data).url == "/inbox/"
    assert [task.outcome for task in again(tasks)] == ["ok", "ok"]
    assert all(Event.CONCLUDED in events(task) for task in tasks)


def test_a_decision_that_needs_a_reason_is_asked_for_it_and_nothing_typed_is_lost(tasks, browser):
    data = {"confirmed": "1", "outcome": "return", "reason": ""}
    page = words(send(browser("oc_clerk"), tasks, "decide", **data))
    assert "Say why" in page
    assert [task.outcome for task in again(tasks)] == ["", ""]


def test_a_case_that_has_gone_on_meanwhile_is_told_and_the_other_decided(tasks, walk, browser):
    walk.do("check_request", outcome="ok")
    data = {"confirmed": "1", "outcome": "ok"}
    response = send(browser("oc_clerk"), tasks, "decide", **data)
    assert "This step is over" in words(response)
    assert [task.outcome for task in again(tasks)] == ["ok", "ok"]


@pytest.mark.stands("appraise")
def test_a_step_that_does_not_allow_it_is_decided_case_by_case(walk, browser):
    client = browser("oc_head")
    response = client.get(send(client, [walk.task("appraise")], "decide").url)
    assert "is decided case by case" in words(response)


def test_tasks_of_different_steps_are_not_decided_together(tasks, walk, world, browser):
    first = CaseTask.objects.filter(process=walk.case).earliest("pk")
    client = browser("oc_clerk")
    response = client.get(send(client, [tasks[0], first], "decide").url)
    assert "Choose tasks of one step only" in words(response)


def test_several_tasks_go_to_one_person_with_one_reason(tasks, world, browser):
    other = make_user("oc2")
    grant(other, Role.OC_CLERK, world.units["BTCTU"], by=None, since=SINCE)
    client = browser("oc_clerk")
    send(client, tasks, "take")
    assert str(other) in words(send(client, tasks, "hand_over"))
    send(client, tasks, "hand_over", confirmed="1", to=other.pk, reason="Đi công tác")
    assert [task.owner for task in again(tasks)] == [other, other]
    assert [events(task)[0] for task in tasks] == [Event.HANDED_OVER] * 2


def test_where_nobody_can_have_all_of_them_it_is_said(tasks, browser):
    client = browser("oc_clerk")
    send(client, tasks, "take")
    assert "Nobody can have all of these tasks" in words(send(client, tasks, "hand_over"))


def test_the_priority_of_a_case_is_an_act_with_an_entry(walk, browser):
    address = reverse("case_action", args=[walk.case.pk, "prioritise"])
    sent = {"priority": "2", "reason": "Khuyết vị trí"}
    assert browser("oc_clerk").post(address, sent).status_code == 403
    assert browser("oc_head").post(address, sent).status_code == 302
    case = Case.objects.get(pk=walk.case.pk)
    entry = case.entries.order_by("-seq")[0]
    assert (case.priority, entry.event, entry.facts) == (2, Event.PRIORITISED, {"old": 0, "new": 2})


def test_the_same_priority_again_is_no_change(walk, browser):
    address = reverse("case_action", args=[walk.case.pk, "prioritise"])
    response = browser("oc_head").post(address, {"priority": "0", "reason": "x"})
    assert response.status_code == 422
    assert "has this priority already" in words(response)
