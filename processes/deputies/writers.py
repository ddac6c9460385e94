"""The only writers of deputies' times: appoint and end; nothing is removed."""

from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from permissions.catalogue import Act, Role, exclude
from permissions.checks import forget_rights, may, role_for, role_held, today
from permissions.errors import Conflict, Refused
from permissions.models import Holding, StandIn, User
from processes.audit.models import Event
from processes.audit.trail import record
from processes.cases.announce import announce_rights
from processes.cases.models import CaseTask
from processes.deputies.scope import holdings_with_tasks
from processes.dossiers.store import put
from processes.dossiers.uploads import TYPES, checked
from processes.organisation.units import Unit
from processes.steps.actions import put_back
from processes.steps.standing_in import stands_in

#: Where the documents lie, below the folder of all documents.
FOLDER = "deputies"


@dataclass(frozen=True)
class Scope:
    """What a deputy takes on; nothing named means all."""

    procedures: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    units: list[int] = field(default_factory=list)


def why_not_appoint(by: User, principal: User) -> str:
    """Why the person may not appoint a deputy for the other, or for themselves."""
    held = holdings_with_tasks(principal)
    if not held:
        return _("%(person)s has no tasks in which anybody could stand in.") % {"person": principal}
    if by == principal or any(may(by, Act.APPOINT_DEPUTY, one.unit_id) for one in held):
        return ""
    return _(
        "Only %(person)s or the head of their unit appoints their deputy; a deputy does not."
    ) % {"person": principal}


@transaction.atomic
def appoint(
    principal: User,
    deputy: User,
    *,
    by: User,
    since: date,
    until: date,
    reason: str,
    document: str,
    issued_on: date,
    file: "File[bytes]",
    scope: Scope,
) -> StandIn:
    """Let one person do the tasks of another from one day to another.

    Raises Refused when `by` may not, and ValidationError for whom it cannot be, for days that
    are over, for a file that does not do, and for another time that is in the way.
    """
    if refusal := why_not_appoint(by, principal):
        raise Refused(refusal)
    User.objects.select_for_update(no_key=True).get(pk=principal.pk)  # one appointment at a time
    stand_in = StandIn(
        principal=principal, deputy=deputy, valid_from=since, valid_until=until, reason=reason,
        document=document, issued_on=issued_on, appointed_by=by, procedures=scope.procedures,
        steps=scope.steps, units=scope.units,
    )  # fmt: skip
    _check_days(stand_in)
    covered = [one for one in holdings_with_tasks(principal) if _in(one, scope)]
    _check_deputy(stand_in, covered)
    _check_overlap(stand_in)
    content, mime = checked(file)
    stand_in.file, stand_in.sha256 = put(FOLDER, content, TYPES[mime])
    stand_in.mime = mime
    stand_in.save()
    _record(Event.DEPUTED, stand_in, by, covered[0].unit, until=until, reason=reason)
    forget_rights(deputy)
    announce_rights(deputy.pk)
    return stand_in


def why_not_end(by: User, stand_in: StandIn) -> str:
    """Why the person may not end the time: either of the two may, and the head of the unit."""
    if by.pk in (stand_in.principal_id, stand_in.deputy_id):
        return ""
    return why_not_appoint(by, stand_in.principal)


def end(stand_in: StandIn, *, by: User, reason: str) -> None:
    """End the time today; what the deputy still holds goes back. Raises Refused and Conflict.

    It is over once it is committed. Only then are the tasks put back, each under the lock of
    its case, so that nobody waits for a deputy who is just at work; the sweep finds the rest.
    """
    if refusal := why_not_end(by, stand_in):
        raise Refused(refusal)
    with transaction.atomic():
        stand_in = StandIn.objects.select_for_update(no_key=True).get(pk=stand_in.pk)
        if stand_in.ended_on or stand_in.last_day < today():
            raise Conflict(_("This time is over already."))
        stand_in.ended_on, stand_in.ended_by = today(), by
        stand_in.save(update_fields=["ended_on", "ended_by"])
        unit = holdings_with_tasks(stand_in.principal)
        place = unit[0].unit if unit else None
        _record(Event.DEPUTY_ENDED, stand_in, by, place, until=stand_in.last_day, reason=reason)
        announce_rights(stand_in.deputy_id)
    _release(stand_in)


def _release(stand_in: StandIn) -> None:
    """Give back what the deputy holds in the other's name and may not carry out any more."""
    held = CaseTask.objects.filter(
        owner=stand_in.deputy_id, behalf=stand_in.principal_id, finished__isnull=True
    )
    for task in held.order_by("pk"):
        with task.flow_task.flow_class.lock(task.process_id):
            task.refresh_from_db()
            deputy = User.objects.get(pk=stand_in.deputy_id)
            ours = task.owner_id == deputy.pk and task.behalf_id == stand_in.principal_id
            if task.finished is None and ours and not stands_in(deputy, task.behalf, task):
                put_back(task)


def _in(held: Holding, scope: Scope) -> bool:
    return not scope.units or held.unit_id in scope.units


def _check_days(stand_in: StandIn) -> None:
    if stand_in.valid_from < today():
        raise ValidationError({"since": _("A deputy begins today or later; choose another day.")})
    if stand_in.valid_until < stand_in.valid_from:
        raise ValidationError(
            {"until": _("The last day comes before the first; correct one of them.")}
        )
    if stand_in.issued_on > today():
        raise ValidationError({"issued_on": _("The day of issue cannot be in the future.")})


def _check_deputy(stand_in: StandIn, covered: list[Holding]) -> None:
    deputy, principal = stand_in.deputy, stand_in.principal
    if not covered:
        raise ValidationError({"units": _("Choose units for which %(person)s has tasks.")
                               % {"person": principal}})  # fmt: skip
    if deputy == principal or not deputy.is_active:
        raise ValidationError({"deputy": _("Choose somebody else with an account in use.")})
    days = (stand_in.valid_from, stand_in.valid_until)
    held = list(Holding.objects.overlapping(*days).filter(user=deputy).select_related("unit"))
    for one in held:
        if any(exclude(Role(one.role), Role(other.role)) for other in covered):
            raise ValidationError(
                {"deputy": _("%(person)s is “%(held)s” at %(unit)s, which goes with no other role.")
                 % {"person": deputy, "held": one.get_role_display(), "unit": one.unit}}
            )  # fmt: skip
    if not {one.unit_id for one in held} & {one.unit_id for one in covered}:
        raise ValidationError(
            {"deputy": _("%(person)s does not work for the unit; choose somebody who does.")
             % {"person": deputy}}
        )  # fmt: skip


def _check_overlap(stand_in: StandIn) -> None:
    """Two people never stand in for one in the same tasks on the same day."""
    others = StandIn.objects.overlapping(stand_in.valid_from, stand_in.valid_until)
    others = others.filter(principal=stand_in.principal).select_related("deputy")
    for one in others.order_by("valid_from", "pk"):
        if stand_in.meets(one):
            raise ValidationError(
                _("%(deputy)s stands in for %(person)s from %(from)s to %(until)s already, in "
                  "tasks that this would cover too. End that time first, or choose other days or "
                  "other tasks.")
                % {"deputy": one.deputy, "person": stand_in.principal,
                   "from": f"{one.valid_from:%d/%m/%Y}", "until": f"{one.last_day:%d/%m/%Y}"}
            )  # fmt: skip


def _record(
    event: Event, stand_in: StandIn, by: User, unit: Unit | None, *, until: date, reason: str
) -> None:
    role = role_for(by, Act.APPOINT_DEPUTY, unit.pk) if unit else ""
    role = role or role_held(by, {unit.pk} if unit else ())[0]
    facts = {
        "user": stand_in.deputy_id,
        "other": stand_in.principal_id,
        "from": stand_in.valid_from.isoformat(),
        "until": until.isoformat(),
        "document": stand_in.document,
        "procedures": stand_in.procedures,
        "steps": stand_in.steps,
        "units": stand_in.units,
    }
    record(
        event, by=by, role=role, unit=unit, reason=reason, documents=[stand_in.sha256], facts=facts
    )
