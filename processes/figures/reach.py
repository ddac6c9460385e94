"""Whose cases a person sees figures of: those of a province, or of their own unit."""

from dataclasses import dataclass

from django.db.models import Q

from permissions.catalogue import Act, Lane
from permissions.checks import today, units_where
from permissions.models import User
from processes.organisation.units import LaneUnit


@dataclass(frozen=True)
class Reach:
    """Numbers of the provinces and units whose cases are counted."""

    provinces: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.provinces or self.units)

    def within(self, prefix: str = "") -> Q:
        """The same as a condition on what has a province and a unit."""
        whole = Q(**{f"{prefix}province__in": sorted(self.provinces)})
        if not self.units:
            return whole
        return whole | Q(**{f"{prefix}unit__in": sorted(self.units)})


def reach_of(user: User) -> Reach:
    """The provinces and units whose figures a person sees.

    Held for the province, or for the organ in the lane of the Organization Committee, the right
    reaches the whole province; held for another unit, that unit's own cases.
    """
    units = units_where(user, Act.OVERSEE)
    lanes = LaneUnit.objects.in_force(today()).filter(lane=Lane.OC, unit__in=units)
    organs = dict(lanes.values_list("unit", "province"))
    provinces = {unit for unit in units if _is_province(unit)} | set(organs.values())
    return Reach(frozenset(provinces), frozenset(units - provinces - set(organs)))


def _is_province(unit: int) -> bool:
    return LaneUnit.objects.filter(province=unit).exists()
