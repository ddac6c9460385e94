"""Which emergency accesses a person may know of, and which they may answer or end."""

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from permissions.catalogue import Act
from permissions.checks import units_where
from permissions.models import EmergencyAccess, User
from processes.organisation.units import Unit


def provinces_where(user: User, act: Act) -> set[int]:
    """Provinces of the units for which the person may do the act; read once a request."""
    cached: dict[Act, set[int]] = user.__dict__.setdefault("_provinces", {})
    if act not in cached:
        found = Unit.objects.filter(pk__in=units_where(user, act)).values_list("pk", "province")
        cached[act] = {province or unit for unit, province in found}
    return cached[act]


def known_to(user: User) -> QuerySet[EmergencyAccess]:
    """Their own, and those of the provinces in which they approve or inspect; latest first."""
    provinces = provinces_where(user, Act.APPROVE_EMERGENCY) | units_where(user, Act.INSPECT)
    found = EmergencyAccess.objects.filter(Q(reader=user) | Q(province__in=provinces))
    return found.select_related("reader", "answered_by", "ended_by", "case").order_by("-pk")


def takes_part(user: User) -> bool:
    """Whether the page is of any use to the person."""
    return bool(units_where(user, Act.ASK_EMERGENCY, Act.APPROVE_EMERGENCY, Act.INSPECT))


def is_open(access: EmergencyAccess) -> bool:
    """Whether it lets its reader read at this moment."""
    return access.until is not None and not access.ended_at and access.until > timezone.now()


def why_not_answer(user: User, access: EmergencyAccess) -> str:
    """Why the person may not approve or deny it; two people always, never one."""
    if access.province_id not in provinces_where(user, Act.APPROVE_EMERGENCY):
        return _(
            "Emergency access is approved by the head of the Organization Committee or a secretary."
        )
    if access.reader_id == user.pk:
        return _("A second person approves what you ask for.")
    return _("It has been answered already.") if access.answered_by_id else ""


def why_not_end(user: User, access: EmergencyAccess) -> str:
    """Why the person may not end it: its reader, whoever approves, and inspectors may."""
    if not is_open(access):
        return _("This access is over already.")
    ends = provinces_where(user, Act.APPROVE_EMERGENCY) | units_where(user, Act.INSPECT)
    if access.reader_id == user.pk or access.province_id in ends:
        return ""
    return _("Its reader, whoever approves, and inspectors end it.")
