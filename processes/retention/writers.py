"""The only writers of orders of erasure and of legal holds: ask, answer, revoke, place, lift."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from permissions.catalogue import Act
from permissions.checks import holders, role_for, today, units_where
from permissions.errors import Conflict, Refused
from permissions.models import User
from processes.audit.models import Event
from processes.audit.trail import record
from processes.cases.erasure import ErasureItem, ErasureOrder, LegalHold
from processes.cases.models import Case
from processes.cases.workdays import add
from processes.notices.kinds import Kind
from processes.notices.writers import notify
from processes.organisation.units import Unit
from processes.retention.content import items_of, places_of, with_the_same
from processes.retention.queries import (
    Subject,
    may_read,
    own_bar,
    province_of,
    subject_of,
    why_not_approve,
    why_not_ask,
    why_not_preserve,
    why_not_revoke,
    why_stays,
)
from processes.rules import load
from processes.rules.rulebook import Family


@transaction.atomic
def ask(
    subject: Subject,
    chosen: Iterable[str],
    *,
    by: User,
    authority: str,
    document: str,
    issued_on: date,
    reason: str,
) -> ErasureOrder:
    """Ask that places of a case or a record (`Place.key`) be erased by order of an authority.

    Raises Refused as `why_not_ask` says, ValidationError where nothing is chosen or the order is
    of a day to come.
    """
    if stays := why_not_ask(by, subject):
        raise Refused(stays)
    if issued_on > today():
        raise ValidationError({"issued_on": _("An order of a day to come orders nothing yet.")})
    places = with_the_same(chosen, places_of(subject))
    if not places:
        raise ValidationError(_("Choose what is to be erased; it may be gone already."))
    order = ErasureOrder.objects.create(
        province_id=province_of(subject), authority=authority, document=document,
        issued_on=issued_on, reason=reason, asked_by=by, **_about(subject),
    )  # fmt: skip
    ErasureItem.objects.bulk_create(items_of(order, places))
    _tell(Event.ERASURE_ASKED, order, by, Act.ASK_ERASURE, reason=reason)
    return order


@transaction.atomic
def approve(order: ErasureOrder, *, by: User) -> ErasureOrder:
    """Let an order be carried out when the days for an objection are over.

    Raises Refused and Conflict as `why_not_approve` says, and Conflict where it may not be erased.
    """
    order = _waiting(order, by)
    if stays := why_stays(subject_of(order)):
        raise Conflict(stays)
    order.answered_by, order.answered_at = by, timezone.now()
    order.due_on = last_objection_from(today())
    order.save()
    _tell(Event.ERASURE_APPROVED, order, by, Act.APPROVE_ERASURE)
    return order


def last_objection_from(day: date) -> date:
    """The day on which an order that is approved on a day is carried out at the earliest."""
    rule = load().for_case(day, False, (Family.APPOINTMENT,)).get("erasure.objection")
    return add(day, rule.value, rule.unit)


@transaction.atomic
def deny(order: ErasureOrder, *, by: User, answer: str) -> ErasureOrder:
    """Refuse what was asked for, with the reason. Raises as `approve` does."""
    order = _waiting(order, by)
    order.answered_by, order.answered_at, order.answer = by, timezone.now(), answer
    order.save()
    _tell(Event.ERASURE_DENIED, order, by, Act.APPROVE_ERASURE, reason=answer)
    return order


@transaction.atomic
def revoke(order: ErasureOrder, *, by: User, reason: str) -> ErasureOrder:
    """Stop an order for good before it is carried out. Raises Refused and Conflict."""
    order = locked(order)
    if said := why_not_revoke(by, order):
        raise (Conflict if order.carried_out_at or order.revoked_at else Refused)(said)
    order.revoked_by, order.revoked_at = by, timezone.now()
    order.save()
    _tell(Event.ERASURE_REVOKED, order, by, Act.PRESERVE, reason=reason)
    return order


@transaction.atomic
def preserve(subject: Subject, *, by: User, basis: str, reason: str) -> LegalHold:
    """Place a legal hold. Raises Refused, and Conflict where one stands already."""
    if said := why_not_preserve(by, province_of(subject)) or own_bar(by, subject):
        raise Refused(said)
    # Whoever carries an order out holds it: either that is over now, or it will see this hold.
    waiting = ErasureOrder.objects.filter(due_on__isnull=False, carried_out_at=None)
    list(waiting.select_for_update(of=("self",), no_key=True).order_by("pk"))
    if LegalHold.objects.in_force().filter(**_about(subject)).exists():
        raise Conflict(_("A legal hold stands on it already."))
    hold = LegalHold.objects.create(
        province_id=province_of(subject), basis=basis, reason=reason, placed_by=by,
        **_about(subject),
    )  # fmt: skip
    _tell(Event.PRESERVED, hold, by, Act.PRESERVE, reason=reason)
    return hold


@transaction.atomic
def lift(hold: LegalHold, *, by: User, reason: str) -> LegalHold:
    """Lift a legal hold, with the reason. Raises Refused and Conflict."""
    hold = LegalHold.objects.select_for_update(of=("self",), no_key=True).get(pk=hold.pk)
    if said := why_not_preserve(by, hold.province_id) or own_bar(by, subject_of(hold)):
        raise Refused(said)
    if hold.lifted_at:
        raise Conflict(_("This hold has been lifted already."))
    hold.lifted_by, hold.lifted_at, hold.lifted_because = by, timezone.now(), reason
    hold.save()
    _tell(Event.UNPRESERVED, hold, by, Act.PRESERVE, reason=reason)
    return hold


def locked(order: ErasureOrder) -> ErasureOrder:
    """The order, which nobody else changes until the transaction ends."""
    rows = ErasureOrder.objects.select_for_update(of=("self",), no_key=True)
    return rows.get(pk=order.pk)


def _waiting(order: ErasureOrder, by: User) -> ErasureOrder:
    order = locked(order)
    if order.revoked_at:
        raise Conflict(_("This order is over already."))
    if said := why_not_approve(by, order):
        raise (Conflict if order.answered_by_id else Refused)(said)
    return order


def _about(subject: Subject) -> dict[str, Subject]:
    return {"case" if isinstance(subject, Case) else "cadre": subject}


def _tell(
    event: Event, row: ErasureOrder | LegalHold, by: User, act: Act, *, reason: str = ""
) -> None:
    """The entry in the chain of the case, or the site's, and a notice to whom it concerns."""
    unit = min(units_where(by, act), default=None)
    record(event, by=by, role=role_for(by, act, unit), case=row.case,
           unit=Unit.objects.get(pk=row.province_id), reason=reason, facts=_facts(row))  # fmt: skip
    units = Unit.objects.filter(province=row.province_id).values_list("pk", flat=True)
    told = {*holders(Act.INSPECT, [row.province_id])}
    if isinstance(row, ErasureOrder):
        told |= {row.asked_by}
        if event == Event.ERASURE_ASKED:
            told |= set(holders(Act.APPROVE_ERASURE, units))
    words: dict[str, Any] = {"key": f"{event}:{row.pk}", "by": by, "facts": {"event": event.value}}
    # Who approves cases that they do not read is told as well; the page says which it is.
    apart = {one for one in told if row.case and not may_read(one, row.case)}
    notify(Kind.RETENTION, told - apart, case=row.case, **words)
    notify(Kind.RETENTION, {one for one in apart if not own_bar(one, subject_of(row))}, **words)


def _facts(row: ErasureOrder | LegalHold) -> dict[str, object]:
    about: dict[str, object] = {} if row.cadre_id is None else {"cadre": row.cadre_id}
    if isinstance(row, LegalHold):
        return about | {"hold": row.pk, "basis": row.basis}
    about |= {"order": row.pk, "authority": row.authority, "document": row.document}
    about |= {"issued_on": row.issued_on.isoformat(), "rows": row.items.count()}
    return about | ({"due_on": row.due_on.isoformat()} if row.due_on else {})
