"""Whose records a person may read: those of the unit, those of the province, and one's own.

Right: `READ_PEOPLE`. Held for the organ that stands in the lane of the Organization Committee it
reaches the whole province, and so it does for inspectors; held for another unit, that unit.
"""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from permissions.catalogue import Act, Lane
from permissions.checks import today, units_where
from permissions.models import User
from processes.cases.bars import family_of
from processes.organisation.people import Cadre
from processes.organisation.units import LaneUnit, Unit


@dataclass(frozen=True)
class Reach:
    """Numbers of the units and provinces whose people a person reads."""

    units: frozenset[int] = frozenset()
    provinces: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.units or self.provinces)

    def covers(self, unit: Unit) -> bool:
        """Whether the unit is among them."""
        return unit.pk in self.units | self.provinces or unit.province_id in self.provinces

    def within(self, prefix: str = "") -> Q:
        """The same as a condition on units, or on what points to one."""
        named = self.units | self.provinces
        return Q(**{f"{prefix}pk__in": named}) | Q(**{f"{prefix}province__in": self.provinces})


def reach_of(user: User | AnonymousUser) -> Reach:
    """Whose records the person may read; read once a request."""
    cached: Reach | None = user.__dict__.get("_reach")
    if cached is None:
        units = units_where(user, Act.READ_PEOPLE)
        provinces = units & units_where(user, Act.INSPECT)
        if units - provinces:
            lanes = LaneUnit.objects.in_force(today()).filter(lane=Lane.OC, unit__in=units)
            provinces = provinces | set(lanes.values_list("province", flat=True))
        cached = user.__dict__["_reach"] = Reach(frozenset(units), frozenset(provinces))
    return cached


def units_known_to(user: User | AnonymousUser) -> Reach:
    """Units whose staffing the person may see: also their own, if they start its cases."""
    reach = reach_of(user)
    return Reach(reach.units | units_where(user, Act.START_CASE), reach.provinces)


def people_for(user: User | AnonymousUser) -> QuerySet[Cadre]:
    """Cadres whose records the person may know of; to everybody else they do not exist (404)."""
    reach = reach_of(user)
    return Cadre.objects.filter(reach.within("unit__")) if reach else Cadre.objects.none()


def may_read_record(user: User | AnonymousUser, cadre: Cadre) -> bool:
    """Whether the person finds the record of this cadre; `why_record_closed` may still bar it."""
    return reach_of(user).covers(cadre.unit) or is_own(user, cadre)


def is_own(user: User | AnonymousUser, cadre: Cadre) -> bool:
    """Whether the cadre is the person."""
    return cadre.pk in family_of(user).own


def why_record_closed(user: User | AnonymousUser, cadre: Cadre) -> str:
    """Why a record is closed to a person who might read it; empty when it is open.

    No family ties at any stage of personnel work: Quy định 114-QĐ/TW (2023). That it bars from
    reading the record as well is design, as it is for cases.
    """
    if cadre.pk in family_of(user).kin:
        return _("This is a relative of yours: the record is closed to you.")
    return ""
