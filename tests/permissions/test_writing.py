"""Rows written by statements that are built once read as if they had been saved."""

import pytest
from django.db import DatabaseError
from django.utils import timezone
from viewflow.workflow.status import STATUS

from permissions.writing import Beside, insert, update
from processes.cases.models import CaseTask, Clock, Participant
from processes.flows import AppointmentInPlaceFlow
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return make.user("clerk")


@pytest.fixture
def task(clerk):
    case = make.bare_case(clerk)
    return CaseTask(
        process=case,
        flow_task=AppointmentInPlaceFlow.check_request,
        flow_task_type="HUMAN",
        act="check_papers",
        unit=case.unit,
        round=3,
        due_on=timezone.localdate(),
        data={"said": ["Đồng ý", None, {"n": 1}]},
    )


def stored(task):
    """Every column of the row but its number."""
    row = CaseTask.objects.filter(pk=task.pk).values().get()
    del row["id"]
    return row


def test_an_inserted_row_has_a_number_and_what_a_saved_one_has(task):
    insert(task)
    first = stored(task)
    task.pk, task._state.adding = None, True
    task.save()
    assert first == stored(task)
    assert CaseTask.objects.count() == 2


def test_an_inserted_row_can_be_referred_to_and_saved(task):
    insert(task)
    clock = Clock(case=task.process, task=task, rule="r", started_on=task.due_on,
                  due_on=task.due_on, unit="day")  # fmt: skip
    insert(clock)
    clock.rule = "s"
    clock.save()
    assert [one.rule for one in Clock.objects.filter(task=task)] == ["s"]


def test_rows_beside_a_row_refer_to_it_and_have_numbers_of_their_own(task):
    clock = Clock(case=task.process, rule="r", started_on=task.due_on, due_on=task.due_on)
    taking_part = Participant(case=task.process, unit=task.unit)
    insert(task, Beside(clock, of="task"), Beside(taking_part, once=True))
    assert (clock.task, clock.task_id) == (task, task.pk)
    assert Clock.objects.get(pk=clock.pk).task == task
    assert Participant.objects.get(pk=taking_part.pk).unit == task.unit


def test_a_row_that_is_wanted_once_is_left_as_it_is(task):
    there = Participant.objects.create(case=task.process, unit=task.unit)
    again = Participant(case=task.process, unit=task.unit)
    insert(task, Beside(again, once=True))
    assert again.pk is None
    assert list(Participant.objects.filter(case=task.process)) == [there]
    assert CaseTask.objects.get(pk=task.pk).round == 3


def test_an_update_writes_the_named_fields_and_no_other(task, clerk):
    insert(task)
    task.owner, task.status, task.round = clerk, STATUS.ASSIGNED, 7
    update(task, "owner", "status")
    assert (stored(task)["owner_id"], stored(task)["status"]) == (clerk.pk, STATUS.ASSIGNED)
    assert stored(task)["round"] == 3


def test_an_update_without_names_writes_all(task, clerk):
    insert(task)
    task.owner, task.round, task.data = clerk, 7, {}
    update(task)
    assert (stored(task)["owner_id"], stored(task)["round"], stored(task)["data"]) == (
        clerk.pk, 7, {},
    )  # fmt: skip


def test_an_update_of_a_row_that_is_gone_is_an_error(task):
    insert(task)
    task.pk += 1
    with pytest.raises(DatabaseError):
        update(task, "round")
