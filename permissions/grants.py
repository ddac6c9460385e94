"""The only writers of roles: grant, end, and rebuild guardian's rows from the holdings."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from guardian.models import UserObjectPermission
from guardian.shortcuts import assign_perm

from permissions.catalogue import GRANTS, Act, Role
from permissions.checks import forget_rights, may, today
from permissions.models import Holding, User
from processes.audit.models import Event
from processes.audit.trail import record
from processes.organisation.units import Unit


@transaction.atomic
def grant(
    user: User,
    role: Role,
    unit: Unit,
    *,
    by: User | None,
    since: date,
    until: date | None = None,
) -> Holding:
    """Give a person a role on a unit. `by` is None only where the system is set up.

    Raises PermissionDenied when somebody grants to themselves or without the right.
    """
    _guard(user, unit, by)
    holding = Holding.objects.create(
        user=user, role=role, unit=unit, valid_from=since, valid_until=until, granted_by=by
    )
    sync(user)
    facts = {"user": user.pk, "role": role.value, "from": since.isoformat()}
    record(Event.GRANTED, by=by, unit=unit, facts=facts | {"until": until and until.isoformat()})
    return holding


@transaction.atomic
def revoke(holding: Holding, *, by: User | None, on: date, reason: str) -> None:
    """End a role from that day on; the row stays as history.

    Raises PermissionDenied when somebody ends their own role or lacks the right.
    """
    _guard(holding.user, holding.unit, by)
    old = holding.valid_until
    holding.valid_until = on - timedelta(days=1)
    holding.save(update_fields=["valid_until"])
    sync(holding.user)
    facts = {
        "user": holding.user_id,
        "role": holding.role,
        "old_until": old and old.isoformat(),
        "until": holding.valid_until.isoformat(),
    }
    record(Event.REVOKED, by=by, unit=holding.unit, reason=reason, facts=facts)


def sync(user: User) -> None:
    """Make guardian's rows equal to what the holdings in force give."""
    wanted = {
        (act.value, holding.unit_id)
        for holding in Holding.objects.in_force(today()).filter(user=user)
        for act in GRANTS[Role(holding.role)]
    }
    rows = UserObjectPermission.objects.filter(user=user).select_related("permission")
    present = {(row.permission.codename, int(row.object_pk)): row for row in rows}
    for key in present.keys() - wanted:
        present[key].delete()
    units = Unit.objects.in_bulk({unit_id for _act, unit_id in wanted - present.keys()})
    for act, unit_id in sorted(wanted - present.keys()):
        assign_perm(act, user, units[unit_id])
    forget_rights(user)


def resync() -> int:
    """Rebuild the rows of everybody; after a change of `GRANTS`, and every night."""
    people = User.objects.filter(holdings__isnull=False).distinct()
    for user in people:
        sync(user)
    return len(people)


def _guard(user: User, unit: Unit, by: User | None) -> None:
    if by is None:
        return
    if by == user:
        raise PermissionDenied(_("Nobody changes their own roles; ask another administrator."))
    if not may(by, Act.ADMINISTER, unit.province_id or unit.pk):
        raise PermissionDenied(_("You may not change roles in this province."))
