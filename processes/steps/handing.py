"""A task changes hands: handed over for good, or given to another to prepare and got back."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from permissions.errors import Conflict
from permissions.models import User
from processes.audit.models import Event
from processes.cases.drafts import pass_draft
from processes.cases.models import CaseTask
from processes.notices.kinds import Kind
from processes.notices.writers import notify
from processes.steps.actions import guard_open, locked, record_holding, refusal_of, told
from processes.steps.holding import (
    why_not_entrust,
    why_not_get_back,
    why_not_hand_in,
    why_not_hand_over,
    why_not_prepare,
    why_not_receive,
)


def hand_over(task_id: int, *, by: User, to: User, reason: str) -> None:
    """Hand a task over to somebody else who may carry it out.

    Raises Refused when the task is not the person's own or not one for the other, Conflict when
    it is over, and ValidationError without a reason.
    """
    with _held(task_id, by) as task:
        if refusal := why_not_hand_over(by, task):
            raise refusal_of(task, by, refusal)
        _check(to, by, why_not_receive(to, task), reason)
        task.behalf = None
        _pass(task, to)
        record_holding(Event.HANDED_OVER, task, by, reason=reason, user=to)
        _tell(task, to, by)


def entrust(task_id: int, *, by: User, to: User, reason: str) -> None:
    """Let somebody else prepare a task; it comes back, and whoever gave it away concludes it.

    Raises like `hand_over`.
    """
    with _held(task_id, by) as task:
        if refusal := why_not_entrust(by, task):
            raise refusal_of(task, by, refusal)
        _check(to, by, why_not_prepare(to, task), reason)
        task.entrusted_by = by
        _pass(task, to)
        record_holding(Event.ENTRUSTED, task, by, reason=reason, user=to)
        _tell(task, to, by)


def hand_in(
    task_id: int, *, by: User, note: str = "", data: Mapping[str, Any] | None = None
) -> None:
    """Give a task back to whoever concludes it, with what was prepared as their draft."""
    with _held(task_id, by) as task:
        if refusal := why_not_hand_in(by, task):
            raise refusal_of(task, by, refusal)
        to: User = task.entrusted_by  # type: ignore[assignment]
        pass_draft(task, by=by, to=to, data=data)
        _return(task, to)
        record_holding(Event.PREPARED, task, by, reason=note, user=to)
        _tell(task, to, by)


def get_back(task_id: int, *, by: User, reason: str = "") -> None:
    """Take a task back from whoever prepares it, ready or not; their draft stays theirs."""
    with _held(task_id, by) as task:
        if refusal := why_not_get_back(by, task):
            raise refusal_of(task, by, refusal)
        former = task.owner
        _return(task, by)
        record_holding(Event.GOT_BACK, task, by, reason=reason, user=former)


@contextmanager
def _held(task_id: int, by: User) -> Iterator[CaseTask]:
    with told(task_id, by), locked(task_id, by=by) as task:
        guard_open(task)
        yield task


def _check(to: User, by: User, why_not: str, reason: str) -> None:
    if to == by:
        raise Conflict(_("You have this task already."))
    if why_not:
        raise ValidationError({"to": _("Choose somebody else: %(why)s") % {"why": why_not}})
    if not reason.strip():
        raise ValidationError({"reason": _("Say why another takes the task on.")})


def _return(task: CaseTask, to: User) -> None:
    task.entrusted_by = None
    _pass(task, to)


def _pass(task: CaseTask, to: User) -> None:
    task.owner, task.assigned = to, timezone.now()
    task.save(update_fields=["owner", "assigned", "behalf", "entrusted_by"])


def _tell(task: CaseTask, to: User, by: User) -> None:
    case = task.process
    key = f"hands:{task.pk}:{case.head[0] if case.head else 0}"
    notify(Kind.HANDOVER, [to], key=key, by=by, case=case, task=task)
