"""The only writer of missions: orders, products, reviews, entitlements. Each change is an entry.

What a step of a procedure writes has been permitted by the step; what pages write directly,
products, asks for the right here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from permissions.catalogue import Act
from permissions.checks import role_for, role_held, today, units_where
from permissions.errors import Conflict, Refused
from permissions.models import User
from processes.audit.models import Event
from processes.audit.trail import record
from processes.cases.models import Case
from processes.dossiers.models import Document
from processes.organisation.people import Cadre, PostHeld
from processes.organisation.positions import Position
from processes.organisation.units import Unit
from processes.rotation import rights
from processes.rotation.missions import (
    Finding,
    MissionItem,
    MissionOrder,
    ProductDelivery,
    ProductTargetSet,
    RotationReview,
)
from processes.rotation.periods import UNSCHEDULED, Period
from processes.rotation.points import weights_left
from processes.rotation.queries import level_rules, reviewed


@dataclass(frozen=True)
class Task:
    """What an item of a mission says."""

    title: str
    product: str
    measure: str
    target: Decimal
    weight: int
    due_on: date


@dataclass(frozen=True)
class Found:
    """What a review found, about a person or a unit."""

    kind: str
    text: str
    cadre: Cadre | None = None
    unit: Unit | None = None


@transaction.atomic
def order_mission(
    case: Case,
    *,
    cadre: Cadre,
    items: Sequence[Task],
    by: User | None,
    source: Unit | None = None,
    since: date | None = None,
    until: date | None = None,
    number: str = "",
) -> MissionOrder:
    """Give the cadre of a rotation case a mission. Raises ValidationError for weights."""
    order = MissionOrder(
        case=case, cadre=cadre, position=case.post, province=case.province,
        source=source or cadre.unit, unit=case.post.unit, number=number, until=until,
    )  # fmt: skip
    return _order(order, items, since=since, by=by)


@transaction.atomic
def order_products(
    target_set: ProductTargetSet,
    *,
    position: Position,
    items: Sequence[Task],
    by: User,
    number: str = "",
    until: date | None = None,
) -> MissionOrder:
    """Give the holder of a chosen post products to deliver, without any rotation.

    Raises Refused without the right, ValidationError for a post that is not chosen or vacant.
    """
    rights.guard_planner(by, target_set.province)
    if not target_set.posts.filter(position=position).exists():
        raise ValidationError(_("This post is not among the posts evaluated by products."))
    held = PostHeld.objects.filter(position=position, until__isnull=True).order_by("pk").first()
    if held is None:
        raise ValidationError(_("Nobody holds this post."))
    if MissionOrder.objects.filter(
        target_set__isnull=False, position=position, cadre=held.cadre_id, ended_on__isnull=True
    ).exists():
        raise ValidationError(_("The holder of this post has a mission order already."))
    order = MissionOrder(
        target_set=target_set, cadre=held.cadre, position=position, province=target_set.province,
        unit=position.unit, number=number, until=until,
    )  # fmt: skip
    return _order(order, items, since=None, by=by)


@transaction.atomic
def begin_mission(order: MissionOrder, *, since: date, until: date | None, by: User | None) -> None:
    """The receiving unit has received the cadre: from then the mission counts."""
    old = {"since": order.since.isoformat()}
    order.since, order.until = since, until
    order.save(update_fields=["since", "until"])
    new = {"since": since.isoformat(), "until": until.isoformat() if until else ""}
    facts = {"model": "processes.missionorder", "label": str(order), "old": old, "new": new}
    note(order, Event.CHANGED, by=by, facts=facts)


@transaction.atomic
def end_mission(order: MissionOrder, *, by: User | None, on: date | None = None) -> None:
    """Nothing is delivered or reviewed after that day."""
    order.ended_on = on or today()
    order.save(update_fields=["ended_on"])
    facts = {"cadre": order.cadre_id, "until": order.ended_on.isoformat()}
    note(order, Event.ORDERED, by=by, facts=facts)


@transaction.atomic
def deliver(
    item: MissionItem,
    *,
    by: User,
    amount: Decimal,
    evidence: str,
    document: Document | None = None,
) -> ProductDelivery:
    """Hand in a product with its evidence. Raises Refused and ValidationError."""
    order = item.order
    if reason := rights.why_not_deliver(by, order):
        raise Refused(reason)
    if amount <= 0:
        raise ValidationError({"amount": _("Give an amount above zero.")})
    delivery = ProductDelivery.objects.create(
        item=item, amount=amount, evidence=evidence, document=document, delivered_on=today(),
        delivered_by=by,
    )  # fmt: skip
    facts = {"title": item.title, "cadre": order.cadre_id, "basis": evidence, "amount": str(amount)}
    documents = [document.sha256] if document else []
    note(order, Event.DELIVERED, by=by, facts=facts, documents=documents)
    return delivery


@transaction.atomic
def judge(delivery_id: int, *, by: User, score: int | None, remark: str = "") -> ProductDelivery:
    """Accept a product with a score of 100, or return it with a remark (no score).

    Raises Conflict where somebody has judged it meanwhile, Refused, ValidationError.
    """
    delivery = ProductDelivery.objects.select_for_update(no_key=True).get(pk=delivery_id)
    if delivery.state != ProductDelivery.State.WAITING:
        raise Conflict(_("This product has been judged."))
    if reason := rights.why_not_judge(by, delivery):
        raise Refused(reason)
    if score is None and not remark.strip():
        raise ValidationError({"remark": _("Say why the product is returned.")})
    if score is not None and not 0 <= score <= 100:
        raise ValidationError({"score": _("Give a score from 0 to 100.")})
    states = ProductDelivery.State
    delivery.state = states.RETURNED if score is None else states.ACCEPTED
    delivery.accepted_by, delivery.judged_on = by, today()
    delivery.score, delivery.remark = score, remark
    delivery.save()
    order = delivery.item.order
    facts = {"title": delivery.item.title, "cadre": order.cadre_id, "what": delivery.state}
    if score is not None:
        facts["points"] = str(score)
    unit = Unit.objects.get(pk=rights.judging_unit(by, order) or order.unit_id)
    role = role_for(by, Act.ACCEPT_PRODUCT, unit.pk)
    note(order, Event.JUDGED, by=by, role=role, unit=unit, facts=facts, reason=remark)
    return delivery


@transaction.atomic
def open_review(order: MissionOrder, period: Period, *, by: User | None = None) -> RotationReview:
    """Open the review of a mission for a period; one that is open or over is given back."""
    number = period.number
    if period.kind == UNSCHEDULED:
        number = order.reviews.filter(kind=UNSCHEDULED, year=period.year).count() + 1
    review, new = RotationReview.objects.get_or_create(
        order=order, kind=period.kind, year=period.year, number=number,
        defaults={"opened_on": today()},
    )  # fmt: skip
    if new:
        facts = {"cadre": order.cadre_id, "period": review.period}
        note(order, Event.REVIEW_OPENED, by=by, facts=facts)
    return review


@transaction.atomic
def conclude_review(
    review: RotationReview, *, by: User, comment: str = "", findings: Iterable[Found] = ()
) -> RotationReview:
    """Add up the points by weight, give the level of the edition in force, keep what was found.

    Raises Conflict for a review that is concluded.
    """
    review = RotationReview.objects.select_for_update(no_key=True).get(pk=review.pk)
    if review.concluded_on is not None:
        raise Conflict(_("This review is concluded."))
    outcome = reviewed(review, on=today())
    review.total, review.level, review.lines = outcome.total, outcome.level, outcome.lines
    review.edition = level_rules(today()).key
    review.concluded_on, review.concluded_by, review.comment = today(), by, comment
    review.save()
    for found in findings:
        Finding.objects.create(
            review=review, kind=found.kind, text=found.text, cadre=found.cadre, unit=found.unit
        )
    order = review.order
    facts: dict[str, Any] = {"cadre": order.cadre_id, "period": review.period}
    if review.total is not None:
        facts |= {"points": str(review.total), "what": review.level}
    facts["findings"] = list(review.findings.values_list("kind", flat=True))
    note(order, Event.REVIEWED, by=by, facts=facts, reason=comment, edition=review.edition)
    return review


def note(
    order: MissionOrder,
    event: Event,
    *,
    by: User | None,
    facts: Mapping[str, Any],
    unit: Unit | None = None,
    **told: Any,
) -> None:
    """One entry: in the chain of the mission's case, or the site's where there is no case.

    Outside a case the role is that of the receiving unit, or of who plans rotation.
    """
    if by is not None and order.case is None:
        places = {order.unit_id, *units_where(by, Act.PLAN_ROTATION)}
        acts = (Act.PLAN_ROTATION, Act.PREPARE)
        told["role"] = told.get("role") or role_held(by, places, *acts)[0]
    record(event, by=by, case=order.case, unit=unit or order.unit, facts=facts, **told)


def _order(
    order: MissionOrder, items: Sequence[Task], *, since: date | None, by: User | None
) -> MissionOrder:
    if not items:
        raise ValidationError(_("A mission order needs at least one item."))
    if left := weights_left([item.weight for item in items]):
        raise ValidationError(
            _("The weights of the items add up to %(sum)s, not to 100.") % {"sum": 100 - left}
        )
    order.ordered_on, order.ordered_by, order.since = today(), by, since or today()
    order.save()
    MissionItem.objects.bulk_create(MissionItem(order=order, **vars(item)) for item in items)
    facts = {"cadre": order.cadre_id, "number": order.number, "rows": len(items)}
    note(order, Event.ORDERED, by=by, facts=facts)
    return order
