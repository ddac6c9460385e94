"""Fills the stock tables with the common shape."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from guardian.models import UserObjectPermission
from viewflow.workflow.fields import get_flow_ref, get_task_ref
from viewflow.workflow.models import Process, Task
from viewflow.workflow.status import PROCESS, STATUS

from bench.bulk import load, quickly
from bench.shape import CaseRow, Shape

from .flows import PermitFlow
from .models import Office

NODES = [PermitFlow.instance.node(name) for name in ("register", "check", "approve", "end")]
ACTS = [None, "check_permit", "approve_permit", None]
TASK = (
    "id", "process_id", "flow_task", "flow_task_type", "status", "created", "assigned", "finished",
    "owner_id", "owner_permission", "owner_permission_content_type_id", "owner_permission_obj_pk",
    "token",
)  # fmt: skip


def fill(shape: Shape) -> None:
    """People with rights on their office, then cases and tasks."""
    with quickly([User, User.groups.through, Office, UserObjectPermission, Process, Task,
                  Task.previous.through]):  # fmt: skip
        _people(shape)
        office = ContentType.objects.get_for_model(Office).pk
        reference = get_flow_ref(PermitFlow)
        load(
            Process,
            ("id", "flow_class", "status", "created", "finished", "data",
             "artifact_content_type_id", "artifact_object_id"),
            (
                (case.number, reference, PROCESS.DONE if case.over else PROCESS.NEW, case.created,
                 case.created + timedelta(days=9) if case.over else None,
                 {"note": f"Permit {case.number}"}, office, case.unit)
                for case in shape.cases()
            ),
        )  # fmt: skip
        load(Task, TASK, (row for case in shape.cases() for row in _tasks(case, office)))
        load(Task.previous.through, ("from_task_id", "to_task_id"), (
            pair for case in shape.cases() for pair in zip(case.tasks[1:], case.tasks, strict=False)
        ))  # fmt: skip


def _people(shape: Shape) -> None:
    load(Office, ("id", "name"), ((n, f"Office {n}") for n in range(1, shape.units + 1)))
    users = range(1, shape.users + 1)
    load(User, ("id", "username", "date_joined"), ((n, f"user{n}", "2023-01-01Z") for n in users))
    everybody = Group.objects.create(name="everybody")
    wanted = ("view_permitprocess", "add_permitprocess")
    everybody.permissions.set(Permission.objects.filter(codename__in=wanted))
    load(User.groups.through, ("user_id", "group_id"), ((n, everybody.pk) for n in users))
    check, approve = (Permission.objects.get(codename=name).pk for name in ACTS if name)
    office = ContentType.objects.get_for_model(Office).pk
    load(
        UserObjectPermission,
        ("user_id", "permission_id", "content_type_id", "object_pk"),
        (
            (n, permission, office, str(shape.unit_of(n)))
            for n in users
            for permission in ([check, approve] if shape.has_both_roles(n) else [check])
        ),
    )


def _tasks(case: CaseRow, office: int) -> Iterator[tuple[Any, ...]]:
    for place, number in enumerate(case.tasks):
        is_open = not case.over and number == case.tasks[-1]
        act, node = ACTS[place], NODES[place]
        owner = case.owner if is_open else case.doers[place] if place < 3 else None
        created = case.created + timedelta(days=3 * place)
        status = (STATUS.ASSIGNED if owner else STATUS.NEW) if is_open else STATUS.DONE
        yield (
            number, case.number, get_task_ref(node), node.task_type, status, created,
            created if owner else None, None if is_open else created + timedelta(days=2), owner,
            act and f"stock.{act}", act and office, act and str(case.unit), "start",
        )  # fmt: skip
