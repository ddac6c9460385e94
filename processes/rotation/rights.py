"""Who may plan rotation, read a mission, hand in a product and judge it."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from permissions.catalogue import Act
from permissions.checks import may, role_for, units_where
from permissions.errors import Refused
from permissions.models import User
from processes.cases.bars import family_of
from processes.cases.models import Case
from processes.organisation.units import Unit
from processes.rotation.missions import MissionOrder, ProductDelivery

Person = User | AnonymousUser


def planned_provinces(user: Person) -> set[int]:
    """Numbers of the provinces whose rotation the person plans."""
    units = Unit.objects.filter(pk__in=units_where(user, Act.PLAN_ROTATION))
    return {unit.province_id or unit.pk for unit in units}


def read_provinces(user: Person) -> set[int]:
    """Numbers of the provinces whose board the person may read: planners and inspectors."""
    return planned_provinces(user) | units_where(user, Act.INSPECT)


def guard_planner(user: User, province: Unit) -> tuple[Unit, str]:
    """The unit in whose name the person plans, and the role. Raises Refused for others."""
    units = Unit.objects.filter(pk__in=units_where(user, Act.PLAN_ROTATION)).order_by("pk")
    for unit in units:
        if (unit.province_id or unit.pk) == province.pk:
            return unit, role_for(user, Act.PLAN_ROTATION, unit.pk)
    raise Refused(_("Only the Organization Committee plans rotation."))


def is_own(user: Person, order: MissionOrder) -> bool:
    """Whether the mission is the person's own."""
    return order.cadre_id in family_of(user).own


def readable_missions(user: User) -> "QuerySet[MissionOrder]":
    """Missions that the person may know of; to everybody else they do not exist (404).

    One's own; those of cases that the person may know of; and those of chosen posts at units
    that the person reads for, to planners and to inspectors of the province. Never a relative's:
    no family ties at any stage, Quy định 114-QĐ/TW (2023).
    """
    family = family_of(user)
    provinces, units = read_provinces(user), units_where(user, Act.READ)
    chosen = Q(case__isnull=True) & (Q(unit__in=units) | Q(province__in=provinces))
    of_cases = Q(case__in=Case.objects.visible_to(user).order_by())
    found = MissionOrder.objects.filter(Q(cadre__in=family.own) | of_cases | chosen)
    return found.exclude(cadre__in=family.kin)


def why_not_deliver(user: Person, order: MissionOrder) -> str:
    """Why the person may not hand in products of a mission; empty when they may."""
    if order.ended_on is not None:
        return _("The mission has ended.")
    if is_own(user, order) or may(user, Act.PREPARE, order.unit_id):
        return ""
    return _("The cadre and the receiving unit hand in products.")


def why_not_judge(user: Person, delivery: ProductDelivery) -> str:
    """Why the person may not judge a product: other eyes than whoever handed it in, no family."""
    order = delivery.item.order
    if delivery.state != ProductDelivery.State.WAITING:
        return _("This product has been judged.")
    if order.cadre_id in family_of(user).all:
        return _("Nobody judges their own products, or those of a relative.")
    if delivery.delivered_by_id == user.pk:
        return _("Whoever handed a product in does not judge it.")
    if not judging_unit(user, order):
        return _("The head of the receiving unit or of the Organization Committee judges products.")
    return ""


def judging_unit(user: Person, order: MissionOrder) -> int | None:
    """Number of the unit for which the person may judge: the receiving one, or the province's."""
    units = units_where(user, Act.ACCEPT_PRODUCT)
    if order.unit_id in units:
        return order.unit_id
    planners = units & units_where(user, Act.PLAN_ROTATION)
    found = Unit.objects.filter(pk__in=planners, province=order.province_id).order_by("pk").first()
    return found.pk if found else None
