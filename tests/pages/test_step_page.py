"""The page of a step: the form, its draft, and what happens to what was sent."""

import pytest
from django.urls import reverse

from permissions.catalogue import Lane, Role
from permissions.grants import grant
from processes.audit.models import Event
from processes.demo.stories import REQUEST, advance, half, hold, thirds
from processes.organisation.units import LaneUnit
from processes.steps.actions import take
from tests.pages.conftest import words
from tests.world import SINCE, make_user

#: The conferences of a case in the order in which they are held.
HELD = ["sc_policy", "c1", "c2", "c3", "c4", "c5"]
RETURNED = {"outcome": "return", "reason": "Thiếu phương án."}


def url(task, name="task"):
    return reverse(name, args=[task.process_id, task.pk])


def entries(walk, event):
    return list(walk.case.entries.filter(event=event))


@pytest.fixture
def taken(walk, world):
    """The check of the request, taken by the specialist."""
    task = walk.task("check_request")
    take(task.pk, by=world["oc_clerk"])
    return task


def test_a_step_is_carried_out_and_the_case_moves_on(walk, browser):
    task = walk.task("request_policy")
    response = browser("clerk").post(url(task), {**REQUEST, "outcome": "submit"})
    assert response.url == reverse("case", args=[walk.case.pk])
    assert walk.at == ["check_request"]


def test_a_form_with_errors_keeps_what_was_typed(walk, browser):
    task = walk.task("request_policy")
    response = browser("clerk").post(url(task), {"need": "Kiện toàn.", "outcome": "submit"})
    found = words(response)
    assert response.status_code == 422
    assert "Nothing was saved yet" in found
    assert "Kiện toàn.</textarea>" in found


def test_data_that_lack_for_the_next_step_are_told_and_what_was_typed_stays(walk, browser):
    LaneUnit.objects.filter(lane=Lane.OC).delete()
    task = walk.task("request_policy")
    response = browser("clerk").post(url(task), {**REQUEST, "outcome": "submit"})
    assert response.status_code == 422
    assert "Organization Committee" in str(response.context["form"].non_field_errors())
    assert REQUEST["need"] in words(response)
    assert walk.at == ["request_policy"]


@pytest.mark.stands("check_dossier")
def test_a_case_does_not_get_lost_where_no_organ_is_to_be_consulted(walk, world, browser):
    LaneUnit.objects.update(consulted=False)
    task = walk.task("check_dossier")
    response = browser("oc_clerk").post(url(task), {"outcome": "complete", "reason": ""})
    assert response.status_code == 422
    assert "no organ to be consulted" in str(response.context["form"].non_field_errors())
    assert walk.at == ["check_dossier"]


@pytest.mark.stands("check_request")
def test_an_error_that_the_step_finds_stands_at_its_field(taken, browser):
    response = browser("oc_clerk").post(url(taken), {"outcome": "return", "reason": ""})
    assert response.status_code == 422
    assert "this outcome needs a reason" in str(response.context["form"].errors["reason"])


@pytest.mark.stands("promulgate")
@pytest.mark.parametrize("day", ["9995-01-01", "2226-11-01"])
def test_a_year_that_nobody_can_have_meant_is_told_at_its_field(walk, browser, day):
    task = walk.task("promulgate")
    person = walk.actor(task)
    take(task.pk, by=person)
    sent = {"outcome": "done", "effective_on": day, "announced_at": "Hội trường số 7"}
    page = browser(person).post(url(task), sent)
    assert page.status_code == 422
    assert "check the year" in str(page.context["form"].errors["effective_on"])
    assert "Hội trường số 7" in words(page)


@pytest.mark.stands("check_request")
def test_a_free_task_is_taken_before_there_is_a_form(walk, browser):
    response = browser("oc_clerk").get(url(walk.task("check_request")))
    assert response.context["form"] is None
    assert "Take this task" in words(response)


@pytest.mark.stands("check_request")
def test_whoever_may_not_sees_why_and_no_form(taken, browser):
    response = browser("clerk").get(url(taken))
    assert "Not for you:" in words(response)
    assert response.context["form"] is None


@pytest.mark.stands("check_request")
def test_whoever_may_not_and_sends_is_refused_with_an_entry(walk, taken, world, browser):
    response = browser("oc_head").post(url(taken), RETURNED)
    assert response.status_code == 403
    assert [entry.by for entry in entries(walk, Event.REFUSED)] == [world["oc_head"]]
    assert walk.at == ["check_request"]


@pytest.fixture
def colleague(world):
    """Another specialist of the same organ."""
    user = make_user("colleague")
    grant(user, Role.OC_CLERK, world.units["BTCTU"], by=None, since=SINCE)
    return user


@pytest.mark.stands("check_request")
def test_whoever_sends_what_a_colleague_has_taken_is_too_late_and_not_refused(
    walk, taken, world, colleague, browser
):
    response = browser(colleague).post(url(taken), RETURNED)
    said = words(response)
    assert response.status_code == 409
    assert f"{world['oc_clerk']} has taken this task." in said
    assert "ask the process administrator" not in said
    assert entries(walk, Event.REFUSED) == []
    assert walk.at == ["check_request"]


@pytest.mark.stands("check_request")
def test_only_whoever_lacks_the_role_is_advised_to_ask_for_one(walk, taken, browser):
    ask = "ask the process administrator for the role"
    assert ask in words(browser("oc_head").post(url(taken), RETURNED))
    hold(walk)
    held = words(browser("oc_clerk").post(url(taken), RETURNED))
    assert "The case is on hold." in held
    assert ask not in held
    assert "You have the role that it takes" in held


@pytest.mark.stands("check_request")
def test_sending_twice_is_a_conflict(walk, taken, browser):
    client = browser("oc_clerk")
    client.post(url(taken), RETURNED)
    response = client.post(url(taken), RETURNED)
    assert response.status_code == 409
    assert len(entries(walk, Event.CONCLUDED)) == 2


@pytest.mark.stands("check_request")
def test_a_held_case_takes_no_step(walk, taken, browser):
    hold(walk)
    response = browser("oc_clerk").post(url(taken), RETURNED)
    assert response.status_code == 403
    assert "on hold" in words(response)


@pytest.mark.stands("check_request")
def test_a_stranger_finds_no_step(taken, browser):
    assert browser("stranger").get(url(taken)).status_code == 404
    assert browser("stranger").post(url(taken), RETURNED).status_code == 404


@pytest.mark.stands("check_request")
def test_a_task_is_found_only_under_its_own_case(taken, browser):
    address = reverse("task", args=[taken.process_id + 1, taken.pk])
    assert browser("oc_clerk").get(address).status_code == 404


@pytest.mark.stands("appraise")
def test_the_opinions_stand_beside_the_form(walk, world, browser):
    task = walk.task("appraise")
    take(task.pk, by=world["oc_head"])
    opinions = browser("oc_head").get(url(task)).context["sheet"].opinions
    assert {opinion.unit for opinion in opinions} == {
        world.units[code] for code in ("UBKTTU", "BNCTU", "CAT")
    }


@pytest.mark.stands("conference_3")
@pytest.mark.parametrize(
    ("conference", "votes", "step", "first"),
    [
        ("conference_3", thirds, "rule_on_tie", "c3"),
        ("conference_5", half, "head_decides", "c5"),
    ],
)
def test_the_conference_that_is_decided_on_stands_first(
    walk, browser, conference, votes, step, first
):
    advance(walk, conference).conference(conference, votes)
    task = walk.task(step)
    response = browser(walk.actor(task)).get(url(task))
    codes = [one.meeting.code for one in response.context["sittings"]]
    assert words(response).index('id="conferences"') < words(response).index('id="what"')
    assert codes == [first, *(code for code in HELD if code in codes and code != first)]


@pytest.mark.stands("assemble_dossier")
def test_elsewhere_the_conferences_stand_as_they_were_held(walk, browser):
    task = advance(walk, "check_dossier").task("check_dossier")
    shown = browser("oc_clerk").get(url(task)).context["sittings"]
    assert [one.meeting.code for one in shown] == HELD
