"""Several people at one case at the same moment, on a database with real locks."""

from functools import partial
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from permissions.catalogue import TELLER, Role
from permissions.errors import Conflict
from permissions.grants import grant
from permissions.models import User
from processes.audit.models import Event
from processes.audit.verify import verify
from processes.cases.models import Case, CaseTask
from processes.demo.stories import advance
from processes.demo.walk import Walk, slips, unanimous
from processes.flows import AppointmentInPlaceFlow
from processes.steps.actions import give_back, perform, take
from processes.steps.opening import open_case
from tests.kept import built
from tests.races import at_once
from tests.world import SINCE, World, make_user, small_world

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

OK = {"outcome": "ok", "reason": ""}
OPINION = {"outcome": "all_in", "stand": "agree", "text": "Ý kiến bằng văn bản."}
CLOSE = {"part": "close", "minutes": "Biên bản.", "outcome": "", "reason": ""}


@pytest.fixture
def world() -> World:
    return built(small_world)


@pytest.fixture
def walk(world: World) -> Walk:
    return Walk.begin(AppointmentInPlaceFlow, world.positions["party"])


def colleague(world: World, role: Role, unit: str) -> User:
    """Somebody else with the same role."""
    person = make_user(f"second_{role}")
    grant(person, role, world.units[unit], by=None, since=SINCE)
    return person


def kinds(given: list[Any]) -> list[str]:
    return sorted(type(one).__name__ for one in given)


def concluded(walk: Walk, step: str) -> int:
    return walk.case.entries.filter(event=Event.CONCLUDED, step=step).count()


def test_of_two_who_approve_at_once_one_wins(walk: Walk, world: World) -> None:
    task = advance(walk, "check_request").task("check_request")
    people = (world["oc_clerk"], colleague(world, Role.OC_CLERK, "BTCTU"))
    given = at_once(*[partial(perform, task.pk, by=person, data=OK) for person in people])
    assert kinds(given) == [Conflict.__name__, "NoneType"]
    assert (concluded(walk, "check_request"), walk.at) == (1, ["decide_policy"])
    assert verify(walk.case.pk).sound


def test_one_person_who_sends_twice_at_once_is_recorded_once(walk: Walk, world: World) -> None:
    task = advance(walk, "check_request").task("check_request")
    send = partial(perform, task.pk, by=world["oc_clerk"], data=OK)
    assert kinds(at_once(send, send)) == [Conflict.__name__, "NoneType"]
    assert (concluded(walk, "check_request"), walk.at) == (1, ["decide_policy"])
    assert verify(walk.case.pk).sound


def test_of_two_who_approve_and_return_at_once_one_wins(walk: Walk, world: World) -> None:
    task = advance(walk, "check_request").task("check_request")
    other = colleague(world, Role.OC_CLERK, "BTCTU")
    back = {"outcome": "return", "reason": "Thiếu căn cứ."}
    given = at_once(
        partial(perform, task.pk, by=world["oc_clerk"], data=OK),
        partial(perform, task.pk, by=other, data=back),
    )
    assert kinds(given) == [Conflict.__name__, "NoneType"]
    assert walk.at == [["decide_policy"], ["request_policy"]][given[0] is not None]
    assert verify(walk.case.pk).sound


def test_of_two_who_take_a_task_at_once_one_has_it(walk: Walk, world: World) -> None:
    task = advance(walk, "check_request").task("check_request")
    people = [world["oc_clerk"], colleague(world, Role.OC_CLERK, "BTCTU")]
    given = at_once(*[partial(take, task.pk, by=person) for person in people])
    assert kinds(given) == [Conflict.__name__, "NoneType"]
    task.refresh_from_db()
    assert task.owner == people[given.index(None)]
    assert walk.case.entries.filter(event=Event.TAKEN, task=task.pk).count() == 1
    assert verify(walk.case.pk).sound


def test_a_task_given_back_while_it_is_done_is_done_or_free(walk: Walk, world: World) -> None:
    task = advance(walk, "check_request").task("check_request")
    clerk = world["oc_clerk"]
    take(task.pk, by=clerk)
    _back, done = at_once(
        partial(give_back, task.pk, by=clerk), partial(perform, task.pk, by=clerk, data=OK)
    )
    assert done is None
    assert (concluded(walk, "check_request"), walk.at) == (1, ["decide_policy"])
    assert verify(walk.case.pk).sound


def test_of_two_clerks_who_open_a_case_at_once_one_is_refused(world: World) -> None:
    position = world.positions["state"]
    people = (world["clerk"], colleague(world, Role.UNIT_CLERK, "SNV"))
    start = partial(open_case, AppointmentInPlaceFlow, position=position)
    given = at_once(*[partial(start, by=person) for person in people])
    assert kinds(given) == ["Case", ValidationError.__name__]
    assert Case.objects.filter(position=position).count() == 1
    assert verify().sound


def test_organs_that_answer_at_once_move_the_case_once(walk: Walk) -> None:
    advance(walk, "consult_organs")
    tasks = CaseTask.objects.filter(process=walk.case, finished__isnull=True, act="give_opinion")
    given = at_once(
        *[partial(perform, task.pk, by=walk.actor(task), data=OPINION) for task in tasks]
    )
    assert given == [None] * 3
    assert (concluded(walk, "consult_organs"), walk.at) == (3, ["appraise"])
    assert walk.case.opinions.count() == 3
    assert verify(walk.case.pk).sound


def counting(walk: Walk) -> list[CaseTask]:
    """Conference 2 while slips are counted: the seats of its tellers."""
    advance(walk, "conference_2").conference("conference_2", until="wait")
    seats = CaseTask.objects.filter(process=walk.case, seat=TELLER, finished__isnull=True)
    return list(seats.order_by("pk"))


def count(seat: CaseTask) -> partial[None]:
    """What a teller sends who has counted the slips."""
    node = seat.flow_task
    data = slips(node.open_conference(seat), node.settings(seat.process), unanimous)
    form = node.form_class(task=seat, user=seat.owner, data=data)
    assert form.is_valid(), form.errors
    return partial(perform, seat.pk, by=seat.owner, data=form.cleaned_data)


def test_tellers_who_count_at_once_are_both_counted(walk: Walk) -> None:
    seats = counting(walk)
    assert at_once(*[count(seat) for seat in seats]) == [None, None]
    assert walk.case.conferences.get(code="c2").counts.count() == 2
    assert verify(walk.case.pk).sound


def test_the_last_count_against_the_close_loses_no_count(walk: Walk) -> None:
    one, other = counting(walk)
    count(one)()
    task = walk.task("conference_2", seat="")
    close = partial(perform, task.pk, by=walk.actor(task), data=CLOSE)
    counted, closed = at_once(count(other), close)
    assert counted is None
    assert closed is None or isinstance(closed, Conflict)
    assert walk.at == (["conference_2"] if closed else ["conference_3"])
    assert verify(walk.case.pk).sound
