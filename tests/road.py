"""Cases that stand at a step, walked there once a module instead of once a test.

Each module has one transaction of its own with a small province in it. A case goes down the
main road in it as far as a test's mark says, and the test works on that case inside a savepoint
that is undone afterwards. Tests of a module run in the order of the road.
"""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.db import connection, transaction

from permissions.models import User
from processes.cases.models import Case
from processes.demo.stories import MAIN, advance
from processes.demo.walk import Walk
from processes.flows import AppointmentInPlaceFlow
from processes.organisation.people import Cadre
from tests.world import World, small_world

STEPS = list(MAIN)


def stand_of(item: pytest.Item) -> int:
    """How far down the road a test begins; a module may name the steps of another road."""
    mark = item.get_closest_marker("stands")
    steps = getattr(item.module, "ROAD", STEPS)  # type: ignore[attr-defined]
    return steps.index(mark.args[0]) if mark else 0


class Road:
    """A province, and a case that goes down the main road in it."""

    def __init__(self) -> None:
        self.world = small_world()
        self.begin()

    def begin(self) -> None:
        """Start again with a case of its own transaction's savepoint."""
        self.savepoint = transaction.savepoint()
        self.walk = Walk.begin(AppointmentInPlaceFlow, self.world.positions["party"])
        self.stands = 0

    def to(self, step: int) -> Case:
        """Walk on to a step; back only by starting again."""
        if step < self.stands:
            transaction.savepoint_rollback(self.savepoint)
            self.begin()
        if step > self.stands:
            advance(self.walk, STEPS[step])
            self.stands = step
        return self.walk.case


@pytest.fixture(scope="module")
def road(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Road]:
    """The module's province; gone when the module is done."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Road()
        transaction.set_rollback(True)
    connection.close()


@pytest.fixture
def standing(request: pytest.FixtureRequest, road: Road) -> Iterator[Case]:
    """The case, where the test's mark wants it; what the test does is undone."""
    case = road.to(stand_of(request.node))
    with transaction.atomic():
        yield Case.objects.get(pk=case.pk)
        transaction.set_rollback(True)


@pytest.fixture
def world(road: Road, standing: Case) -> World:
    """The province with its people as the database has them now."""
    people = User.objects.in_bulk([user.pk for user in road.world.people.values()])
    cadres = Cadre.objects.in_bulk([cadre.pk for cadre in road.world.candidates])
    return replace(
        road.world,
        people={name: people[user.pk] for name, user in road.world.people.items()},
        candidates=[cadres[cadre.pk] for cadre in road.world.candidates],
    )


@pytest.fixture
def walk(standing: Case, world: World) -> Walk:
    """A case about the Party post, at the step that the test's mark names."""
    return Walk(standing)
