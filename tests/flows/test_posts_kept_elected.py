"""What becomes of the posts that somebody holds already who is elected."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from permissions.checks import today
from permissions.models import User
from processes.audit.models import AuditEntry
from processes.demo.stories import all_posts
from processes.demo.stories_nomination import PARTY, answered, begin, effective
from processes.demo.walk import Walk
from processes.flows import NominationPartyPostFlow
from processes.flows import choices_nomination as who
from processes.organisation.people import Cadre, PostHeld
from processes.pages.entries import told
from processes.steps.forms_posts import KEPT, LEFT, POST
from tests.flows.nominations import browser, english, road_of, walk, world
from tests.flows.test_nomination_party_post import of_four
from tests.world import SINCE

__all__ = ["browser", "english", "walk", "world"]

ROAD = [*PARTY, ""]
road = road_of(lambda world: begin(NominationPartyPostFlow, world.positions["committee"]), PARTY)
pytestmark = pytest.mark.stands("election_list")


@pytest.fixture
def elected(walk: Walk) -> list[Cadre]:
    """Three of four are elected in one case, and the result is to be ratified."""
    of_four(walk, 10, 9, 8, 3)
    return who.elected(walk.case)


def former(person: Cadre) -> PostHeld:
    """The one post that somebody of the small world holds."""
    return PostHeld.objects.get(cadre=person, position=None)


def ratify(walk: Walk, **posts: Any) -> Walk:
    said = {"answered_on": today(), "effective_on": today()} | posts
    return walk.do("ratify", "approved", document="QĐ 5-QĐNS/TW", **said)


def fields(walk: Walk) -> dict[str, Any]:
    task = walk.task("ratify")
    form = task.flow_task.form_class(task=task, user=walk.actor(task))
    return {name: field for name, field in form.fields.items() if name.startswith(POST)}


def test_each_post_of_everybody_elected_is_asked_about_person_by_person(
    walk: Walk, elected: list[Cadre]
) -> None:
    first = former(elected[0])
    first.pk, first.title = None, "Ủy viên"
    first.save()
    asked = fields(walk).values()
    assert [field.about for field in asked] == [str(elected[0]), *map(str, elected)]
    assert {field.initial for field in asked} == {None}


def test_without_an_answer_about_each_post_nothing_is_ratified(
    walk: Walk, elected: list[Cadre]
) -> None:
    first, *others = elected
    posts = {f"{POST}{former(person).pk}": LEFT for person in others}
    with pytest.raises(ValidationError) as refusal:
        ratify(walk, **posts)
    (name,) = refusal.value.message_dict
    assert name == f"{POST}{former(first).pk}"
    assert str(first) in refusal.value.message_dict[name][0]
    assert walk.at == ["ratify"]


def test_each_of_the_elected_leaves_and_keeps_what_was_said(
    walk: Walk, elected: list[Cadre]
) -> None:
    (one, *_), (lost,) = elected, set(who.listed(walk.case)) - set(elected)
    said = {f"{POST}{former(person).pk}": KEPT for person in elected}
    ratify(walk, **said | {f"{POST}{former(one).pk}": LEFT})
    ended = [former(person).until for person in (*elected, lost)]
    assert (walk.case.outcome, ended) == ("elected", [today(), None, None, None])


def test_a_refusal_asks_about_no_post(walk: Walk, elected: list[Cadre]) -> None:
    answered("ratify", "refused", reason="Chưa đúng quy chế.")(walk)
    entry = AuditEntry.objects.get(case=walk.case, step="ratify", event="concluded")
    assert (walk.at, "former_posts" in entry.facts) == (["report_election"], False)
    assert {former(person).until for person in elected} == {None}


def test_nobody_leaves_a_post_before_it_was_held(walk: Walk, elected: list[Cadre]) -> None:
    early = SINCE - timedelta(days=1)
    with pytest.raises(ValidationError, match="held since"):
        ratify(walk, effective_on=early, **all_posts(walk, "ratify", LEFT))
    assert walk.at == ["ratify"]


def test_the_trail_says_of_whom_each_post_is(walk: Walk, elected: list[Cadre]) -> None:
    effective("ratify", "approved", "QĐ 5-QĐNS/TW", LEFT)(walk)
    entry = AuditEntry.objects.get(case=walk.case, step="ratify", event="concluded")
    said = told([entry])[0].sentence
    for post in map(former, elected):
        ends = f"until: – → {post.until:%d/%m/%Y}"
        assert f"{post.cadre}, {post.title}, {post.unit}, {ends}" in said


def test_the_page_groups_the_posts_by_person(
    walk: Walk, elected: list[Cadre], browser: Callable[[User], Client]
) -> None:
    task = walk.task("ratify")
    client = browser(walk.actor(task))
    client.post(reverse("take", args=[task.pk]))
    page = client.get(reverse("task", args=[walk.case.pk, task.pk])).content.decode()
    assert re.findall(r'<legend class="card-title">(.*?)</legend>', page) == list(map(str, elected))
