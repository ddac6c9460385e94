"""A nomination that stands at a step, walked there once for the tests that begin at it.

A module says with `road_of` which procedure its tests walk, and in `ROAD` by which steps; a mark
names the step of each test. What a test does is undone.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import translation

from permissions.models import User
from processes.cases.models import Case
from processes.demo.stories import Stage
from processes.demo.stories_nomination import go
from processes.demo.walk import Walk
from tests.world_elections import ElectionWorld, election_world


@dataclass
class Road:
    """A province, and a case that goes down a road in it."""

    start: Callable[[ElectionWorld], Walk]
    stages: Mapping[str, Stage]
    world: ElectionWorld = field(default_factory=election_world)

    def __post_init__(self) -> None:
        self.steps = [*self.stages, ""]
        self.begin()

    def begin(self) -> None:
        """Start again with a case of its own."""
        self.savepoint = transaction.savepoint()
        self.walk = self.start(self.world)
        self.stands = 0

    def to(self, step: str) -> Case:
        """Walk on to a step; back only by starting again."""
        wanted = self.steps.index(step)
        if wanted < self.stands:
            transaction.savepoint_rollback(self.savepoint)
            self.begin()
        go(self.walk, self.stages, step)
        self.stands = wanted
        return self.walk.case


def road_of(start: Callable[[ElectionWorld], Walk], stages: Mapping[str, Stage]):
    """The fixture of a module: a road of one procedure."""

    @pytest.fixture(scope="module")
    def road(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Road]:
        with django_db_blocker.unblock(), transaction.atomic():
            yield Road(start, stages)
            transaction.set_rollback(True)
        connection.close()

    return road


@pytest.fixture
def walk(request: pytest.FixtureRequest, road: Road) -> Iterator[Walk]:
    """The case where the test wants it."""
    mark = request.node.get_closest_marker("stands")
    case = road.to(mark.args[0] if mark else road.steps[0])
    with transaction.atomic():
        yield Walk(Case.objects.get(pk=case.pk))
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Refusals are read in English, whatever is translated."""
    with translation.override("en"):
        yield


@pytest.fixture
def browser() -> Callable[[User], Client]:
    """A client in which somebody is signed in."""

    def signed_in(who: User) -> Client:
        client = Client(headers={"accept": "text/html"})
        client.cookies["django_language"] = "en"
        client.force_login(User.objects.get(pk=who.pk))
        return client

    return signed_in


@pytest.fixture
def world(road: Road, walk: Walk) -> ElectionWorld:
    """The province around the case."""
    return road.world
