"""What pages and count minutes say of members who are called and must not vote."""

from datetime import date

import pytest
from django.urls import reverse

from permissions.checks import today
from processes.conferences.models import Bar
from processes.organisation.bodies import Membership
from tests.dossiers.test_drawing import text_of
from tests.pages.conftest import words

pytestmark = pytest.mark.stands("conference_2")


@pytest.fixture
def task(walk, world):
    """Everybody who is nominated sits in the extended leadership as well."""
    task = walk.task("conference_2")
    body = task.flow_task.body(walk.case, today())
    for cadre in world.candidates:
        Membership.objects.create(body=body, cadre=cadre, valid_from=date(2015, 1, 1))
    return task


def shown(walk, browser, until):
    walk.conference("conference_2", until=until)
    task = walk.task("conference_2", seat="")
    return words(browser(walk.actor(task)).get(reverse("task", args=[walk.case.pk, task.pk])))


def test_the_call_tells_the_base_and_how_many_of_it_do_not_vote(walk, world, browser, task):
    page = shown(walk, browser, "attendance")
    called, barred = walk.case.conferences.get(code="c2").summonses.count(), len(world.candidates)
    assert f"Summoned: {called}, of these without a vote: {barred}" in page
    assert "By the edition of the case they stay in base and quorum." in page
    assert "Present:" not in page.partition("Without a vote:")[0]


def test_the_attendance_tells_how_many_of_those_present_do_not_vote(walk, world, browser, task):
    page = shown(walk, browser, "open")
    called, barred = walk.case.conferences.get(code="c2").summonses.count(), len(world.candidates)
    assert f"Present: {called}, of these without a vote: {barred}" in page


def test_a_case_that_used_the_unconfirmed_base_says_so(walk, browser, task):
    walk.conference("conference_2")
    assert {"vote.barred_in_base", "vote.candidates_vote"} <= set(walk.case.used_rules)
    page = words(browser("clerk").get(reverse("case", args=[walk.case.pk])))
    assert "Whether people who must not vote count in base and quorum" in page


def test_a_case_without_such_people_says_nothing_of_it(walk):
    walk.conference("conference_2")
    assert not [key for key in walk.case.used_rules if key.startswith("vote.")]


def test_the_count_minutes_say_who_did_not_vote_and_why_the_base_is_what_it_is(walk, world, task):
    walk.conference("conference_2")
    meeting = walk.case.conferences.get(code="c2")
    text = text_of(walk.case.documents.get(step=f"c2/{meeting.pk}"))
    called, barred = meeting.summonses.count(), len(world.candidates)
    assert f"Số người được triệu tập: {called}. Có mặt: {called}." in text
    assert f"Được triệu tập nhưng không bỏ phiếu: {barred}; trong đó có mặt: {barred}." in text
    assert f"{barred} trong {called} người được triệu tập" in text
    assert f"phát ra: {called - barred};" in text
    assert meeting.summonses.filter(barred=Bar.CANDIDATE).count() == barred
