"""Questions to missions and schemes: which mission a case has, how it stands, what was made."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from processes.cases.models import Case
from processes.organisation.lookups import NotSetUp
from processes.rotation.missions import MissionItem, MissionOrder, ProductDelivery, RotationReview
from processes.rotation.periods import Period
from processes.rotation.points import LEVELS, Delivered, Sum, Wanted, level_of, sum_up
from processes.rules import load
from processes.rules.edition import Edition
from processes.rules.rulebook import Family


@dataclass(frozen=True)
class Outcome:
    """What a review comes to: points, level, and the lines that it was added up from."""

    total: Decimal | None
    level: str
    lines: list[dict[str, Any]]


def mission_of(case: Case) -> MissionOrder:
    """The latest mission of a rotation case; raises NotSetUp before it is ordered."""
    order = case.missions.order_by("-pk").first()
    if order is None:
        raise NotSetUp(_("No mission has been ordered in this case yet."))
    return order


def level_rules(on: date) -> Edition:
    """The edition of the regulation on evaluation that is in force on a day."""
    return load().in_force(Family.EVALUATION, on)


def reviewed(review: RotationReview, *, on: date) -> Outcome:
    """How the mission stands for the review's period, on a day: what is not due yet waits."""
    period = Period(review.kind, review.year, review.number)
    until = min(period.ends_on, on)
    result = sum_up(wanted(review.order), since=period.starts_on, until=until, by=on)
    return Outcome(result.total, level(result, on), [_plain(line) for line in result.lines])


def level(result: Sum, on: date) -> str:
    """The level that a result has by the edition in force on a day."""
    edition = level_rules(on)
    return level_of(result, {name: edition.get(f"review.{name}").value for name in LEVELS})


def wanted(order: MissionOrder) -> list[Wanted]:
    """The items of a mission with what was accepted for each, in two queries."""
    accepted = ProductDelivery.objects.filter(state=ProductDelivery.State.ACCEPTED)
    items = MissionItem.objects.filter(order=order)
    return [
        Wanted(
            item=item.pk,
            target=item.target,
            weight=item.weight,
            due_on=item.due_on,
            accepted=tuple(
                Delivered(one.amount, one.score or 0, one.delivered_on)
                for one in item.deliveries.all()
            ),
        )
        for item in items.prefetch_related(Prefetch("deliveries", accepted))
    ]


def _plain(line: Any) -> dict[str, Any]:
    return {**vars(line), "points": str(line.points)}
