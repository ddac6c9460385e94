"""What people do to tasks: take, give back, perform; each locks the case first."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from viewflow.workflow.status import STATUS

from permissions.checks import role_held
from permissions.compiled import Compiled
from permissions.errors import Conflict, Refused
from permissions.models import User
from permissions.writing import update
from processes.audit.behalf import in_role, in_the_name_of
from processes.audit.models import ChainHead, Event
from processes.audit.trail import record
from processes.cases.announce import announce_on_commit
from processes.cases.models import Case, CaseTask, Draft
from processes.eligibility.roster import NotEligible, keep_failed
from processes.notices.writers import tell_unit
from processes.steps.base import role_in
from processes.steps.holding import why_not_give_back
from processes.steps.known import Known
from processes.steps.standing_in import asked_anew, is_anothers, principal_of, taken_by_another

#: What steps ask about a case when they are carried out.
_AROUND = ("process__position__group", "process__province")


@contextmanager
def locked(task_id: int, *around: str, by: User, beside: Iterable[Case] = ()) -> Iterator[CaseTask]:
    """Hold the case of a task in a transaction and give the task as it is now.

    The lock of `CaseFlow`, taken through the task. What the guard and the door ask about the
    task comes with it; `around` names what to read with the case besides. Cases `beside` it that
    the step will change are locked with it.
    """
    with transaction.atomic():
        _lock_in_order(task_id, beside)
        ((_case, act),) = _lock(task=task_id)
        (task,) = _read_for(act, around)(task=task_id, person=by.pk)
        task.known = Known(task.on_hold, task.own_papers)
        case = task.process
        if task.head_seq is not None:
            case.head = (task.head_seq, task.head_hash)
        if task.unit_id == case.unit_id:
            case.unit = task.unit
        asked_anew(by)
        case.locked = True
        try:
            yield task
        finally:
            case.locked = False


def _lock_in_order(task_id: int, beside: Iterable[Case]) -> None:
    """Lock a task's case and others by number: two that reach for each other do not deadlock."""
    if others := [case.pk for case in beside]:
        own = CaseTask.objects.filter(pk=task_id).values("process")
        cases = Case.objects.select_for_update(no_key=True).filter(Q(pk__in=others) | Q(pk__in=own))
        list(cases.order_by("pk").values_list("pk", flat=True))


_lock = Compiled(
    lambda task: (
        Case.objects.select_for_update(of=("self",), no_key=True)
        .filter(task_set=task)
        .values_list("pk", "task_set__act")
    ),
    task=int,
)


@cache
def _read_for(act: str, around: tuple[str, ...]) -> Compiled[CaseTask]:
    """The task with its case, and with what the guard of this act asks."""

    def build(task: int, person: int) -> QuerySet[CaseTask]:
        head = ChainHead.objects.filter(chain=OuterRef("process"))
        tasks = CaseTask.objects.select_related("unit", "process", *around)
        return tasks.filter(pk=task).annotate(
            has_drafts=Exists(Draft.objects.filter(task=OuterRef("pk"), by=person)),
            head_seq=Subquery(head.values("seq")),
            head_hash=Subquery(head.values("hash")),
            **Known.questions(person, act),
        )

    return Compiled(build, task=int, person=int)


def take(task_id: int, *, by: User) -> None:
    """Take a task from the queue. Raises Conflict (somebody has it) or Refused (with why)."""
    with told(task_id, by), locked(task_id, by=by) as task:
        guard_open(task)
        if task.owner_id == by.pk:
            return
        if is_anothers(by, task):
            raise Conflict(taken_by_another(by, task))
        task.behalf = _guard(task, by)
        task.owner, task.assigned, task.status = by, timezone.now(), STATUS.ASSIGNED
        update(task, "owner", "assigned", "status", "behalf")
        record_holding(Event.TAKEN, task, by)


def give_back(task_id: int, *, by: User, reason: str = "") -> None:
    """Put a task back into the queue. Raises Refused when it is not the person's own."""
    with told(task_id, by), locked(task_id, by=by) as task:
        guard_open(task)
        if refusal := why_not_give_back(by, task):
            raise refusal_of(task, by, refusal)
        put_back(task, by=by, reason=reason)


def put_back(task: CaseTask, *, by: User | None = None, reason: str = "") -> None:
    """Leave a task to the queue; `by` is None when its holder has lost the right to it.

    What a deputy has lost goes to whom they stood in for, while that person may carry it out.
    """
    principal = task.behalf if by is None else None
    heir = principal if principal and task.flow_task.entitled(principal, task) else None
    record_holding(Event.GIVEN_BACK, task, by, reason=reason, user=heir)
    task.owner, task.assigned, task.status = None, None, STATUS.NEW
    if heir:
        task.owner, task.assigned, task.status = heir, timezone.now(), STATUS.ASSIGNED
    task.behalf = task.entrusted_by = None
    task.save(update_fields=["owner", "assigned", "status", "behalf", "entrusted_by"])
    if heir is None:
        tell_unit(task, by=by, key=f"back:{task.pk}:{task.process.head[0]}")


def perform(task_id: int, *, by: User, data: Mapping[str, Any]) -> None:
    """Carry out a step with the cleaned data of its form.

    Raises Conflict when somebody else did it, Refused when the person may not, and
    ValidationError when the data do not do.
    """
    beside = data.get("cases") or ()
    with (
        told(task_id, by),
        failures_kept(),
        locked(task_id, *_AROUND, by=by, beside=beside) as task,
    ):
        guard_open(task)
        principal = _guard(task, by)
        if task.owner_id not in (None, by.pk):  # whom the person could relieve, but has not
            raise Conflict(taken_by_another(by, task))
        task.behalf = principal
        node = task.flow_task
        with in_the_name_of(principal), in_role(by, partial(role_in, task, by)):
            node.apply(node.activation_class(task), by=by, **data)


@contextmanager
def told(task_id: int, by: User) -> Iterator[None]:
    """Let a refusal be an entry of the trail, after its transaction has been undone."""
    try:
        yield
    except Refused as refusal:
        task = CaseTask.objects.select_related("process", "unit").get(pk=task_id)
        refuse(task.process, by=by, reason=str(refusal), task=task)
        refusal.noted = True
        raise


@contextmanager
def failures_kept() -> Iterator[None]:
    """Let a failed check of a candidate stay, after the transaction of its step has been undone."""
    try:
        yield
    except NotEligible as failed:
        keep_failed(failed)
        raise


@transaction.atomic
def refuse(case: Case, *, by: User, reason: str, task: CaseTask | None = None) -> None:
    """Record that somebody tried what they may not."""
    unit = task.unit if task else case.unit
    places = {unit.pk, case.unit_id, case.province_id} if unit else set()
    record(
        Event.REFUSED,
        by=by,
        role=(role_in(task, by) if task else "") or (places and role_held(by, places)[0]) or "",
        case=case,
        unit=unit,
        task=task.pk if task else None,
        step=task.flow_task.name if task else "",
        reason=reason,
    )


def guard_open(task: CaseTask) -> None:
    """Let nobody touch what is over. Raises Conflict, and Closed for a seat at a closed vote."""
    if task.finished or task.process.finished:
        task.flow_task.too_late(task, _("This step is over: somebody else has concluded it."))


def _guard(task: CaseTask, by: User) -> User | None:
    """Let nobody pass who may not; gives in whose name a deputy acts.

    Raises Refused, and Conflict where nothing but another's hand is in the way.
    """
    guard_free(task, by)
    if reason := task.flow_task.why_not(by, task, task.known):
        raise refusal_of(task, by, reason)
    return principal_of(by, task)


def guard_free(task: CaseTask, by: User) -> None:
    """Tell whoever comes second who has the task; nothing is refused to them. Raises Conflict.

    Whoever may not carry it out anyway is not let off so: that is a refusal, with its entry.
    """
    known = getattr(task, "known", None)
    if is_anothers(by, task) and not task.flow_task.why_not_theirs(by, task, known):
        raise Conflict(taken_by_another(by, task))


def refusal_of(task: CaseTask, by: User, reason: str) -> Refused:
    """The refusal of something about a task; it knows whether a role would have helped."""
    entitled = task.flow_task.entitled(by, task) or principal_of(by, task) is not None
    return Refused(reason, entitled=entitled)


def record_holding(
    event: Event, task: CaseTask, by: User | None, *, reason: str = "", user: User | None = None
) -> None:
    """Record that a task changed hands; `user` is the other one, who got it or had it."""
    record(
        event,
        by=by,
        role=role_in(task, by) if by else "",
        behalf=task.behalf if by and task.owner_id == by.pk else None,
        case=task.process,
        unit=task.unit,
        task=task.pk,
        step=task.flow_task.name,
        reason=reason,
        facts={"user": user.pk} if user else None,
    )
    announce_on_commit(task.process, task, by=by)
