"""The calendar and its feed: only what the person may see, and nothing confidential outside."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from icalendar import Calendar

from permissions.checks import today
from permissions.models import User
from processes.audit.models import AuditEntry, Event
from processes.cases.models import Case
from processes.cases.workdays import holidays_of
from processes.conferences.models import Conference, Summons
from processes.demo.stories import advance
from processes.demo.walk import Walk
from processes.notices.feeds import CalendarFeed, close_feed, open_feed
from processes.organisation.bodies import Body, Membership
from processes.organisation.people import PostHeld
from processes.pages.agenda import KINDS, Span, gather
from tests.pages.conftest import Browser, words
from tests.world import SINCE, World, make_cadre, make_user


def entries(user: User, *kinds: str) -> list[tuple[str, str]]:
    span = Span(user, today() - timedelta(days=400), today() + timedelta(days=400))
    return [(entry.kind, entry.about) for entry in gather(span, list(kinds or KINDS))]


def feed_of(token: str) -> str:
    response = Client().get(reverse("calendar_feed", args=[token]))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.stands("decide_policy")
def test_a_task_stands_on_its_day_for_whoever_may_take_it(walk: Walk, world: World) -> None:
    advance(walk, "decide_policy")
    assert entries(world["sc_clerk"], "task") == [("task", walk.case.code)]
    assert entries(world["oc_clerk"], "deadline") == [("deadline", walk.case.code)]


@pytest.mark.stands("decide_policy")
def test_a_stranger_sees_nothing_of_a_case(walk: Walk, world: World) -> None:
    advance(walk, "decide_policy")
    assert entries(world["stranger"]) == []


@pytest.mark.stands("appraise")
def test_meetings_deadlines_and_papers_of_a_case_are_shown(walk: Walk, world: World) -> None:
    advance(walk, "appraise")
    kinds = {kind for kind, _about in entries(world["oc_clerk"])}
    assert {"deadline", "meeting", "paper"} <= kinds


def test_a_term_that_ends_is_shown_to_who_knows_the_unit(walk: Walk, world: World) -> None:
    post = PostHeld.objects.filter(cadre=world.candidates[0])
    post.update(term_ends_on=today() + timedelta(days=30))
    assert entries(world["clerk"], "term") == [("term", str(world.units["SNV"]))]
    assert entries(world["stranger"], "term") == []


@pytest.mark.stands("decide_policy")
def test_only_the_kinds_that_are_asked_for_are_shown(
    walk: Walk, world: World, browser: Browser
) -> None:
    advance(walk, "decide_policy")
    task = walk.task("decide_policy")
    address = reverse("calendar") + f"?month={task.due_on:%Y-%m}&view=agenda&kind="
    client = browser("sc_clerk")
    assert walk.case.code in words(client.get(address + "task"))
    assert walk.case.code not in words(client.get(address + "term"))


@pytest.mark.parametrize("view", ["month", "agenda"])
def test_a_holiday_says_its_name(view: str, browser: Browser) -> None:
    page = words(browser("clerk").get(reverse("calendar") + f"?month=2026-09&view={view}"))
    with override("en"):
        assert holidays_of(2026, "en")[date(2026, 9, 2)] in page


@pytest.mark.parametrize("month", ["", "x", "0000-01", "2026-13"])
def test_a_month_that_is_none_is_this_month(month: str, browser: Browser) -> None:
    page = words(browser("clerk").get(reverse("calendar") + f"?month={month}"))
    assert f"Calendar: {today():%m/%Y}" in page


@pytest.mark.stands("decide_policy")
def test_the_calendar_asks_no_more_for_many_cases(
    walk: Walk, browser: Browser, django_assert_max_num_queries
) -> None:
    advance(walk, "decide_policy")
    client = browser("sc_clerk")
    with django_assert_max_num_queries(16):
        client.get(reverse("calendar"))


def test_the_token_is_shown_once_and_kept_as_a_hash(world: World, browser: Browser) -> None:
    client = browser("clerk")
    page = client.post(reverse("feed_opened"))
    token = page.context["address"].rpartition("/")[2].removesuffix(".ics")
    feed = CalendarFeed.objects.get()
    assert token not in f"{feed.digest}{words(client.get(reverse('calendar')))}"
    assert AuditEntry.objects.latest("pk").event == Event.FEED_OPENED


@pytest.mark.stands("decide_policy")
def test_a_feed_holds_what_the_person_sees(walk: Walk, world: World) -> None:
    advance(walk, "decide_policy")
    feed = Calendar.from_ical(feed_of(open_feed(by=world["sc_clerk"])))
    assert any(walk.case.code in event["SUMMARY"] for event in feed.walk("VEVENT"))


@pytest.mark.stands("decide_policy")
def test_of_a_confidential_case_a_feed_says_number_and_kind(walk: Walk, world: World) -> None:
    advance(walk, "decide_policy")
    Case.objects.filter(pk=walk.case.pk).update(secrecy="secret")
    feed = Calendar.from_ical(feed_of(open_feed(by=world["sc_clerk"])))
    said = [event["SUMMARY"] for event in feed.walk("VEVENT")]
    assert said
    assert all(text.endswith(f": {walk.case.code}") for text in said)


@pytest.mark.stands("appraise")
def test_a_feed_names_nobody_and_no_subject(walk: Walk, world: World) -> None:
    advance(walk, "appraise")
    text = feed_of(open_feed(by=world["oc_clerk"]))
    assert walk.case.code in text
    assert walk.case.title not in text
    assert all(str(cadre) not in text for cadre in world.candidates)


def test_renewing_a_feed_closes_the_one_before(world: World) -> None:
    old = open_feed(by=world["clerk"])
    feed_of(open_feed(by=world["clerk"]))
    assert Client().get(reverse("calendar_feed", args=[old])).status_code == 404


def test_a_closed_feed_is_not_found_and_closing_it_twice_is_no_entry(world: World) -> None:
    token = open_feed(by=world["clerk"])
    assert (close_feed(by=world["clerk"]), close_feed(by=world["clerk"])) == (True, False)
    assert Client().get(reverse("calendar_feed", args=[token])).status_code == 404
    assert AuditEntry.objects.filter(event=Event.FEED_CLOSED).count() == 1


def test_the_feed_of_a_closed_account_is_not_found(world: World) -> None:
    token = open_feed(by=world["clerk"])
    User.objects.filter(pk=world["clerk"].pk).update(is_active=False)
    assert Client().get(reverse("calendar_feed", args=[token])).status_code == 404


@pytest.mark.stands("decide_policy")
def test_a_feed_follows_the_rights_of_the_moment(walk: Walk, world: World) -> None:
    advance(walk, "decide_policy")
    token = open_feed(by=world["sc_clerk"])
    assert walk.case.code in feed_of(token)
    world["sc_clerk"].holdings.update(valid_until=today() - timedelta(days=1))
    assert walk.case.code not in feed_of(token)


@pytest.mark.stands("appraise")
def test_whoever_is_summoned_sees_day_and_place_of_a_case_that_they_do_not_read(
    walk: Walk, world: World
) -> None:
    advance(walk, "appraise")
    meeting = Conference.objects.filter(case=walk.case).latest("pk")
    member = make_user("thanh.vien")
    cadre = make_cadre(world.units["BNCTU"], user=member)
    assert entries(member, "meeting") == []
    Summons.objects.create(conference=meeting, cadre=cadre)
    ((kind, about),) = entries(User.objects.get(pk=member.pk), "meeting")
    assert (kind, about) == ("meeting", meeting.place)
    assert walk.case.code not in about


@pytest.mark.stands("appraise")
def test_members_of_the_standing_committee_see_the_days_on_which_it_sits(
    walk: Walk, world: World
) -> None:
    Case.objects.filter(pk=walk.case.pk).update(meeting_on=today() + timedelta(days=3))
    member = make_user("uy.vien")
    cadre = make_cadre(world.units["BNCTU"], user=member)
    assert entries(member, "meeting") == []
    body = Body.objects.get(kind=Body.Kind.STANDING_COMMITTEE)
    Membership.objects.create(body=body, cadre=cadre, valid_from=SINCE)
    again = User.objects.get(pk=member.pk)
    assert entries(again, "meeting") == [("meeting", "")]
    feed = feed_of(open_feed(by=again))
    assert walk.case.code not in feed
    assert ": ," not in feed
