"""What a restructuring knows while it is carried out, and what it has done."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from processes.organisation.positions import Position
from processes.organisation.units import Unit
from processes.restructuring.plan import Plan, WrongPlan
from processes.rotation.missions import ProductTargetSet
from processes.rotation.schemes import RotationScheme


@dataclass
class Move:
    """From the units of one province to those of another, on one day."""

    plan: Plan
    old: Unit
    new: Unit
    #: Units that end, and by number the one that succeeds each.
    ending: list[Unit] = field(default_factory=list)
    successors: dict[int, Unit] = field(default_factory=dict)
    #: By number of a position that ends, the one in which it goes on.
    positions: dict[int, Position] = field(default_factory=dict)
    #: By number of a scheme and of a set of chosen posts, the one in which it goes on.
    schemes: dict[int, RotationScheme] = field(default_factory=dict)
    sets: dict[int, ProductTargetSet] = field(default_factory=dict)
    #: Units in which something stays that could not be moved; rights there stay as well.
    kept: set[int] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    left: list[str] = field(default_factory=list)

    @property
    def day(self) -> date:
        """The first day of the new structure."""
        return self.plan.day

    def leave(self, what: Any, why: str) -> None:
        """Name something that is not moved."""
        self.left.append(f"{what}: {why}")


def begin(plan: Plan) -> Move:
    """Find the units that end and their successors, which are in force on the day.

    Raises WrongPlan where a province or a successor that the plan names is not there.
    """
    old = _province(plan.old, Q(valid_to__isnull=True) | Q(valid_to=plan.day), plan)
    new = _province(plan.new, Q(valid_to__isnull=True) | Q(valid_to__gt=plan.day), plan)
    fresh = {unit.code: unit for unit in Unit.objects.in_force(plan.day).filter(province=new)}
    still = Q(valid_to__isnull=True) | Q(valid_to__gte=plan.day)
    before = Unit.objects.filter(still, province=old, valid_from__lt=plan.day)
    move = Move(plan, old, new)
    for unit in before.select_related("level").order_by("level__rank", "code"):
        code = plan.new if unit.pk == old.pk else plan.units.get(unit.code, unit.code)
        if code not in fresh and unit.code in plan.units:
            raise WrongPlan(
                _("The plan names a unit that is not there: %(code)s.") % {"code": code}
            )
        move.ending.append(unit)
        if code in fresh:
            move.successors[unit.pk] = fresh[code]
    if unknown := plan.units.keys() - {unit.code for unit in move.ending}:
        names = {"code": ", ".join(sorted(unknown))}
        raise WrongPlan(_("The plan names a unit that is not there: %(code)s.") % names)
    return move


def _province(code: str, dates: Q, plan: Plan) -> Unit:
    found = Unit.objects.filter(dates, code=code, parent__isnull=True, valid_from__lte=plan.day)
    unit = found.order_by("-valid_from").first()
    if unit is None:
        raise WrongPlan(_("There is no province %(code)s on that day.") % {"code": code})
    return unit
