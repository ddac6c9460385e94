"""Extend a deadline: done, refused, twice, too late."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from permissions.checks import today
from permissions.errors import Conflict, Refused
from processes.audit.models import Event
from processes.cases.models import Clock
from processes.demo.stories import advance, befall
from processes.demo.walk import Walk
from processes.notices.kinds import Kind
from processes.notices.models import Notice
from processes.steps.befall import CASE_ACTIONS
from processes.steps.sweep import sweep
from processes.steps.unfit import deadline_name
from tests.world import World

pytestmark = pytest.mark.stands("decide_policy")
EXTEND = next(action for action in CASE_ACTIONS if action.name == "extend")


@pytest.fixture
def clock(walk: Walk) -> Clock:
    advance(walk, "decide_policy")
    return walk.case.clocks.get(rule="deadlines.policy_decision")


def extend(walk: Walk, clock: Clock, due_on: date) -> None:
    befall(walk, "extend", reason="Chờ ý kiến.", clock=str(clock.pk), due_on=due_on)
    clock.refresh_from_db()


def test_an_extension_moves_the_deadline_and_its_task_with_one_entry(
    walk: Walk, world: World, clock: Clock
) -> None:
    before, day = clock.due_on, clock.due_on + timedelta(days=7)
    extend(walk, clock, day)
    entry = walk.case.entries.get(event=Event.EXTENDED)
    assert (clock.due_on, walk.task("decide_policy").due_on) == (day, day)
    assert (entry.by, entry.reason) == (world["standing"], "Chờ ý kiến.")
    assert (entry.facts["from"], entry.facts["until"]) == (before.isoformat(), day.isoformat())
    assert Notice.objects.filter(kind=Kind.EXTENSION, person=world["sc_clerk"]).count() == 1


def test_whoever_is_not_the_competent_level_is_refused(
    walk: Walk, world: World, clock: Clock
) -> None:
    data = {"reason": "x", "clock": str(clock.pk), "due_on": clock.due_on + timedelta(days=7)}
    with pytest.raises(Refused):
        EXTEND.perform(walk.case.pk, by=world["clerk"], data=data)
    assert walk.case.entries.latest("pk").event == Event.REFUSED


def test_a_day_at_the_end_of_the_calendar_is_no_new_day(walk: Walk, clock: Clock) -> None:
    data = {"clock": str(clock.pk), "due_on": "9999-12-31", "reason": "x"}
    form = EXTEND.form_class(data, case=walk.case)
    assert list(form.errors) == ["due_on"]


def test_the_same_extension_twice_is_refused(walk: Walk, clock: Clock) -> None:
    day = clock.due_on + timedelta(days=7)
    extend(walk, clock, day)
    with pytest.raises(ValidationError):
        extend(walk, clock, day)


def test_a_deadline_is_extended_as_often_as_the_edition_allows(walk: Walk, clock: Clock) -> None:
    for _time in range(2):
        extend(walk, clock, clock.due_on + timedelta(days=7))
    with pytest.raises(ValidationError) as refusal:
        extend(walk, clock, clock.due_on + timedelta(days=7))
    assert "clock" in refusal.value.message_dict


def test_a_deadline_that_was_met_is_not_extended(walk: Walk, world: World, clock: Clock) -> None:
    Clock.objects.filter(pk=clock.pk).update(stopped_on=today())
    data = {"reason": "x", "clock": str(clock.pk), "due_on": clock.due_on + timedelta(days=7)}
    with pytest.raises(Refused):
        EXTEND.perform(walk.case.pk, by=world["standing"], data=data)


def test_no_deadline_of_an_ended_case_is_extended(walk: Walk, world: World, clock: Clock) -> None:
    befall(walk, "withdraw", reason="Rút.")
    data = {"reason": "x", "clock": str(clock.pk), "due_on": clock.due_on + timedelta(days=7)}
    with pytest.raises(Conflict):
        EXTEND.perform(walk.case.pk, by=world["standing"], data=data)


def test_a_late_case_that_gets_more_time_is_late_no_more_and_is_reminded_again(
    walk: Walk, clock: Clock
) -> None:
    sweep(clock.due_on + timedelta(days=1))
    extend(walk, clock, clock.due_on + timedelta(days=30))
    assert "late" not in walk.case.flags
    assert sweep(clock.due_on).reminded == 1


@pytest.mark.stands("consult_organs")
def test_an_organ_that_was_given_more_time_is_waited_for(walk: Walk) -> None:
    advance(walk, "consult_organs")
    first, *others = walk.case.clocks.filter(task__isnull=False, stopped_on=None).order_by("pk")
    names = {deadline_name(clock) for clock in (first, *others)}
    assert len(names) == len(others) + 1 > 2
    due = first.due_on
    extend(walk, first, due + timedelta(days=20))
    assert sweep(due + timedelta(days=1)).expired == len(others)
    assert walk.at == ["consult_organs"]
    (task,) = walk.case.task_set.filter(finished__isnull=True)
    assert task == first.task
    assert sweep(first.due_on + timedelta(days=1)).expired == 1
    assert walk.at == ["appraise"]
