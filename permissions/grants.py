"""The only writers of roles: grant, end, and rebuild guardian's rows from the holdings."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from guardian.models import UserObjectPermission

from permissions.catalogue import GRANTS, Act, Role, exclude
from permissions.checks import forget_rights, may, role_for, today
from permissions.compiled import Compiled
from permissions.errors import Conflict, Excluded, Refused
from permissions.models import Holding, User
from permissions.writing import insert
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

    Raises Refused when somebody grants to themselves or without the right, or a role that
    goes with none that the person holds; ValidationError when it would end before it begins.
    """
    acting_as = _guard(user, unit, by)
    if until and until < since:
        raise ValidationError(_("The last day comes before the first; correct one of them."))
    _lock(user)
    if reason := why_excluded(user, role, since=since, until=until):
        raise Excluded(reason)
    holding = Holding(
        user=user, role=role, unit=unit, valid_from=since, valid_until=until, granted_by=by
    )
    insert(holding)
    sync(user)
    facts = {
        "user": user.pk,
        "role": role.value,
        "from": since.isoformat(),
        "until": until and until.isoformat(),
    }
    record(Event.GRANTED, by=by, role=acting_as, unit=unit, facts=facts)
    return holding


@transaction.atomic
def grant_first_administrator(user: User, province: Unit) -> Holding:
    """Give the role that grants all others, where nobody could: whoever sets the site up.

    Raises Conflict when the province has an administrator, now or from a day to come.
    """
    # A second run waits, then sees the first.
    Unit.objects.select_for_update(no_key=True).get(pk=province.pk)
    roles = Holding.objects.overlapping(today(), None).filter(unit=province)
    if roles.filter(role=Role.ADMINISTRATOR, user__is_active=True).exists():
        raise Conflict(
            _("%(unit)s has a process administrator, who grants the role on the pages.")
            % {"unit": province}
        )
    return grant(user, Role.ADMINISTRATOR, province, by=None, since=today())


@transaction.atomic
def revoke(holding: Holding, *, by: User | None, on: date, reason: str) -> None:
    """End a role from that day on; the row stays as history.

    Raises Refused when somebody ends their own role or lacks the right, Conflict when the
    role has ended by then, and ValidationError for a day that is over: history stays.
    """
    acting_as = _guard(holding.user, holding.unit, by)
    if on < today():
        raise ValidationError(_("A role ends today or later; choose another day."))
    _lock(holding.user)
    holding.refresh_from_db(fields=["valid_until"])
    old = holding.valid_until
    if old and old < on:
        message = _("This role has ended on %(day)s already.")
        raise Conflict(message % {"day": f"{old:%d/%m/%Y}"})
    holding.valid_until = on - timedelta(days=1)
    holding.save(update_fields=["valid_until"])
    sync(holding.user)
    facts = {
        "user": holding.user_id,
        "role": holding.role,
        "old_until": old and old.isoformat(),
        "until": holding.valid_until.isoformat(),
    }
    record(Event.REVOKED, by=by, role=acting_as, unit=holding.unit, reason=reason, facts=facts)


def why_excluded(user: User, role: Role, *, since: date, until: date | None = None) -> str:
    """Which role of those days keeps the person from this one; empty when none does.

    Separation of duties: `permissions.catalogue.EXCLUSIVE`.
    """
    for holding in _overlapping(person=user.pk, since=since, until=until or date.max):
        if exclude(role, Role(holding.role)):
            return _(
                "%(person)s is “%(held)s” at %(unit)s; nobody is “%(role)s” at the same time."
            ) % {
                "person": user,
                "held": holding.get_role_display(),
                "unit": holding.unit,
                "role": role.label,
            }
    return ""


_overlapping = Compiled(
    lambda person, since, until: (
        Holding.objects.overlapping(since, until)
        .filter(user=person)
        .select_related("unit")
        .order_by("pk")
    ),
    person=int,
    since=date,
    until=date,
)


def sync(user: User) -> None:
    """Make guardian's rows equal to what the holdings in force give."""
    wanted = {
        (act.value, unit_id)
        for role, unit_id in _held(person=user.pk, on=today())
        for act in GRANTS[Role(role)]
    }
    present = {(act, int(unit)): row for row, act, unit in _rows(person=user.pk)}
    if spare := [row for key, row in present.items() if key not in wanted]:
        UserObjectPermission.objects.filter(pk__in=spare).delete()
    if lacking := sorted(wanted - present.keys()):
        _give(user, lacking)
    forget_rights(user)


def _give(user: User, rights: Iterable[tuple[str, int]]) -> None:
    """Write what `assign_perm` would for each (act, unit number), all of them at once."""
    permissions = {act: (permission, kind) for act, permission, kind in _permissions()}
    rows = []
    for act, unit_id in rights:
        permission, kind = permissions[act]
        row = UserObjectPermission(
            user=user, permission_id=permission, content_type_id=kind, object_pk=str(unit_id)
        )
        rows.append(row)
    UserObjectPermission.objects.bulk_create(rows)


#: Guardian's rows are of this kind of object.
_UNIT = {"content_type__app_label": "processes", "content_type__model": "unit"}

_held = Compiled(
    lambda person, on: Holding.objects.in_force(on).filter(user=person).values_list("role", "unit"),
    person=int,
    on=date,
)
_rows = Compiled(
    lambda person: UserObjectPermission.objects.filter(user=person, **_UNIT).values_list(
        "pk", "permission__codename", "object_pk"
    ),
    person=int,
)
#: The acts as permissions. Asked each time: nothing is kept that a flushed database would have
#: under other numbers.
_permissions = Compiled(
    lambda: (
        Permission.objects.filter(**_UNIT).order_by().values_list("codename", "pk", "content_type")
    )
)


def resync() -> int:
    """Rebuild the rows of everybody; after a change of `GRANTS`, and every night."""
    holders = Q(pk__in=Holding.objects.values("user"))
    people = User.objects.filter(holders | Q(pk__in=UserObjectPermission.objects.values("user")))
    for user in people:
        with transaction.atomic():
            _lock(user)
            sync(user)
    return len(people)


def _guard(user: User, unit: Unit, by: User | None) -> Role | str:
    """The role in which `by` changes the roles of this person on this unit."""
    if by is None:
        return ""
    if by == user:
        raise Refused(_("Nobody changes their own roles; ask another administrator."))
    province = unit.province_id or unit.pk
    if not may(by, Act.ADMINISTER, province):
        raise Refused(_("You may not change roles in this province."))
    return role_for(by, Act.ADMINISTER, province)


def _lock(user: User) -> None:
    """One change of a person's roles at a time: each rebuilds the rows from what it sees."""
    _locked(person=user.pk)


_locked = Compiled(
    lambda person: User.objects.select_for_update(no_key=True).filter(pk=person).values_list("pk"),
    person=int,
)
