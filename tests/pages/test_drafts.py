"""What people have typed and not sent: kept, found again, never anybody else's."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from permissions.catalogue import Role
from permissions.checks import today
from permissions.grants import grant
from processes.cases.models import Draft
from processes.steps.actions import give_back, perform, take
from processes.steps.sweep import sweep
from tests.pages.conftest import words
from tests.world import SINCE, make_user

pytestmark = pytest.mark.stands("check_request")
RETURNED = {"outcome": "return", "reason": "Thiếu phương án."}
HTMX = {"HX-Request": "true"}


def url(task, name="task"):
    return reverse(name, args=[task.process_id, task.pk])


def keep(client, address, data, **hidden):
    fields = {f"draft_{name}": value for name, value in hidden.items()}
    return client.post(address, {**data, **fields, "keep_draft": "1"}, headers=HTMX)


def opened(client, address):
    """What the hidden fields of the page say, as its form would send them."""
    draft = client.get(address).context["form"].draft
    return {"by": draft.sender, "seen": draft.seen, "version": draft.version}


@pytest.fixture
def taken(walk, world):
    """The check of the request, taken by the specialist."""
    task = walk.task("check_request")
    take(task.pk, by=world["oc_clerk"])
    return task


@pytest.fixture
def colleague(world):
    """Another specialist of the same committee."""
    person = make_user("colleague")
    grant(person, Role.OC_CLERK, world.units["BTCTU"], by=None, since=SINCE)
    return person


def test_a_draft_is_kept_and_comes_back(taken, browser):
    client = browser("oc_clerk")
    response = keep(client, url(taken), {"outcome": "return", "reason": "Đang soạn"})
    assert "Draft kept at" in words(response)
    page = client.get(url(taken))
    assert "Đang soạn</textarea>" in words(page)
    assert "This is your draft of" in words(page)


def test_without_scripts_a_button_keeps_it(taken, browser):
    client = browser("oc_clerk")
    response = client.post(url(taken), {"reason": "Đang soạn", "keep_draft": "1"}, follow=True)
    assert "Draft kept at" in words(response)
    assert "Đang soạn</textarea>" in words(response)


def test_the_browser_does_not_keep_a_half_filled_form_from_being_drafted(taken, browser):
    page = words(browser("oc_clerk").get(url(taken)))
    form = page.split("keep_draft")[0].rsplit("<form", 1)[1]
    assert "novalidate" in form
    assert f'hx-post="{url(taken)}"' in form


def test_a_draft_is_not_part_of_the_case(walk, taken, browser):
    before = walk.case.entries.count()
    keep(browser("oc_clerk"), url(taken), {"reason": "Đang soạn"})
    assert walk.case.entries.count() == before


def test_a_draft_is_gone_when_the_step_is_done(taken, browser):
    client = browser("oc_clerk")
    keep(client, url(taken), {"reason": "Đang soạn"})
    client.post(url(taken), RETURNED)
    assert not Draft.objects.filter(task=taken).exists()


def test_nobody_keeps_a_draft_for_anothers_task(taken, browser):
    assert keep(browser("oc_head"), url(taken), {"reason": "x"}).status_code == 409
    assert not Draft.objects.filter(task=taken).exists()


def test_a_draft_is_shown_to_nobody_else(taken, browser):
    keep(browser("oc_clerk"), url(taken), {"reason": "Đang soạn"})
    for who in ("oc_head", "clerk", "inspector"):
        assert "Đang soạn" not in words(browser(who).get(url(taken)))
        assert list(browser(who).get(reverse("drafts")).context["drafts"]) == []


def test_another_window_does_not_overwrite_the_later_draft(taken, browser):
    client = browser("oc_clerk")
    keep(client, url(taken), {"reason": "sau"}, version=0)
    response = keep(client, url(taken), {"reason": "trước"}, version=0)
    assert response.status_code == 409
    assert "in another window" in words(response)
    assert Draft.objects.get(task=taken).data["reason"] == "sau"


def test_what_others_did_since_the_draft_began_is_shown_beside_it(walk, taken, world, browser):
    client = browser("oc_clerk")
    keep(client, url(taken), {"reason": "Đang soạn"}, **opened(client, url(taken)))
    held = reverse("case_action", args=[walk.case.pk, "hold"])
    browser("oc_head").post(held, {"reason": "Đơn thư", "basis": "CV 1"})
    browser("oc_head").post(url(walk.task("held")), {"outcome": "resume", "reason": "x"})
    page = words(client.get(url(taken)))
    assert "Since you began it, others have done this" in page
    assert f"{world['oc_head']} (Head of the Organization Committee) held the case" in page
    assert "Đang soạn</textarea>" in page


def test_who_goes_on_typing_is_told_what_has_changed(walk, taken, world, browser):
    client = browser("oc_clerk")
    before = opened(client, url(taken))
    held = reverse("case_action", args=[walk.case.pk, "hold"])
    browser("oc_head").post(held, {"reason": "Đơn thư", "basis": "CV 1"})
    browser("oc_head").post(url(walk.task("held")), {"outcome": "resume", "reason": "x"})
    said = words(keep(client, url(taken), {"reason": "Đang soạn"}, **before))
    assert "Since you opened this page" in said
    assert "held the case" in said


def test_what_was_typed_stays_when_another_concludes_it(taken, colleague, world, browser):
    client = browser("oc_clerk")
    keep(client, url(taken), {"reason": "Ý kiến của tôi"})
    give_back(taken.pk, by=world["oc_clerk"])
    perform(taken.pk, by=colleague, data=RETURNED)
    page = words(client.get(url(taken)))
    assert "What you had typed and not sent" in page
    assert "Ý kiến của tôi" in page


def test_a_form_that_comes_too_late_is_kept_as_a_draft(taken, colleague, world, browser):
    client = browser("oc_clerk")
    hidden = opened(client, url(taken))
    give_back(taken.pk, by=world["oc_clerk"])
    perform(taken.pk, by=colleague, data=RETURNED)
    typed = {"outcome": "ok", "reason": "Đồng ý", "draft_by": hidden["by"]}
    response = client.post(url(taken), typed)
    assert response.status_code == 409
    assert "kept among your drafts" in words(response)
    assert Draft.objects.get(task=taken).data["reason"] == "Đồng ý"


def sent_without_a_session(client, address, data):
    """Post as the same browser whose session has ended, and sign in again."""
    hidden = {f"draft_{name}": value for name, value in opened(client, address).items()}
    del client.cookies["sessionid"]
    return client.post(address, {**data, **hidden})


def test_after_a_lost_session_the_form_is_as_it_was(taken, world, browser):
    client = browser("oc_clerk")
    response = sent_without_a_session(client, url(taken), RETURNED)
    assert response.url == f"{reverse('login')}?next={url(taken)}"
    client.force_login(world["oc_clerk"])
    page = words(client.get(url(taken)))
    assert "Thiếu phương án.</textarea>" in page
    assert "This is your draft of" in page


def test_whoever_signs_in_instead_finds_nothing_of_it(taken, world, browser):
    client = browser("oc_clerk")
    sent_without_a_session(client, url(taken), RETURNED)
    client.force_login(world["oc_head"])
    assert "Thiếu phương án." not in words(client.get(url(taken)))
    client.force_login(world["oc_clerk"])
    assert "Thiếu phương án." not in words(client.get(url(taken)))


def test_a_draft_without_a_session_says_where_to_sign_in(taken, browser):
    client = browser("oc_clerk")
    hidden = opened(client, url(taken))
    del client.cookies["sessionid"]
    response = keep(client, url(taken), {"reason": "Đang soạn"}, **hidden)
    assert response.status_code == 401
    assert "What you typed is kept for you." in words(response)
    assert f"{reverse('login')}?next=" in words(response)


def test_what_a_stranger_sends_does_not_wait(taken):
    response = Client().post(url(taken), {"reason": "x", "draft_by": "7:forged"})
    assert response.status_code == 302
    assert "sessionid" not in response.cookies


def test_a_case_action_has_its_draft(walk, browser):
    client, address = browser("oc_head"), reverse("case_action", args=[walk.case.pk, "hold"])
    keep(client, address, {"reason": "Đơn thư", "basis": "CV 1"})
    assert "Đơn thư</textarea>" in words(client.get(address))
    client.post(address, {"reason": "Đơn thư", "basis": "CV 1"})
    assert not Draft.objects.filter(address=address).exists()


def test_the_start_of_a_case_has_its_draft(world, browser):
    address = reverse("begin", args=["appointment_in_place", world.positions["state"].pk])
    client = browser("clerk")
    keep(client, address, {"secrecy": "internal", "reason": "Kiện toàn"})
    page = client.get(address)
    assert "Kiện toàn</textarea>" in words(page)
    client.post(address, {"secrecy": "internal", "reason": "Kiện toàn"})
    assert not Draft.objects.filter(address=address).exists()


def test_an_upload_keeps_all_but_the_file(walk, browser):
    address = reverse("upload", args=[walk.case.pk, "cv"])
    client = browser("clerk")
    keep(client, address, {"issued_on": "2026-01-05"})
    assert 'value="2026-01-05"' in words(client.get(address))


@pytest.mark.stands("conference_1")
def test_each_part_of_a_conference_has_a_draft_of_its_own(walk, world, browser):
    client, task = browser("clerk"), walk.task("conference_1")
    take(task.pk, by=world["clerk"])
    keep(client, url(task), {"part": "call", "place": "Phòng họp 2"})
    keep(client, url(task), {"part": "void", "reason": "Nhầm"})
    assert {draft.part for draft in Draft.objects.filter(task=task)} == {"call", "void"}
    assert 'value="Phòng họp 2"' in words(client.get(url(task)))


def test_the_list_leads_back_to_the_form(taken, browser):
    client = browser("oc_clerk")
    keep(client, url(taken), {"reason": "Đang soạn"})
    page = words(client.get(reverse("drafts")))
    assert f'href="{url(taken)}"' in page
    assert "Đang soạn" in page


def test_a_draft_is_thrown_away_by_its_owner_only(taken, browser):
    keep(browser("oc_clerk"), url(taken), {"reason": "Đang soạn"})
    address = reverse("drop_draft", args=[Draft.objects.get(task=taken).pk])
    assert browser("oc_head").post(address).status_code == 404
    assert browser("oc_clerk").post(address).url == reverse("drafts")
    assert not Draft.objects.filter(task=taken).exists()


def test_the_sweep_deletes_what_nobody_has_touched_for_long(taken, browser, settings):
    keep(browser("oc_clerk"), url(taken), {"reason": "Đang soạn"})
    assert sweep(today()).dropped == 0
    long_ago = timezone.now() - timedelta(days=settings.DRAFT_DAYS, minutes=1)
    Draft.objects.update(saved_at=long_ago)
    assert sweep(today()).dropped == 1


def test_a_field_that_somebody_changed_shows_both_values(taken, browser):
    client = browser("oc_clerk")
    keep(client, url(taken), {"reason": "Đang soạn"})
    Draft.objects.update(offered={"reason": "như cũ"})
    page = words(client.get(url(taken)))
    assert "These fields have changed meanwhile" in page
    assert "như cũ" in page
