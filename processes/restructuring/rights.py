"""Roles go on at the successors of their units; the old ones end the day before."""

from django.utils.translation import gettext as _

from permissions.catalogue import Role
from permissions.checks import today
from permissions.grants import grant, revoke
from permissions.models import Holding
from processes.restructuring.move import Move


def move_rights(move: Move) -> None:
    """Give each role at the successor, with its entry; where a case stays, its roles stay too."""
    found = Holding.objects.overlapping(move.day, None).filter(unit__in=move.ending)
    for holding in found.select_related("user", "unit").order_by("pk"):
        unit = move.successors.get(holding.unit_id)
        if unit is None:
            move.leave(holding, _("the unit has no successor"))
            continue
        same = Holding.objects.overlapping(move.day, holding.valid_until)
        if not same.filter(user=holding.user, role=holding.role, unit=unit).exists():
            since = max(move.day, holding.valid_from)
            grant(
                holding.user, Role(holding.role), unit, by=None, since=since,
                until=holding.valid_until,
            )  # fmt: skip
            move.counts["roles"] += 1
        if holding.unit_id not in move.kept and holding.valid_from < move.day:
            revoke(holding, by=None, on=max(move.day, today()), reason=move.plan.source)
