"""The pages about deputies, and what inbox, step and trail say of both people."""

import pytest
from django.urls import reverse

from permissions.checks import today
from permissions.models import StandIn
from processes.audit.models import AuditEntry
from processes.steps.actions import take
from tests.deputies.conftest import WHY, days, paper
from tests.pages.conftest import words

pytestmark = pytest.mark.stands("appraise")


def form(deputy, **said):
    sent = {name: day.isoformat() for name, day in days(0, 5).items()}
    sent |= {"deputy": deputy.pk, "reason": WHY, "document": "Ủy quyền số 01", "file": paper()}
    return sent | {"issued_on": today().isoformat()} | said


def appointing(user):
    return reverse("appoint_deputy", args=[user.pk])


def test_a_deputy_is_appointed_by_the_form(world, deputy, browser):
    response = browser("oc_head").post(appointing(world["oc_head"]), form(deputy))
    assert response.url == reverse("deputies")
    assert StandIn.objects.get().deputy == deputy


def test_only_people_of_the_unit_are_offered(world, deputy, browser):
    page = browser("oc_head").get(appointing(world["oc_head"]))
    offered = page.context["form"].fields["deputy"].queryset
    assert set(offered) == {deputy, world["oc_clerk"]}


def test_an_overlap_is_told_and_nothing_typed_is_lost(world, deputy, stand_in, browser):
    stand_in()
    response = browser("oc_head").post(appointing(world["oc_head"]), form(deputy))
    assert response.status_code == 422
    assert "stands in for" in words(response)
    assert f"{WHY}</textarea>" in words(response)


def test_whoever_may_not_appoint_is_told_why(world, browser):
    response = browser("stranger").get(appointing(world["oc_head"]))
    assert response.status_code == 403
    assert "head of their unit" in words(response)


@pytest.mark.parametrize("who", ["oc_head", "deputy", "inspector"])
def test_both_and_the_inspector_see_it_with_its_document(world, stand_in, browser, who):
    made, client = stand_in(), browser(who)
    assert "Ủy quyền số 01" in words(client.get(reverse("deputies")))
    response = client.get(reverse("authorisation", args=[made.pk]))
    assert response.headers["Content-Type"] == "application/pdf"
    entry = AuditEntry.objects.filter(chain=0).latest("seq")
    assert (entry.event, entry.by) == ("downloaded", world[who])


@pytest.mark.parametrize("who", ["stranger", "head", "admin"])
def test_to_others_it_does_not_exist(stand_in, browser, who):
    made, client = stand_in(), browser(who)
    assert "Ủy quyền số 01" not in words(client.get(reverse("deputies")))
    assert client.get(reverse("authorisation", args=[made.pk])).status_code == 404
    assert client.post(reverse("end_deputy", args=[made.pk])).status_code == 404


def test_it_is_ended_by_the_button(stand_in, browser):
    made = stand_in()
    address = reverse("end_deputy", args=[made.pk])
    assert address in words(browser("oc_head").get(reverse("deputies")))
    browser("oc_head").post(address, {"reason": "Về sớm."})
    assert address not in words(browser("oc_head").get(reverse("deputies")))


def test_the_inbox_says_in_whose_name(walk, world, deputy, stand_in, browser):
    stand_in()
    said = f"on behalf of {world['oc_head']}"
    client = browser(deputy)
    assert said in words(client.get(reverse("inbox") + "?tab=take"))
    take(walk.task("appraise").pk, by=deputy)
    assert said in words(client.get(reverse("inbox")))


def test_the_step_and_the_trail_say_in_whose_name(walk, world, deputy, stand_in, browser):
    stand_in()
    client, task = browser(deputy), walk.task("appraise")
    client.post(reverse("take", args=[task.pk]))
    page = words(client.get(reverse("task", args=[walk.case.pk, task.pk])))
    assert f"You act here on behalf of {world['oc_head']}" in page
    trail = words(browser("inspector").get(reverse("case_trail", args=[walk.case.pk])))
    assert f"on behalf of {world['oc_head']} took the task" in trail


def test_a_step_is_carried_out_by_the_form_in_both_names(walk, world, deputy, stand_in, browser):
    stand_in()
    client, task = browser(deputy), walk.task("appraise")
    client.post(reverse("take", args=[task.pk]))
    sent = {"outcome": "recommend", "report": "Đủ điều kiện."}
    client.post(reverse("task", args=[walk.case.pk, task.pk]), sent)
    task.refresh_from_db()
    assert (task.outcome, task.owner, task.behalf) == ("recommend", deputy, world["oc_head"])


@pytest.mark.parametrize("tab", ["mine", "take", "done"])
def test_the_inbox_of_a_deputy_costs_few_queries(
    deputy, stand_in, browser, django_assert_max_num_queries, tab
):
    stand_in()
    client = browser(deputy)
    client.get(reverse("inbox"))
    with django_assert_max_num_queries(12):
        client.get(reverse("inbox") + f"?tab={tab}")


def test_what_is_typed_about_a_deputy_is_kept_as_a_draft(world, deputy, browser):
    address, client = appointing(world["oc_head"]), browser("oc_head")
    typed = {name: value for name, value in form(deputy).items() if name != "file"}
    assert client.post(address, typed | {"keep_draft": "1"}).url == address
    assert f"{WHY}</textarea>" in words(client.get(address))
    assert not StandIn.objects.exists()
    client.post(address, form(deputy))
    assert f"{WHY}</textarea>" not in words(client.get(address))
