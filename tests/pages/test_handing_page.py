"""A task changes hands on the pages: forms, buttons, and the history that both pages show."""

import pytest
from django.urls import reverse

from permissions.catalogue import Role
from permissions.grants import grant
from processes.cases.models import Draft
from processes.steps.actions import take
from processes.steps.handing import entrust
from tests.pages.conftest import words
from tests.world import SINCE, make_user

pytestmark = pytest.mark.stands("check_request")

WHY = "Đi công tác dài ngày."


@pytest.fixture
def other(world):
    person = make_user("oc_clerk2", title="Chuyên viên")
    grant(person, Role.OC_CLERK, world.units["BTCTU"], by=None, since=SINCE)
    return person


@pytest.fixture
def taken(walk, world):
    task = walk.task("check_request")
    take(task.pk, by=world["oc_clerk"])
    return task


@pytest.fixture
def entrusted(taken, world, other):
    entrust(taken.pk, by=world["oc_clerk"], to=other, reason=WHY)
    return taken


def step(task):
    return reverse("task", args=[task.process_id, task.pk])


def hand(task, way="hand-over"):
    return reverse("hand", args=[task.pk, way])


def test_the_holder_finds_the_way_to_hand_over(taken, browser):
    page = words(browser("oc_clerk").get(step(taken)))
    assert f'href="{hand(taken)}"' in page
    assert f'href="{hand(taken, "entrust")}"' in page


def test_the_inbox_offers_to_give_back_what_one_has_taken_and_not_what_one_prepares(
    taken, world, other, browser
):
    back = reverse("give_back", args=[taken.pk])
    assert back in words(browser("oc_clerk").get("/inbox/"))
    entrust(taken.pk, by=world["oc_clerk"], to=other, reason=WHY)
    client = browser(other)
    page = client.get("/inbox/")
    assert [line.task for line in page.context["lines"]] == [taken]
    assert back not in words(page)
    assert client.post(back).status_code == 403


def test_others_find_no_way_to_hand_it_over(taken, browser):
    assert hand(taken) not in words(browser("oc_head").get(step(taken)))


def test_only_people_are_offered_who_may_carry_it_out(taken, other, browser):
    form = browser("oc_clerk").get(hand(taken)).context["form"]
    assert [label for _value, label in form.fields["to"].choices][1:] == [f"{other}, Chuyên viên"]


def test_a_task_is_handed_over_by_the_form(taken, other, browser):
    response = browser("oc_clerk").post(hand(taken), {"to": other.pk, "reason": WHY})
    assert response.url == reverse("case", args=[taken.process_id])
    assert f'href="{step(taken)}"' in words(browser(other).get(reverse("inbox")))


def test_a_form_without_a_reason_keeps_the_person_chosen(taken, other, browser):
    response = browser("oc_clerk").post(hand(taken), {"to": other.pk, "reason": ""})
    assert response.status_code == 422
    assert f'value="{other.pk}" selected' in words(response)


def test_whoever_does_not_hold_it_is_refused_with_an_entry(walk, taken, other, browser):
    response = browser("oc_head").post(hand(taken), {"to": other.pk, "reason": WHY})
    assert response.status_code == 403
    assert walk.case.entries.latest("seq").event == "refused"


def test_an_unknown_way_is_not_found(taken, browser):
    assert browser("oc_clerk").get(hand(taken, "sell")).status_code == 404


def test_whoever_prepares_hands_in_what_stands_in_the_form(entrusted, world, other, browser):
    client = browser(other)
    page = words(client.get(step(entrusted)))
    assert f'formaction="{reverse("hand_in", args=[entrusted.pk])}"' in page
    sent = {"outcome": "ok", "reason": "Đủ.", "hand_in_note": "Đã soạn."}
    client.post(reverse("hand_in", args=[entrusted.pk]), sent)
    assert Draft.objects.get(by=world["oc_clerk"]).data == {"outcome": "ok", "reason": "Đủ."}
    assert "Đủ.</textarea>" in words(browser("oc_clerk").get(step(entrusted)))


def test_whoever_prepares_keeps_a_draft(entrusted, other, browser):
    sent = {"reason": "Đang soạn", "keep_draft": "1"}
    browser(other).post(step(entrusted), sent)
    assert Draft.objects.get(by=other).data == {"reason": "Đang soạn"}


def test_whoever_gave_it_away_sees_who_has_it_and_gets_it_back(entrusted, other, browser):
    client = browser("oc_clerk")
    assert f"{other} prepares this for you" in words(client.get(step(entrusted)))
    response = client.post(reverse("get_back", args=[entrusted.pk]))
    assert response.url == step(entrusted)
    assert client.get(step(entrusted)).context["form"] is not None


@pytest.mark.parametrize("address", ["task", "case"])
def test_both_pages_show_who_held_the_task(entrusted, world, other, browser, address):
    number = [entrusted.process_id] + [entrusted.pk] * (address == "task")
    page = words(browser("oc_head").get(reverse(address, args=number)))
    assert f"to prepare for {world['oc_clerk']}: {WHY}" in page
    assert f"{other}: since" in page


def test_why_a_task_is_handed_over_is_kept_as_a_draft(taken, other, browser):
    client = browser("oc_clerk")
    kept = {"to": other.pk, "reason": WHY, "keep_draft": "1"}
    assert client.post(hand(taken), kept).url == hand(taken)
    assert f"{WHY}</textarea>" in words(client.get(hand(taken)))
    taken.refresh_from_db()
    assert taken.owner != other
    client.post(hand(taken), {"to": other.pk, "reason": WHY})
    assert not Draft.objects.exists()
