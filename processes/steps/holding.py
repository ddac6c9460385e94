"""Why a person may not do something with a task that is held: one predicate for page and writer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from permissions.catalogue import Act
from permissions.checks import holders, may
from permissions.models import User
from processes.cases.bars import personal_bar
from processes.cases.models import Case, CaseTask
from processes.steps.known import Known


def why_not_take(user: User, task: CaseTask, known: Known | None = None) -> str:
    """Why the person may not take the task into their hands; `known` is what was read for many."""
    if task.owner_id == user.pk:
        return _("You have this task already.")
    return task.flow_task.why_not(user, task, known)


def why_not_give_back(user: User, task: CaseTask) -> str:
    """Why the person may not put the task back into the queue."""
    if task.owner_id != user.pk:
        return _("Only who has taken a task can give it back.")
    return _why_not_let_go(user, task)


def why_not_hand_over(user: User, task: CaseTask) -> str:
    """Why the person may not hand the task over to somebody whom they name.

    Whoever must keep out of a case does not choose who decides it either.
    """
    if task.owner_id != user.pk:
        return _("Only who has taken a task can hand it over.")
    if reason := _why_not_let_go(user, task):
        return reason
    if reason := personal_bar(user, task.process):
        return _("%(reason)s Give the task back; do not choose who gets it.") % {"reason": reason}
    return ""


def why_not_entrust(user: User, task: CaseTask) -> str:
    """Why the person may not let another prepare the task: whoever may conclude it may."""
    if task.owner_id != user.pk:
        return _("Only who has taken a task can let another prepare it.")
    if not task.flow_task.can_be_entrusted or task.seat:
        return _("This step is carried out in person; nobody prepares it for another.")
    if task.behalf_id:
        return _("You have this task as a deputy; a deputy does not pass it on.")
    return task.flow_task.why_not(user, task)


def why_not_hand_in(user: User, task: CaseTask) -> str:
    """Why the person cannot hand in what they prepared."""
    if task.entrusted_by_id and task.owner_id == user.pk:
        return ""
    return _("Nobody has given you this task to prepare.")


def why_not_get_back(user: User, task: CaseTask) -> str:
    """Why the person cannot get the task back from whoever prepares it."""
    if task.entrusted_by_id == user.pk:
        return ""
    return _("You have not given this task to anybody to prepare.")


def why_not_work(user: User, task: CaseTask) -> str:
    """Why the person may not fill in the form of the step, be it only to prepare it."""
    if why_not_hand_in(user, task):
        return task.flow_task.why_not(user, task)
    return why_not_prepare(user, task)


def why_not_receive(person: User, task: CaseTask) -> str:
    """Why a task may not be handed over to this person: only to somebody who may carry it out."""
    if not person.is_active:
        return _("This account is closed.")
    return task.flow_task.why_not_theirs(person, task)


def why_not_prepare(person: User, task: CaseTask) -> str:
    """Why this person may not prepare the task for another: it takes the right to read its case."""
    secret = task.process.secrecy == Case.Secrecy.SECRET
    needed = Act.READ_SECRET if secret else Act.READ
    if not person.is_active or task.unit_id is None or not may(person, needed, task.unit_id):
        return _("%(person)s may not read cases of %(unit)s.") % {
            "person": person,
            "unit": task.unit,
        }
    return personal_bar(person, task.process)


def receivers(task: CaseTask, *, by: User) -> list[User]:
    """To whom the task may be handed over."""
    people = holders(Act(task.act), [task.unit_id])
    return [one for one in people if one != by and not why_not_receive(one, task)]


def preparers(task: CaseTask, *, by: User) -> list[User]:
    """Who may prepare the task."""
    people = holders(Act.READ, [task.unit_id])
    return [one for one in people if one != by and not why_not_prepare(one, task)]


def may_let_go(user: User, task: CaseTask) -> bool:
    """Whether the person may part with the task; asks no database, for lists of many."""
    kept = bool(task.seat) or task.entrusted_by_id is not None
    return not kept and task.flow_task.can_unassign(user, task)


def _why_not_let_go(user: User, task: CaseTask) -> str:
    if may_let_go(user, task):
        return ""
    if task.seat:
        return _("A seat on the counting team cannot be given back.")
    if task.entrusted_by_id:
        return _("You prepare this for %(person)s: hand it in instead.") % {
            "person": task.entrusted_by
        }
    return _("This task is yours alone; it cannot be given back.")


@dataclass(frozen=True)
class TaskAction:
    """Something that can be done with a task, besides carrying its step out."""

    name: str
    title: Any
    why_not: Callable[[User, CaseTask], str]
    #: Whether there is anything of the kind to do with this task now, by whomever.
    offered: Callable[[CaseTask], bool]
    #: The one person who can do it, where it is one person's.
    whose: Callable[[CaseTask], User | None] = lambda task: task.owner


TASK_ACTIONS = [
    TaskAction(
        "take",
        gettext_lazy("Take"),
        why_not_take,
        lambda task: task.owner_id is None,
    ),
    TaskAction(
        "give_back",
        gettext_lazy("Give back"),
        why_not_give_back,
        lambda task: task.owner_id is not None and task.entrusted_by_id is None,
    ),
    TaskAction(
        "hand_over",
        gettext_lazy("Hand over"),
        why_not_hand_over,
        lambda task: task.owner_id is not None and task.entrusted_by_id is None,
    ),
    TaskAction(
        "entrust",
        gettext_lazy("Let another prepare it"),
        why_not_entrust,
        lambda task: task.owner_id is not None and task.entrusted_by_id is None,
    ),
    TaskAction(
        "hand_in",
        gettext_lazy("Hand in what is prepared"),
        why_not_hand_in,
        lambda task: task.entrusted_by_id is not None,
    ),
    TaskAction(
        "get_back",
        gettext_lazy("Get back"),
        why_not_get_back,
        lambda task: task.entrusted_by_id is not None,
        whose=lambda task: task.entrusted_by,
    ),
]
