"""Units end and have successors; posts, bodies, lanes and the province's data go on there."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from processes.audit.models import Event
from processes.audit.trail import record
from processes.dossiers.models import NumberSymbol
from processes.organisation.bodies import Body, Composition, Membership
from processes.organisation.people import Cadre, Planning, PostHeld
from processes.organisation.positions import (
    Competence,
    Position,
    StandardCondition,
    TitleStandard,
)
from processes.organisation.units import LaneUnit, in_force
from processes.restructuring.move import Move

#: Dated data that a province has decided, with the column that names it.
PROVINCIAL: tuple[type[Any], ...] = (Competence, Composition, TitleStandard)


def end_units(move: Move) -> None:
    """End every unit of the old province; an entry says which one succeeds it."""
    for unit in move.ending:
        successor = move.successors.get(unit.pk)
        old = {"valid_to": unit.valid_to and unit.valid_to.isoformat()}
        unit.valid_to, unit.successor = move.day, successor
        unit.save(update_fields=["valid_to", "successor"])
        facts = {
            "model": unit._meta.label_lower,
            "id": unit.pk,
            "label": unit.name,
            "old": old,
            "new": {"valid_to": move.day.isoformat(), "successor": str(successor or "")},
        }
        record(Event.CHANGED, by=None, unit=unit, reason=move.plan.source, facts=facts)
        move.counts["units" if successor else "units_without_successor"] += 1


def move_positions(move: Move) -> None:
    """Posts go on at the successor under a code of the new province; the old ones are history.

    Two heads of one unit is no structure: all but the first are left for the plan to decide.
    """
    heads: set[int] = set()
    found = Position.objects.filter(still(move), unit__in=move.ending)
    for post in found.select_related("unit").order_by("code"):
        old = post.pk
        unit = move.successors.get(post.unit_id)
        if move.plan.ends(post.code):
            end(post, move)
            continue
        if unit is None:
            move.leave(post, _("its unit has no successor; state one, or end the position"))
            move.kept.add(post.unit_id)
            continue
        if post.is_head and unit.pk in heads:
            move.leave(post, _("the successor has a head already; end one of the positions"))
            move.kept.add(post.unit_id)
            continue
        if post.is_head:
            heads.add(unit.pk)
        new = Position.objects.get(pk=old)
        new.pk, new.unit, new.valid_from, new.valid_to = None, unit, move.day, None
        new.code = f"{move.new.code}.{post.code}"[:40]
        new.save(force_insert=True)
        end(post, move)
        move.positions[old] = new
        move.counts["positions"] += 1


def move_people(move: Move) -> None:
    """Cadres work at the successor; their posts and planning end and go on there."""
    for unit in move.ending:
        successor = move.successors.get(unit.pk)
        cadres = Cadre.objects.filter(unit=unit)
        if successor is None:
            for cadre in cadres:
                move.leave(cadre, _("the unit where the person works has no successor"))
                move.kept.add(unit.pk)
            continue
        move.counts["cadres"] += cadres.update(unit=successor)
    held = PostHeld.objects.filter(
        Q(until__isnull=True) | Q(until__gt=move.day), unit__in=move.ending, since__lt=move.day
    )
    for post in held.select_related("cadre", "unit", "position"):
        _post(post, move)
    planned = Planning.objects.filter(
        Q(until__isnull=True) | Q(until__gt=move.day), unit__in=move.ending
    )
    for row in planned:
        successor = move.successors.get(row.unit_id)
        if successor is None:
            continue
        until, row.until = row.until, max(move.day, row.approved_on)
        row.save(update_fields=["until"])
        row.pk, row.unit, row.until = None, successor, until
        row.save(force_insert=True)
        move.counts["planning"] += 1


def _post(post: PostHeld, move: Move) -> None:
    successor = move.successors.get(post.unit_id)
    goes_on = move.positions.get(post.position_id) if post.position_id else None
    if successor is None or (post.position_id and goes_on is None):
        if post.position and post.position.valid_to == move.day:
            post.until = move.day
            post.save(update_fields=["until"])
            move.counts["posts_ended"] += 1
        return
    until, post.until = post.until, move.day
    post.save(update_fields=["until"])
    post.pk, post.unit, post.position = None, successor, goes_on
    post.since, post.until = move.day, until
    post.save(force_insert=True)
    move.counts["posts"] += 1


def move_bodies(move: Move) -> None:
    """Bodies go on at the successor; of merged units the members sit in one body."""
    found = Body.objects.filter(still(move), unit__in=move.ending).order_by("pk")
    for body in found.select_related("unit"):
        unit = move.successors.get(body.unit_id)
        if unit is None:
            continue
        new, _fresh = Body.objects.get_or_create(
            unit=unit, kind=body.kind, valid_to=None,
            defaults={"name": body.name, "valid_from": move.day},
        )  # fmt: skip
        seats = Membership.objects.filter(still(move), body=body).order_by("pk")
        taken = set(new.memberships.values_list("cadre", flat=True))
        head = new.memberships.filter(seat=Membership.Seat.HEAD).exists()
        for seat in seats:
            seat.valid_to = move.day
            seat.save(update_fields=["valid_to"])
            if seat.cadre_id in taken:
                continue
            seat.pk, seat.body, seat.valid_from, seat.valid_to = None, new, move.day, None
            if head and seat.seat == Membership.Seat.HEAD:
                seat.seat = Membership.Seat.MEMBER
            seat.save(force_insert=True)
        end(body, move)
        move.counts["bodies"] += 1


def move_lanes(move: Move) -> None:
    """The successors stand in the lanes, unless the plan names another unit."""
    fresh = {unit.code: unit for unit in move.successors.values()}
    for row in LaneUnit.objects.filter(still(move), province=move.old).select_related("unit"):
        named = move.plan.lanes.get(row.lane, "")
        unit = fresh.get(named) if named else move.successors.get(row.unit_id)
        if unit is None:
            move.leave(row, _("no unit stands in the lane any more; name one in the plan"))
            continue
        end(row, move)
        row.pk, row.province, row.unit = None, move.new, unit
        row.valid_from, row.valid_to = move.day, None
        row.save(force_insert=True)
        move.counts["lanes"] += 1


def move_data(move: Move) -> None:
    """What the old province had decided holds in the new one until that decides otherwise."""
    for model in PROVINCIAL:
        for row in model.objects.filter(still(move), province=move.old):
            conditions = (
                list(StandardCondition.objects.filter(standard=row))
                if isinstance(row, TitleStandard)
                else []
            )
            end(row, move)
            row.pk, row.province, row.valid_from, row.valid_to = None, move.new, move.day, None
            row.save(force_insert=True)
            for condition in conditions:
                condition.pk, condition.standard = None, row
                condition.save(force_insert=True)
            move.counts["rules"] += 1


def move_symbols(move: Move) -> None:
    """Organs go on writing their numbers with their symbols; the sequences begin anew."""
    for row in NumberSymbol.objects.filter(organ__in=move.ending):
        organ = move.successors.get(row.organ_id)
        if organ is not None:
            said = {"symbol": row.symbol, "pattern": row.pattern}
            NumberSymbol.objects.get_or_create(organ=organ, defaults=said)


def still(move: Move) -> Q:
    """Rows that were there before the day and hold on it."""
    return in_force(move.day) & Q(valid_from__lt=move.day)


def end(row: Any, move: Move) -> None:
    """Let a row hold up to the day."""
    row.valid_to = move.day
    row.save(update_fields=["valid_to"])
