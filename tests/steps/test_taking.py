"""Take and give back: done, refused, twice, too late."""

import pytest

from permissions.errors import Conflict, Refused
from processes.audit.models import AuditEntry, Event
from processes.demo.stories import REQUEST, advance
from processes.demo.walk import Walk
from processes.steps.actions import give_back, take
from tests.world import World


def last(walk: Walk) -> AuditEntry:
    return AuditEntry.objects.filter(chain=walk.case.pk).latest("seq")


@pytest.fixture
def waiting(walk: Walk) -> Walk:
    """A case whose request waits for the Organization Committee."""
    return advance(walk, "check_request")


def test_a_task_is_taken_with_an_entry(waiting: Walk, world: World) -> None:
    task = waiting.task("check_request")
    take(task.pk, by=world["oc_clerk"])
    task.refresh_from_db()
    entry = last(waiting)
    assert (task.owner, entry.event, entry.by) == (world["oc_clerk"], "taken", world["oc_clerk"])
    assert (entry.role, entry.step, entry.unit) == ("oc_clerk", "check_request", task.unit)


@pytest.mark.parametrize("name", ["clerk", "stranger", "inspector", "oc_head", "admin"])
def test_others_are_refused_and_the_refusal_is_an_entry(
    waiting: Walk, world: World, name: str
) -> None:
    task = waiting.task("check_request")
    with pytest.raises(Refused):
        take(task.pk, by=world[name])
    task.refresh_from_db()
    entry = last(waiting)
    assert (task.owner, entry.event, entry.by) == (None, Event.REFUSED, world[name])
    assert entry.reason


def test_taking_twice_changes_nothing(waiting: Walk, world: World) -> None:
    task = waiting.task("check_request")
    take(task.pk, by=world["oc_clerk"])
    before = last(waiting).seq
    take(task.pk, by=world["oc_clerk"])
    assert last(waiting).seq == before


def test_a_task_that_is_over_cannot_be_taken(walk: Walk, world: World) -> None:
    task = walk.task("request_policy")
    walk.do("request_policy", "submit", **REQUEST)
    with pytest.raises(Conflict):
        take(task.pk, by=world["clerk"])


def test_a_task_is_given_back_with_its_reason(waiting: Walk, world: World) -> None:
    task = waiting.task("check_request")
    take(task.pk, by=world["oc_clerk"])
    give_back(task.pk, by=world["oc_clerk"], reason="Đi công tác.")
    task.refresh_from_db()
    entry = last(waiting)
    assert (task.owner, entry.event, entry.reason) == (None, "given_back", "Đi công tác.")


def test_nobody_gives_back_what_another_holds(waiting: Walk, world: World) -> None:
    task = waiting.task("check_request")
    take(task.pk, by=world["oc_clerk"])
    with pytest.raises(Refused):
        give_back(task.pk, by=world["oc_head"])
    task.refresh_from_db()
    assert task.owner == world["oc_clerk"]


def test_giving_back_twice_is_refused(waiting: Walk, world: World) -> None:
    task = waiting.task("check_request")
    take(task.pk, by=world["oc_clerk"])
    give_back(task.pk, by=world["oc_clerk"])
    with pytest.raises(Refused):
        give_back(task.pk, by=world["oc_clerk"])


def test_a_finished_task_cannot_be_given_back(walk: Walk, world: World) -> None:
    task = walk.task("request_policy")
    walk.do("request_policy", "submit", **REQUEST)
    with pytest.raises(Conflict):
        give_back(task.pk, by=world["clerk"])
