"""What the measurements rest on: both sides get the same work, and ours a trail that holds."""

import pytest

from bench.ours.filling import fill
from bench.shape import Shape
from permissions.models import User
from processes.audit.verify import verify
from processes.cases.models import Case, CaseTask

SMALL = Shape(tasks=50, users=12, units=4, desks=2, waiting=2, people=3, own=1)


@pytest.fixture
def filled(db: None) -> Shape:
    fill(SMALL)
    return SMALL


def test_the_shape_has_the_tasks_it_promises() -> None:
    assert 46 <= sum(len(case.tasks) for case in SMALL.cases()) <= 50


def test_the_measured_people_find_the_same_work_at_every_size() -> None:
    owners = [case.owner for case in SMALL.cases() if case.owner in SMALL.measured()]
    larger = [case.owner for case in Shape(500, 12, 4, 2, 2, 3, 1).cases() if not case.over]
    assert sorted(owners) == sorted(o for o in larger if o in SMALL.measured())


def test_every_person_who_is_measured_has_tasks_of_their_own(filled: Shape) -> None:
    people = User.objects.filter(pk__in=filled.measured())
    assert [CaseTask.objects.mine(person).count() for person in people] == [1, 1, 1]


def test_the_holder_of_both_roles_may_take_what_waits_at_the_desk(filled: Shape) -> None:
    assert CaseTask.objects.to_take(User.objects.get(pk=1)).count() == filled.waiting


def test_cases_and_tasks_are_filled_in(filled: Shape) -> None:
    tasks = [number for case in filled.cases() for number in case.tasks]
    assert (CaseTask.objects.count(), Case.objects.count()) == (len(tasks), len([*filled.cases()]))


def test_the_trail_that_is_filled_in_holds(filled: Shape) -> None:
    report = verify()
    assert (report.sound, report.entries > 0) == (True, True)
