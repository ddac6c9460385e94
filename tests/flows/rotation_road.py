"""A rotation at each step of its road, once a module, for the tests of its table."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date, datetime, time
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone, translation

from permissions.models import User
from processes.cases.models import Case
from processes.demo import stories_rotation as go_to
from processes.demo.walk import Walk
from tests.world_rotation import RotationWorld, rotation_world

STEPS = (
    "plan_rotation", "decide_plan", "propose_people", "choose_candidate", "comment_on_candidate",
    "hear_both_units", "meet_cadre", "appraise", "decide_rotation", "sign_rotation",
    "receive_cadre", "report_on_mission",
)  # fmt: skip
ROAD = [*STEPS]


class Road:
    """A province, and a rotation that goes down the road in it."""

    def __init__(self) -> None:
        self.world = rotation_world()
        self.stages = go_to.road(
            [self.world.source, self.world.units["UBKTTU"]], self.world.candidates[:2]
        )
        self.begin()

    def begin(self) -> None:
        self.savepoint = transaction.savepoint()
        self.walk = go_to.start(self.world.posts["party"], scheme=self.world.scheme.pk)
        self.stands = 0

    def to(self, step: str) -> Case:
        wanted = STEPS.index(step)
        if wanted < self.stands:
            transaction.savepoint_rollback(self.savepoint)
            self.begin()
        go_to.go(self.walk, self.stages, step)
        self.stands = wanted
        return self.walk.case


@pytest.fixture(scope="module")
def road(django_db_setup: None, django_db_blocker: Any) -> Iterator[Road]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield Road()
        transaction.set_rollback(True)
    connection.close()


@pytest.fixture
def walk(request: pytest.FixtureRequest, road: Road) -> Iterator[Walk]:
    mark = request.node.get_closest_marker("stands")
    case = road.to(mark.args[0] if mark else STEPS[0])
    with transaction.atomic():
        yield Walk(Case.objects.get(pk=case.pk))
        transaction.set_rollback(True)


@pytest.fixture
def world(road: Road, walk: Walk) -> RotationWorld:
    for cadre in road.world.candidates:
        cadre.refresh_from_db()
    return road.world


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def browser() -> Callable[[User], Client]:
    def signed_in(who: User) -> Client:
        client = Client(headers={"accept": "text/html"})
        client.cookies["django_language"] = "en"
        client.force_login(User.objects.get(pk=who.pk))
        return client

    return signed_in


@pytest.fixture
def at() -> Iterator[Callable[[date], None]]:
    """Let the clock stand at noon of another day until the test is over."""
    with ExitStack() as days:

        def travel(day: date) -> None:
            noon = datetime.combine(day, time(12), tzinfo=timezone.get_current_timezone())
            days.enter_context(time_machine.travel(noon, tick=True))

        yield travel


def ending(walk: Walk, kind: str, position: Any = None) -> Walk:
    """From the time on rotation to the placement: recalled, evaluated, proposed, voted."""
    go_to.evaluate(go_to.recall(walk), kind)
    go_to.place(kind, position)(walk)
    return walk.conference("decide_placement")


# The table.
