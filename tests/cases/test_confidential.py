"""A confidential case is known to whoever opened it and to the cleared, at every step."""

from collections.abc import Iterable

import pytest

from permissions.catalogue import Role
from permissions.checks import today
from permissions.grants import grant, revoke
from permissions.models import User
from processes.cases.models import Case, CaseTask
from processes.demo.stories import MAIN
from processes.demo.walk import Walk
from processes.flows import AppointmentInPlaceFlow
from processes.steps.actions import give_back
from tests.world import SINCE, World, make_user, small_world


def again(user: User) -> User:
    """The account as the next request reads it: nothing remembered."""
    return User.objects.get(pk=user.pk)


def know(people: Iterable[User], case: Case) -> list[bool]:
    return [Case.objects.visible_to(again(user)).filter(pk=case.pk).exists() for user in people]


def colleague(world: World) -> User:
    user = make_user("colleague")
    grant(user, Role.UNIT_CLERK, world.units["SNV"], by=None, since=SINCE)
    return user


def confidential(walk: Walk) -> Case:
    Case.objects.filter(pk=walk.case.pk).update(secrecy=Case.Secrecy.SECRET)
    walk.case.refresh_from_db()
    return walk.case


def test_who_opened_it_and_the_cleared_know_it_at_every_step(db: None) -> None:
    world = small_world()
    clerks = [world["clerk"], world["head"], colleague(world)]
    walk = Walk.begin(AppointmentInPlaceFlow, world.positions["party"], secrecy="secret")
    known = {}
    for step, go_on in MAIN.items():
        known[step] = know(clerks, walk.case)
        go_on(walk)
    assert walk.case.finished
    known["ended"] = know(clerks, walk.case)
    assert {step for step, knows in known.items() if knows != [True, True, False]} == set()


def test_who_opened_it_and_gave_the_task_back_still_finds_it(walk: Walk, world: World) -> None:
    case, task = confidential(walk), walk.task("request_policy")
    give_back(task.pk, by=world["clerk"])
    other = colleague(world)
    assert know([world["clerk"], other], case) == [True, False]
    assert list(CaseTask.objects.to_take(again(world["clerk"]))) == [task]
    assert not CaseTask.objects.to_take(again(other)).exists()


def test_an_internal_case_is_known_to_the_other_clerks_too(walk: Walk, world: World) -> None:
    assert know([world["clerk"], colleague(world)], walk.case) == [True, True]


@pytest.mark.stands("check_request")
@pytest.mark.parametrize("name", ["stranger", "admin"])
def test_people_of_other_units_do_not_know_it(walk: Walk, world: World, name: str) -> None:
    assert know([world[name]], confidential(walk)) == [False]


def test_who_opened_it_and_works_there_no_more_does_not_know_it(walk: Walk, world: World) -> None:
    case, clerk = confidential(walk), world["clerk"]
    give_back(walk.task("request_policy").pk, by=clerk)
    revoke(clerk.holdings.get(), by=world["admin"], on=today(), reason="Chuyển công tác")
    assert know([clerk], case) == [False]
