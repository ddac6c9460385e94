"""The bell, the list, and what a person chooses."""

from typing import Any

import pytest
from django.urls import reverse

from permissions.checks import today
from processes.audit.models import AuditEntry, Event
from processes.cases.models import Case
from processes.demo.stories import advance
from processes.demo.walk import Walk
from processes.notices.choosing import channels_of
from processes.notices.kinds import DEFAULTS, Kind, Mailing
from processes.notices.models import Notice, NoticeSettings
from processes.notices.writers import notify
from tests.pages.conftest import Browser, words
from tests.world import World

FORM: dict[str, Any] = {"language": "en", "digest_at": "06:30"} | {
    f"{kind}_mail": "off" for kind in Kind
}


@pytest.fixture
def told(world: World, standing: Case) -> Notice:
    notify(Kind.MENTION, [world["clerk"]], key="k", by=world["head"], case=standing)
    return Notice.objects.get(key="k")


def test_the_bell_counts_what_is_unread(told: Notice, browser: Browser) -> None:
    response = browser("clerk").get(reverse("bell"))
    assert (response.context["count"], response.context["newest"]) == (unread(told), told.pk)


def unread(told: Notice) -> int:
    return Notice.objects.unread(told.person).count()


@pytest.mark.stands("check_request")
@pytest.mark.parametrize(
    "who", ["clerk", "oc_clerk", "oc_head", "standing", "stranger", "inspector"]
)
def test_the_bell_counts_for_everybody_what_their_list_shows(
    who: str, told: Notice, world: World, browser: Browser
) -> None:
    notify(Kind.MENTION, [world[who]], key="k2", by=world["head"], case=told.case)
    listed = Notice.objects.unread(world[who])
    newest = max((one.pk for one in listed if one.desktop), default=0)
    shown = browser(who).get(reverse("bell")).context
    assert (shown["count"], shown["newest"]) == (listed.count(), newest)


def test_the_bell_asks_little(
    told: Notice, browser: Browser, django_assert_max_num_queries
) -> None:
    client = browser("clerk")
    with django_assert_max_num_queries(7):
        client.get(reverse("bell"))


def test_a_notice_leads_to_its_case_and_is_read_then(
    told: Notice, browser: Browser, standing: Case
) -> None:
    assert browser("clerk").get(reverse("notice", args=[told.pk])).url == reverse(
        "case", args=[standing.pk]
    )
    told.refresh_from_db()
    assert told.read_at


def test_the_notice_of_another_is_not_found(told: Notice, browser: Browser) -> None:
    assert browser("head").get(reverse("notice", args=[told.pk])).status_code == 404


def test_one_notice_or_all_are_marked_as_read(told: Notice, browser: Browser) -> None:
    client = browser("clerk")
    client.post(reverse("notices_read"), {"notice": told.pk + 1})
    assert Notice.objects.filter(pk=told.pk, read_at=None).exists()
    client.post(reverse("notices_read"), {"until": told.pk})
    assert not Notice.objects.filter(person=told.person, read_at=None).exists()


def test_the_list_says_what_and_of_which_case(
    told: Notice, browser: Browser, standing: Case
) -> None:
    page = words(browser("clerk").get(reverse("notices")))
    assert f"Somebody mentioned me: {standing.code}" in page
    assert standing.title in page


def test_what_is_chosen_is_kept_with_one_entry(world: World, browser: Browser) -> None:
    client = browser("clerk")
    for _time in range(2):
        assert client.post(reverse("notice_settings"), FORM).status_code == 302
    found = NoticeSettings.objects.get(person=world["clerk"])
    assert (found.language, f"{found.digest_at:%H:%M}") == ("en", "06:30")
    assert {want.mail for want in channels_of(world["clerk"]).values()} == {Mailing.OFF}
    changed = AuditEntry.objects.filter(event=Event.CHANGED, by=world["clerk"])
    assert changed.count() == 1


def test_a_choice_that_is_none_is_refused_and_kept_typed(world: World, browser: Browser) -> None:
    page = browser("clerk").post(reverse("notice_settings"), FORM | {"digest_at": "99:99"})
    assert "Nothing was saved yet" in words(page)
    assert channels_of(world["clerk"]) == DEFAULTS


@pytest.mark.stands("decide_policy")
def test_a_reminder_says_which_deadline_and_day(walk: Walk, world: World, browser: Browser) -> None:
    advance(walk, "decide_policy")
    facts = {"rule": "deadlines.policy_decision", "due_on": today().isoformat()}
    notify(Kind.REMINDER, [world["sc_clerk"]], key="r", by=None, case=walk.case, facts=facts)
    page = words(browser("sc_clerk").get(reverse("notices")))
    assert f"Decision on the policy; due on {today():%d/%m/%Y}" in page


def test_an_address_is_entered_once_and_is_an_entry(world: World, browser: Browser) -> None:
    client = browser("clerk")
    client.post(reverse("notice_settings"), FORM | {"address": "clerk@example.vn"})
    world["clerk"].refresh_from_db()
    assert world["clerk"].email == "clerk@example.vn"
    entry = AuditEntry.objects.filter(event=Event.CHANGED, facts__model="permissions.user").get()
    assert entry.facts["new"] == {"email": "clerk@example.vn"}
    client.post(reverse("notice_settings"), FORM | {"address": "other@example.vn"})
    world["clerk"].refresh_from_db()
    assert world["clerk"].email == "clerk@example.vn"


def test_what_is_no_address_is_refused(world: World, browser: Browser) -> None:
    page = browser("clerk").post(reverse("notice_settings"), FORM | {"address": "nobody"})
    world["clerk"].refresh_from_db()
    assert world["clerk"].email == ""
    assert 'value="nobody"' in words(page)
