"""Who may: the only reader of rights. A right counts when guardian and a holding in force agree."""

from collections.abc import Collection, Iterable
from datetime import date
from functools import cache

from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast
from django.utils import timezone
from guardian.models import UserObjectPermission

from permissions.catalogue import GRANTS, Act, Role
from permissions.compiled import Compiled
from permissions.models import EmergencyAccess, Holding, StandIn, User

Rights = frozenset[tuple[str, int]]


def today() -> date:
    """The day in Viet Nam."""
    return timezone.localdate()


def holdings_of(user: User | AnonymousUser) -> frozenset[tuple[str, int]]:
    """Every (role, unit number) that the person holds today, read once a request."""
    return _read(user)[0]


def rights_of(user: User | AnonymousUser) -> Rights:
    """Every (act, unit number) that the person has today, read once a request.

    Guardian's rows are what the grants wrote; a holding that has ended takes its rights
    along at once, even before the sweep has removed the rows.
    """
    return _read(user)[1]


def stand_ins_of(user: User | AnonymousUser) -> list[StandIn]:
    """For whom the person stands in today; asks the database only where there is somebody."""
    numbers = _read(user)[2]
    if not numbers:
        return []
    cached: list[StandIn] | None = user.__dict__.get("_stand_ins")
    if cached is None:
        found = StandIn.objects.filter(pk__in=numbers, principal__is_active=True)
        cached = list(found.select_related("principal").order_by("pk"))
        user.__dict__["_stand_ins"] = cached
    return cached


def emergencies_of(user: User | AnonymousUser) -> list[EmergencyAccess]:
    """The emergency accesses that the person has at this moment; few ever have one.

    Asks the database only where there is one of today.
    """
    numbers = _read(user)[3]
    if not numbers:
        return []
    now = timezone.now()
    cached: list[EmergencyAccess] | None = user.__dict__.get("_emergencies")
    if cached is None:
        found = EmergencyAccess.objects.filter(pk__in=numbers, ended_at__isnull=True)
        cached = user.__dict__["_emergencies"] = list(found.order_by("pk"))
    return [one for one in cached if one.until is not None and one.until > now]


def _read(
    user: User | AnonymousUser,
) -> tuple[frozenset[tuple[str, int]], Rights, frozenset[int], frozenset[int]]:
    """Roles, rights, and numbers of times as a deputy and of emergencies, in one statement."""
    if not user.is_authenticated or not user.is_active:
        return frozenset(), frozenset(), frozenset(), frozenset()
    cached = user.__dict__.get("_rights")
    if cached is None:
        found: dict[str, set[tuple[str, int]]] = {"role": set(), "right": set()}
        found |= {"deputy": set(), "emergency": set()}
        for kind, name, unit in _roles_and_rights(person=user.pk, on=today()):
            found[kind].add((name, int(unit)))
        held = {(act.value, unit) for role, unit in found["role"] for act in GRANTS[Role(role)]}
        numbers = [frozenset(n for _name, n in found[kind]) for kind in ("deputy", "emergency")]
        cached = (frozenset(found["role"]), frozenset(held & found["right"]), *numbers)
        user.__dict__["_rights"] = cached
    return cached


def _both(person: int, on: date) -> "QuerySet[Holding, tuple[str, str, str]]":
    roles = Holding.objects.in_force(on).filter(user=person)
    rows = UserObjectPermission.objects.filter(
        user=person, content_type__app_label="processes", content_type__model="unit"
    )
    held = roles.values_list(Value("role"), "role", Cast("unit", CharField()))
    emergencies = EmergencyAccess.objects.open_on(on).filter(reader=person)
    stood_in = StandIn.objects.in_force(on).filter(deputy=person)
    return held.union(
        rows.values_list(Value("right"), "permission__codename", "object_pk"),
        stood_in.values_list(Value("deputy"), Value("-"), Cast("pk", CharField())),
        emergencies.values_list(Value("emergency"), Value("-"), Cast("pk", CharField())),
        all=True,
    )


_roles_and_rights = Compiled(_both, person=int, on=date)


def forget_rights(user: User) -> None:
    """Read the rights again at the next question; call after a change of holdings."""
    user.__dict__.pop("_rights", None)
    user.__dict__.pop("_stand_ins", None)
    user.__dict__.pop("_emergencies", None)


def may(user: User | AnonymousUser, act: Act, unit_id: int) -> bool:
    """Whether the person may do this act for that unit today."""
    return (act.value, unit_id) in rights_of(user)


def units_where(user: User | AnonymousUser, *acts: Act) -> set[int]:
    """Numbers of the units for which the person may do one of these acts."""
    wanted = {act.value for act in acts}
    return {unit_id for act, unit_id in rights_of(user) if act in wanted}


def role_for(user: User | AnonymousUser, act: Act, unit_id: int | None) -> str:
    """The role in which the person does this act for that unit; empty when none gives it."""
    held = {role for role, unit in holdings_of(user) if unit == unit_id}
    return next((role for role in Role if role in held and act in GRANTS[role]), "")


def role_held(
    user: User | AnonymousUser, unit_ids: Collection[int | None] = (), *acts: Act
) -> tuple[str, int]:
    """The first role of a person at one of these units, anywhere where none are named; and where.

    Roles that give one of the acts come first. Nothing where the person holds none there.
    """
    held = [one for one in holdings_of(user) if not unit_ids or one[1] in unit_ids]
    order = {role: number for number, role in enumerate(Role)}
    held.sort(key=lambda one: (not GRANTS[Role(one[0])] & {*acts}, order[Role(one[0])], one[1]))
    return held[0] if held else ("", 0)


def holders(act: Act, unit_ids: Iterable[int]) -> list[User]:
    """Active people who may do this act for one of these units today."""
    return _holders(act)(on=today(), units=set(unit_ids))


@cache
def _holders(act: Act) -> Compiled[User]:
    """Who may do this act for one of some units."""
    roles = [role for role, acts in GRANTS.items() if act in acts]

    def build(on: date, units: list[int]) -> QuerySet[User]:
        held = Holding.objects.in_force(on).filter(role__in=roles, unit__in=units)
        active = User.objects.filter(is_active=True, pk__in=held.values("user"))
        return active.select_related("cadre").order_by("pk")

    return Compiled(build, on=date, units=list)
