"""Deputy and principal at one task at the same moment, and a time that ends meanwhile."""

from functools import partial
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from permissions.catalogue import Role
from permissions.checks import stand_ins_of
from permissions.errors import Conflict, Refused
from permissions.grants import grant
from permissions.models import StandIn, User
from processes.audit.models import Event
from processes.audit.verify import verify
from processes.demo.stories import advance
from processes.demo.walk import Walk
from processes.deputies.writers import end
from processes.flows import AppointmentInPlaceFlow
from processes.steps.actions import perform, take
from tests.deputies.conftest import Appoint
from tests.kept import built
from tests.races import at_once
from tests.world import SINCE, World, make_user, small_world

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

OK = {"outcome": "ok", "reason": ""}


@pytest.fixture
def world() -> World:
    return built(small_world)


@pytest.fixture
def walk(world: World) -> Walk:
    return advance(Walk.begin(AppointmentInPlaceFlow, world.positions["party"]), "check_request")


@pytest.fixture
def at_work(world: World, deputy: User, stand_in: Appoint) -> User:
    """The deputy of the specialist, as a request reads the account."""
    stand_in("oc_clerk")
    person = User.objects.get(pk=deputy.pk)
    assert stand_ins_of(person)
    return person


def kinds(given: list[Any]) -> list[str]:
    return sorted(type(one).__name__ for one in given)


def concluded(walk: Walk) -> int:
    return walk.case.entries.filter(event=Event.CONCLUDED, step="check_request").count()


def test_of_deputy_and_principal_who_conclude_at_once_one_wins(
    walk: Walk, world: World, at_work: User
) -> None:
    task = walk.task("check_request").pk
    people = (world["oc_clerk"], at_work)
    given = at_once(*[partial(perform, task, by=one, data=OK) for one in people])
    assert kinds(given) == ["Conflict", "NoneType"]
    assert concluded(walk) == 1
    assert verify(walk.case.pk).sound


def test_the_principal_concludes_while_the_deputy_takes_over(
    walk: Walk, world: World, at_work: User
) -> None:
    task = walk.task("check_request").pk
    take(task, by=world["oc_clerk"])
    done, taken = at_once(
        partial(perform, task, by=world["oc_clerk"], data=OK), partial(take, task, by=at_work)
    )
    assert {type(done), type(taken)} == {type(None), Conflict}
    assert concluded(walk) == (done is None)
    assert verify(walk.case.pk).sound


def test_a_time_that_is_ended_while_the_deputy_acts_lets_through_before_or_not_at_all(
    walk: Walk, world: World, at_work: User
) -> None:
    task = walk.task("check_request").pk
    take(task, by=at_work)
    over = partial(end, StandIn.objects.get(), by=world["oc_clerk"], reason="Về sớm.")
    done, ended = at_once(partial(perform, task, by=at_work, data=OK), over)
    assert ended is None
    assert done is None or isinstance(done, Refused)
    assert concluded(walk) == (done is None)
    if done is not None:
        assert walk.task("check_request").owner == world["oc_clerk"]
    assert verify(walk.case.pk).sound


def test_what_was_read_before_the_time_ended_lets_nobody_through(
    walk: Walk, world: World, at_work: User
) -> None:
    end(StandIn.objects.get(), by=world["oc_clerk"], reason="Về sớm.")
    with pytest.raises(Refused):
        perform(walk.task("check_request").pk, by=at_work, data=OK)


def test_of_two_appointments_for_the_same_days_one_is_refused(
    world: World, deputy: User, stand_in: Appoint
) -> None:
    third = make_user("third")
    grant(third, Role.MEMBER, world.units["BTCTU"], by=None, since=SINCE)
    given = at_once(*[partial(stand_in, whom=person) for person in (deputy, third)])
    assert kinds(given) == ["StandIn", ValidationError.__name__]
    assert StandIn.objects.count() == 1
