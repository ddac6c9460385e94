"""The inbox: whose tasks stand where, and what can be done to them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from permissions.checks import today
from processes.audit.models import Event
from processes.cases.models import Case, CaseTask
from processes.flows import AppointmentInPlaceFlow
from processes.pages.due import LIGHTS, horizon
from processes.steps.opening import open_case
from tests.pages.conftest import words

INBOX = "/inbox/"


def last(walk):
    return walk.case.entries.order_by("-seq")[0]


def rows(client, **wish):
    return [line.task for line in client.get(INBOX, wish).context["lines"]]


def test_whoever_opened_a_case_has_its_first_task(walk, browser):
    assert rows(browser("clerk")) == [walk.task("request_policy")]


def test_a_stranger_has_an_empty_inbox(browser):
    client = browser("stranger")
    assert [rows(client, tab=tab) for tab in ("mine", "take", "done")] == [[], [], []]


def test_without_signing_in_there_is_no_inbox(client, walk):
    assert client.get(INBOX).url == f"{reverse('login')}?next={INBOX}"


def test_the_first_page_leads_to_the_inbox(browser):
    assert browser("clerk").get("/").url == INBOX


def test_what_one_person_has_taken_is_not_offered_to_another(walk, browser):
    assert walk.task("request_policy") not in rows(browser("clerk"), tab="take")


@pytest.mark.stands("check_request")
def test_a_task_that_nobody_has_is_offered_to_its_role(walk, browser):
    assert rows(browser("oc_clerk"), tab="take") == [walk.task("check_request")]
    assert rows(browser("oc_head"), tab="take") == []


@pytest.mark.stands("check_request")
def test_whoever_concluded_a_task_finds_it_under_done(walk, browser):
    (task,) = rows(browser("clerk"), tab="done")
    assert task.flow_task.name == "request_policy"


@pytest.mark.stands("check_request")
def test_taking_leads_to_the_page_of_the_step(walk, world, browser):
    task = walk.task("check_request")
    response = browser("oc_clerk").post(reverse("take", args=[task.pk]))
    assert response.url == reverse("task", args=[walk.case.pk, task.pk])
    assert (last(walk).event, last(walk).by) == (Event.TAKEN, world["oc_clerk"])


@pytest.mark.stands("check_request")
def test_taking_without_the_right_is_refused_with_the_reason(walk, world, browser):
    response = browser("oc_head").post(reverse("take", args=[walk.task("check_request").pk]))
    assert response.status_code == 403
    assert "Check requests and dossiers" in words(response)
    assert (last(walk).event, last(walk).by) == (Event.REFUSED, world["oc_head"])


@pytest.mark.stands("check_request")
def test_a_stranger_finds_no_task_to_take(walk, browser):
    response = browser("stranger").post(reverse("take", args=[walk.task("check_request").pk]))
    assert response.status_code == 404
    assert last(walk).event != Event.REFUSED


@pytest.mark.stands("check_request")
def test_a_task_is_given_back_to_the_queue(walk, browser):
    client, task = browser("oc_clerk"), walk.task("check_request")
    client.post(reverse("take", args=[task.pk]))
    client.post(reverse("give_back", args=[task.pk]), {"reason": "Nghỉ phép"})
    assert rows(client, tab="take") == [task]
    assert (last(walk).event, last(walk).reason) == (Event.GIVEN_BACK, "Nghỉ phép")


@pytest.mark.stands("check_request")
def test_the_rows_are_narrowed_by_words_of_the_case(walk, browser):
    client = browser("oc_clerk")
    assert rows(client, tab="take", q=f"{walk.case.code} giám") == [walk.task("check_request")]
    assert rows(client, tab="take", q=f"{walk.case.code} nowhere") == []


@pytest.mark.stands("check_request")
def test_the_rows_are_narrowed_by_step_and_unit(walk, browser):
    client, task = browser("oc_clerk"), walk.task("check_request")
    step = "appointment_in_place.check_request"
    assert rows(client, tab="take", step=step, unit=walk.case.unit_id) == [task]
    assert rows(client, tab="take", step="appointment_in_place.appraise") == []


@pytest.mark.stands("check_request")
@pytest.mark.parametrize(
    ("days", "light"), [(-1, "late"), (0, "week"), (60, "fine"), (None, "open")]
)
def test_the_rows_are_narrowed_by_their_light(walk, browser, days, light):
    due = None if days is None else today() + timedelta(days=days)
    CaseTask.objects.filter(pk=walk.task("check_request").pk).update(due_on=due)
    client = browser("oc_clerk")
    found = {name: len(rows(client, tab="take", due=name)) for name in LIGHTS}
    assert found == {name: int(name == light) for name in LIGHTS}


def test_soon_is_as_early_as_the_edition_reminds():
    assert horizon(today()) > today()


@pytest.mark.stands("check_request")
def test_an_unknown_wish_narrows_nothing(walk, browser):
    client = browser("oc_clerk")
    wish = {"tab": "take", "step": "x.y", "unit": "0", "due": "never", "page": "x"}
    assert rows(client, **wish) == [walk.task("check_request")]


@pytest.mark.stands("check_request")
def test_a_deadline_is_told_in_words(walk, browser):
    CaseTask.objects.filter(pk=walk.task("check_request").pk).update(
        due_on=today() - timedelta(days=1)
    )
    assert "</i> late</span>" in words(browser("oc_clerk").get(INBOX, {"tab": "take"}))


@pytest.mark.stands("check_request")
def test_a_confidential_task_is_offered_only_to_the_cleared(walk, world, browser):
    Case.objects.filter(pk=walk.case.pk).update(secrecy=Case.Secrecy.SECRET)
    assert rows(browser("oc_clerk"), tab="take") == [walk.task("check_request")]
    CaseTask.objects.filter(pk=walk.task("check_request").pk).update(
        unit=world.units["STC"], act="prepare_case"
    )
    assert rows(browser("stranger"), tab="take") == []


def test_htmx_gets_the_rows_alone(browser):
    response = browser("clerk").get(INBOX, headers={"hx-request": "true"})
    assert words(response).startswith('<div id="inbox-rows"')
    assert "HX-Request" in response["Vary"]


def test_going_back_in_the_browser_gets_the_whole_page(browser):
    headers = {"hx-request": "true", "hx-history-restore-request": "true"}
    assert "<html" in words(browser("clerk").get(INBOX, headers=headers))


@pytest.mark.stands("check_request")
@pytest.mark.parametrize("tab", ["mine", "take", "waiting", "done"])
def test_a_page_costs_six_queries_at_most(walk, world, browser, django_assert_max_num_queries, tab):
    client = browser("clerk")
    open_case(AppointmentInPlaceFlow, by=world["clerk"], position=world.positions["state"])
    client.get(INBOX, {"tab": tab})  # prepares what every page asks
    with django_assert_max_num_queries(6):
        client.get(INBOX, {"tab": tab})
