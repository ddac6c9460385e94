"""Open steps of heads who have had to keep out since: on to whom the edition names instead."""

from django.db.models import QuerySet
from viewflow.workflow.status import STATUS

from permissions.catalogue import Act
from processes.audit.models import Event
from processes.audit.trail import record
from processes.cases.announce import announce_on_commit
from processes.cases.models import Case, CaseTask, Participant
from processes.notices.writers import tell_unit
from processes.organisation.lookups import NotSetUp
from processes.organisation.units import Unit


def waiting_with_heads() -> list[tuple[int, int, str]]:
    """Open decisions of heads, each as its case and its task, with the code of the case."""
    return list(_waiting().values_list("process", "pk", "process__code").order_by("pk"))


def pass_on(case_id: int, task_id: int) -> bool:
    """Move an open decision of a head whose every holder has become barred; whether it was.

    A step asks who decides when it begins (`processes.steps.heads`). Whoever turns out to be kin
    later would keep it, and nobody could decide: the same rule is asked again.
    """
    case = Case.objects.get(pk=case_id)
    with case.flow_class.lock(case_id):
        task = _waiting().select_related("process", "unit", "owner").filter(pk=task_id).first()
        return task is not None and _passed_on(task)


def _waiting() -> QuerySet[CaseTask]:
    return CaseTask.objects.filter(
        act=Act.HEAD_DECIDE, finished__isnull=True, process__finished__isnull=True
    )


def _passed_on(task: CaseTask) -> bool:
    case, node = task.process, task.flow_task
    try:
        unit = node.unit_of(case)
    except NotSetUp:
        return False
    if unit == task.unit or node.lane_of is None:
        return False
    _move(task, unit)
    return True


def _move(task: CaseTask, unit: Unit) -> None:
    """The task waits at the other unit; whoever had it is told by the trail alone."""
    case, old = task.process, task.unit
    announce_on_commit(case, task)
    task.unit, task.owner, task.assigned, task.status = unit, None, None, STATUS.NEW
    task.behalf = task.entrusted_by = None
    task.save(update_fields=["unit", "owner", "assigned", "status", "behalf", "entrusted_by"])
    Participant.objects.get_or_create(case=case, unit=unit)
    record(
        Event.MOVED, by=None, case=case, unit=unit, task=task.pk, step=task.flow_task.name,
        facts={"old": {"unit": old.name if old else ""}, "new": {"unit": unit.name}},
    )  # fmt: skip
    announce_on_commit(case, task)
    tell_unit(task, by=None, key=f"passed:{task.pk}:{case.head[0]}")
