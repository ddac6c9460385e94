"""A nomination to a Party post through the pages."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from permissions.models import User
from processes.cases.models import Case
from processes.demo.stories_nomination import PARTY, SCOPE, begin, go
from processes.demo.walk import Walk
from processes.flows import NominationPartyPostFlow
from tests.flows.nominations import browser, english, road_of, walk, world
from tests.world_elections import ElectionWorld

__all__ = ["browser", "english", "walk", "world"]

ROAD = [*PARTY, ""]
road = road_of(lambda world: begin(NominationPartyPostFlow, world.positions["committee"]), PARTY)


@pytest.mark.stands("")
def test_a_case_is_opened_and_moved_on_through_the_pages(
    world: ElectionWorld, browser: Callable[[User], Client]
) -> None:
    position = world.positions["secretary"]
    oc, sc = browser(world["oc_clerk"]), browser(world["sc_clerk"])
    url = reverse("begin", args=["nomination_party_post", position.pk])
    assert oc.get(url).status_code == 200
    oc.post(url, {"secrecy": "internal", "reason": ""})
    case = Case.objects.get(position=position)
    walk = Walk(case)
    task = reverse("task", args=[case.pk, walk.task("scope").pk])
    sc.post(reverse("take", args=[walk.task("scope").pk]))
    assert sc.post(task, {"outcome": "submit", **SCOPE}).status_code == 302
    for step in ("nomination_1", "election_list", "floor", "elect", "ratify"):
        go(walk, PARTY, step)
        open_task = walk.task(step)
        page = browser(walk.actor(open_task))
        page.post(reverse("take", args=[open_task.pk]))
        assert page.get(reverse("task", args=[case.pk, open_task.pk])).status_code == 200
        assert oc.get(reverse("case", args=[case.pk])).status_code == 200


@pytest.mark.stands("")
def test_the_page_of_a_case_tells_the_list_and_the_answers(
    walk: Walk, world: ElectionWorld, browser: Callable[[User], Client]
) -> None:
    page = browser(world["oc_clerk"]).get(reverse("case", args=[walk.case.pk])).content.decode()
    assert "QĐ 1204-QĐNS/TW" in page
    assert "On the list" in page
