"""The only writer of entitlements: granted at reception, reviewed, closed at placement."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from permissions.checks import today
from permissions.models import User
from processes.audit.models import Event
from processes.cases.models import Case
from processes.rotation.missions import Entitlement, MissionOrder
from processes.rotation.queries import mission_of
from processes.rotation.writers import note


@transaction.atomic
def grant_entitlements(
    case: Case,
    *,
    by: User | None,
    amounts: Mapping[str, int],
    basis: str = "",
    since: date | None = None,
) -> list[Entitlement]:
    """Grant what the receiving unit provides, by kind in VND a month (R65 Điều 8, 10, 11).

    Raises ValidationError where one of the kind is open already.
    """
    order = mission_of(case)
    if taken := open_ones(order).filter(kind__in=amounts).first():
        raise ValidationError(
            _("“%(kind)s” is granted already.") % {"kind": taken.get_kind_display()}
        )
    granted = []
    for kind, amount in amounts.items():
        row = Entitlement.objects.create(
            order=order, kind=Entitlement.Kind(kind), amount=amount, payer=order.unit,
            basis=basis, since=since or today(),
        )  # fmt: skip
        granted.append(row)
        _note(row, by=by, amount=str(amount))
    return granted


@transaction.atomic
def review_entitlements(
    case: Case, *, by: User | None, amounts: Mapping[str, int] | None = None
) -> list[Entitlement]:
    """Look at every open entitlement again; `amounts` says which become more or less."""
    rows = list(open_ones(mission_of(case)))
    for row in rows:
        row.reviewed_on = today()
        changed = (amounts or {}).get(row.kind, row.amount) != row.amount
        if changed:
            row.amount = (amounts or {})[row.kind]
        row.save(update_fields=["reviewed_on", "amount"])
        _note(row, by=by, **({"amount": str(row.amount)} if changed else {}))
    return rows


@transaction.atomic
def close_entitlements(case: Case, *, by: User | None, on: date | None = None) -> list[Entitlement]:
    """Close every open entitlement at placement."""
    rows = list(open_ones(mission_of(case)))
    for row in rows:
        row.closed_on = on or today()
        row.save(update_fields=["closed_on"])
        _note(row, by=by, until=row.closed_on.isoformat())
    return rows


def open_ones(order: MissionOrder):  # type: ignore[no-untyped-def]
    """What is paid now."""
    return order.entitlements.filter(closed_on__isnull=True)


def _note(row: Entitlement, *, by: User | None, **facts: str) -> None:
    told = {"what": row.kind, "cadre": row.order.cadre_id, **facts}
    note(row.order, Event.ENTITLED, by=by, facts=told)
