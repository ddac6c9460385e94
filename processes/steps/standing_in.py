"""A deputy at a task: in whose name they act, and why they may not. Both persons are asked.

Standing in for somebody is not signing for a body: `processes.flows.delegations` is about that.
"""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from viewflow.workflow.fields import get_flow_ref, get_task_ref

from permissions.catalogue import GRANTS, NEVER_DEPUTED, VOTE_ACTS, Act, Role, exclude
from permissions.checks import forget_rights, holdings_of, may, stand_ins_of
from permissions.models import StandIn, User
from processes.cases.deputed import VOTES
from processes.cases.models import Case, CaseTask
from processes.cases.rules import rules_of
from processes.steps.bars import why_barred
from processes.steps.known import Known


def principal_of(user: User | AnonymousUser, task: CaseTask) -> User | None:
    """In whose name the person would act on the task; None: in their own, or not at all.

    Their own right goes first. What the other holds already is done in the other's name.
    """
    if task.owner_id == user.pk:
        return task.behalf
    if task.owner_id is None and _given(user, task):
        return None
    found = (one.principal for one in stand_ins_of(user) if _reaches(one, task))
    return next(found, None)


def may_take_over(user: User | AnonymousUser, task: CaseTask) -> bool:
    """Whether a task in another's hands is in the hands of the person's principal or deputy."""
    if task.behalf_id is not None and task.behalf_id == user.pk:
        return True
    principal = principal_of(user, task)
    return principal is not None and principal.pk == task.owner_id


def is_anothers(user: User | AnonymousUser, task: CaseTask) -> bool:
    """Whether somebody has the task whom the person does not relieve."""
    return task.owner_id not in (None, user.pk) and not may_take_over(user, task)


def taken_by_another(user: User | AnonymousUser, task: CaseTask) -> str:
    """Who has the task, for somebody else."""
    if task.entrusted_by_id == user.pk:
        return _("%(person)s prepares this for you; get it back to conclude it yourself.") % {
            "person": task.owner
        }
    return _("%(person)s has taken this task.") % {"person": task.owner}


def why_not_as_deputy(user: User, principal: User, task: CaseTask, known: Known) -> str:
    """Why the person may not act on the task in the name of the other; empty when they may."""
    named = {"person": principal}
    if not stands_in(user, principal, task):
        return _("You do not stand in for %(person)s here any more.") % named
    if reason := _why_personal(task):
        return reason
    if not _given(principal, task):
        return _("%(person)s, for whom you stand in, has no right to this step.") % named
    if reason := _why_excluded(user, principal, task):
        return reason
    secret = task.process.secrecy == Case.Secrecy.SECRET
    if secret and not may(user, Act.READ_SECRET, task.unit_id or 0):
        return _("This case is confidential; a deputy needs the clearance themselves.")
    return _why_barred_both(user, principal, task, known)


def stands_in(user: User, principal: User, task: CaseTask) -> bool:
    """Whether the person stands in for the other at this task today."""
    found = stand_ins_of(user)
    return any(one.principal_id == principal.pk and _covers(one, task) for one in found)


def _why_barred_both(user: User, principal: User, task: CaseTask, known: Known) -> str:
    """Own case, kin and four eyes bar whichever of the two they concern.

    What it is that bars the other, the deputy is not told.
    """
    if reason := _why_barred(user, task, known):
        return reason
    if _why_barred(principal, task, known.beside.get(principal.pk) or Known.of(principal, task)):
        return _("%(person)s must keep out of this step, and so must their deputy.") % {
            "person": principal
        }
    return ""


def _why_barred(person: User, task: CaseTask, known: Known) -> str:
    papers, personal = known.own_papers, known.personal
    return why_barred(person, task.process, own_papers=papers, personal=personal)


def _why_personal(task: CaseTask) -> str:
    if task.seat or task.act in NEVER_DEPUTED:
        return _("This is personal; no deputy does it.")
    if task.act not in VOTE_ACTS:
        return ""
    rules = rules_of(task.process)
    if rules.knows(VOTES) and rules.value(VOTES):
        return ""
    return _("This is a vote. The edition %(edition)s does not let a deputy vote.") % {
        "edition": task.process.edition
    }


def _why_excluded(user: User, principal: User, task: CaseTask) -> str:
    """Separation of duties holds for a deputy as if they had the other's role."""
    act = Act(task.act)
    given = [
        Role(role)
        for role, unit in holdings_of(principal)
        if unit == task.unit_id and act in GRANTS[Role(role)]
    ]
    held = [Role(role) for role, _unit in holdings_of(user)]
    for role in given:
        if any(exclude(role, one) for one in held):
            return _("Your own role goes with no other; nobody with it does “%(role)s”.") % {
                "role": role.label
            }
    return ""


def _reaches(one: StandIn, task: CaseTask) -> bool:
    """Whether a time as deputy gives a task that nobody, or whoever is stood in for, holds."""
    if task.owner_id is None:
        return _covers(one, task) and _given(one.principal, task)
    own = task.behalf_id is None and task.entrusted_by_id is None
    return own and task.owner_id == one.principal_id and _covers(one, task)


def _covers(one: StandIn, task: CaseTask) -> bool:
    procedure = get_flow_ref(task.process.flow_class)
    return one.covers(procedure, get_task_ref(task.flow_task), task.unit_id)


def _given(user: User | AnonymousUser, task: CaseTask) -> bool:
    return bool(task.act) and task.unit_id is not None and may(user, Act(task.act), task.unit_id)


def asked_anew(user: User) -> None:
    """Forget what was read before the lock: the time of a deputy may have been ended since."""
    if stand_ins_of(user):
        forget_rights(user)
