"""Who may: the only reader of rights. A right counts when guardian and a holding in force agree."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from guardian.models import UserObjectPermission

from permissions.catalogue import GRANTS, Act, Role
from permissions.models import Holding, User

Rights = frozenset[tuple[str, int]]


def today() -> date:
    """The day in Viet Nam."""
    return timezone.localdate()


def holdings_of(user: User | AnonymousUser) -> list[Holding]:
    """Roles that the person holds today, read once a request."""
    if not user.is_authenticated or not user.is_active:
        return []
    cached = user.__dict__.get("_holdings")
    if cached is None:
        cached = user.__dict__["_holdings"] = list(
            Holding.objects.in_force(today()).filter(user=user)
        )
    return list(cached)


def rights_of(user: User | AnonymousUser) -> Rights:
    """Every (act, unit number) that the person has today, read once a request.

    Guardian's rows are what the grants wrote; a holding that has ended takes its rights
    along at once, even before the sweep has removed the rows.
    """
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    cached = user.__dict__.get("_rights")
    if cached is None:
        held = {(act.value, h.unit_id) for h in holdings_of(user) for act in GRANTS[Role(h.role)]}
        rows = UserObjectPermission.objects.filter(
            user=user, content_type__app_label="processes", content_type__model="unit"
        ).values_list("permission__codename", "object_pk")
        cached = frozenset(held & {(codename, int(pk)) for codename, pk in rows})
        user.__dict__["_rights"] = cached
    return cached


def forget_rights(user: User) -> None:
    """Read the rights again at the next question; call after a change of holdings."""
    user.__dict__.pop("_rights", None)
    user.__dict__.pop("_holdings", None)


def may(user: User | AnonymousUser, act: Act, unit_id: int) -> bool:
    """Whether the person may do this act for that unit today."""
    return (act.value, unit_id) in rights_of(user)


def units_where(user: User | AnonymousUser, *acts: Act) -> set[int]:
    """Numbers of the units for which the person may do one of these acts."""
    wanted = {act.value for act in acts}
    return {unit_id for act, unit_id in rights_of(user) if act in wanted}


def role_for(user: User | AnonymousUser, act: Act, unit_id: int | None) -> str:
    """The role in which the person does this act for that unit; empty when none gives it."""
    for holding in holdings_of(user):
        if holding.unit_id == unit_id and act in GRANTS[Role(holding.role)]:
            return holding.role
    return ""


def holders(act: Act, unit_ids: Iterable[int]) -> list[User]:
    """Active people who may do this act for one of these units today."""
    roles = [role for role, acts in GRANTS.items() if act in acts]
    return list(
        User.objects.filter(
            is_active=True,
            pk__in=Holding.objects.in_force(today())
            .filter(role__in=roles, unit__in=list(unit_ids))
            .values("user"),
        ).order_by("pk")
    )
