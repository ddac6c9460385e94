"""What is open now is what a plain count of rows finds, read from indexes alone."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from permissions.checks import today
from processes.cases.models import Case, CaseTask
from processes.figures import reading
from processes.figures.reach import Reach
from processes.flows import AppointmentInPlaceFlow
from processes.steps.opening import open_case

pytestmark = pytest.mark.stands("decide_policy")


@pytest.fixture
def several(walk, world):
    """One case stands at its third step, another one at its first and late, a third is over."""
    position = world.positions["state"]
    other = open_case(AppointmentInPlaceFlow, by=world["clerk"], position=position)
    yesterday = today() - timedelta(days=1)
    other.task_set.update(due_on=yesterday)
    task = other.task_set.get(finished__isnull=True)
    task.pk = None
    task.save(force_insert=True)  # a second task that is late makes no second case
    over = Case.objects.get(pk=other.pk)
    over.pk, over.code, over.finished = None, "over", other.created
    over.save(force_insert=True)
    task.pk, task.process, task.finished = None, over, over.finished
    task.save(force_insert=True)
    return walk.case


@pytest.fixture(params=["province", "unit", "another unit"])
def reach(request, several, world):
    return {
        "province": Reach(provinces=frozenset({several.province_id})),
        "unit": Reach(units=frozenset({several.unit_id})),
        "another unit": Reach(units=frozenset({world.units["STC"].pk})),
    }[request.param]


def open_cases(reach):
    rows = [case for case in Case.objects.all() if case.finished is None]
    return [c for c in rows if c.province_id in reach.provinces or c.unit_id in reach.units]


def open_tasks(reach):
    known = {case.pk for case in open_cases(reach)}
    rows = [task for task in CaseTask.objects.all() if task.finished is None]
    return [task for task in rows if task.process_id in known]


def is_late(task):
    return task.due_on is not None and task.due_on < today()


def test_cases_under_way_are_those_without_an_end(reach):
    cases = open_cases(reach)
    assert reading.open_by_procedure(reach) == Counter(case.flow_class for case in cases)
    assert reading.open_by_unit(reach) == Counter(case.unit_id for case in cases)


def test_a_case_is_late_once_however_many_of_its_tasks_are(reach):
    late = {task.process for task in open_tasks(reach) if is_late(task)}
    found = reading.late_by_procedure(reach, today())
    assert found == Counter(case.flow_class for case in late)


def test_each_step_has_the_tasks_that_are_open_there(reach):
    tasks = open_tasks(reach)
    late = Counter(task.flow_task.name for task in tasks if is_late(task))
    assert reading.open_steps_of(reach, AppointmentInPlaceFlow, today()) == {
        name: (number, late[name])
        for name, number in Counter(task.flow_task.name for task in tasks).items()
    }


def test_the_several_cases_are_of_different_kinds(several):
    whole = Reach(provinces=frozenset({several.province_id}))
    found = reading.open_steps_of(whole, AppointmentInPlaceFlow, today())
    assert found == {"decide_policy": (1, 0), "request_policy": (2, 2)}
    assert sum(reading.open_by_unit(whole).values()) == 2
    assert list(reading.late_by_procedure(whole, today()).values()) == [1]


@pytest.mark.postgresql
def test_nothing_of_it_is_read_from_a_table(several):
    whole = Reach(provinces=frozenset({several.province_id}))
    with CaptureQueriesContext(connection) as asked:
        reading.open_by_procedure(whole)
        reading.open_by_unit(whole)
        reading.late_by_procedure(whole, today())
        reading.open_steps_of(whole, AppointmentInPlaceFlow, today())
    plans = [plan(query["sql"]) for query in asked.captured_queries]
    assert len(plans) == 4
    for lines in plans:
        scans = [line for line in lines if " Scan" in line]
        assert scans
        assert all("Index Only Scan" in line for line in scans), lines


def plan(sql):
    """How PostgreSQL would read it where reading the whole table is no way."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute(f"EXPLAIN {sql}")
        return [line for (line,) in cursor.fetchall()]
