"""What is measured of lists besides: saved filters that are counted, the end of a long list."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import connection
from viewflow.workflow.fields import get_task_ref
from viewflow.workflow.status import STATUS

from bench.bulk import load
from bench.ours.filling import TASK
from bench.ours.province import organ
from bench.shape import START, Shape
from permissions.models import User
from processes.cases.models import CaseTask
from processes.flows.appointment_in_place import AppointmentInPlaceFlow as Procedure
from processes.inbox.models import SavedFilter

#: Each person who is measured has these.
FILTERS = ("tab=mine&due=late", "tab=take&due=week", "tab=take&sort=candidate",
           "tab=take&step=appointment_in_place.assemble_dossier", "tab=waiting")  # fmt: skip
#: What somebody has concluded in years: pages are leafed through to the last one.
LONG = 20_000


def save_filters(shape: Shape) -> None:
    """Filters of the people who are measured."""
    SavedFilter.objects.bulk_create(
        SavedFilter(owner_id=number, name=query, query=query)
        for number in shape.measured()
        for query in FILTERS
    )


def long_history(shape: Shape) -> User:
    """Somebody who has concluded very many steps; all of one case, which changes nothing."""
    user = User.objects.create(pk=shape.users + 2, username="long", last_name="Người lâu năm")
    load(CaseTask, TASK, _history(shape, user.pk, organ("OC").pk))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE processes_casetask")
    return user


def _history(shape: Shape, user: int, unit: int) -> Iterator[tuple[Any, ...]]:
    node, first = Procedure.instance.node("check_request"), CaseTask.objects.latest("pk").pk + 1
    case = next(case.number for case in shape.cases())
    for place in range(LONG):
        moment = START + timedelta(minutes=place)
        yield (
            first + place, case, get_task_ref(node), node.task_type, STATUS.DONE, moment, moment,
            moment, user, "start", node.act, unit, None, "ok",
        )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence('processes_casetask', 'id'), %s)", [first + LONG]
        )
