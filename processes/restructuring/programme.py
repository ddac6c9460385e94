"""Rotation, training, terms and elections go on in the new province, by one rule for each.

What is over stays where it was, under the names of its day.
"""

from typing import Any

from django.utils.translation import gettext as _

from processes.dossiers.models import Term
from processes.organisation.elections import Election
from processes.organisation.units import Unit
from processes.restructuring.move import Move
from processes.restructuring.structure import end, still
from processes.rotation.missions import ChosenPost, Entitlement, MissionOrder, ProductTargetSet
from processes.rotation.progress import progress
from processes.rotation.schemes import (
    OF_DISTRICTS,
    MoveChain,
    RotationScheme,
    SchemeMove,
    SchemeTarget,
)
from processes.rotation.writers import end_mission
from processes.standards.models import TrainingCourse


def move_schemes(move: Move) -> None:
    """A scheme goes on with the moves under way and with what its targets still want.

    Moves that are done count where they were made; targets of past years, and of directions
    whose level has ended, stay with the old scheme.
    """
    for old in RotationScheme.objects.filter(still(move), province=move.old).order_by("pk"):
        end(old, move)
        scheme = RotationScheme.objects.create(
            province=move.new, term=old.term, title=old.title, document=old.document,
            valid_from=move.day,
        )  # fmt: skip
        move.schemes[old.pk] = scheme
        for line in SchemeMove.objects.filter(scheme=old, case__finished__isnull=True):
            line.scheme = scheme
            line.unit = move.successors.get(line.unit_id, line.unit)
            line.save(update_fields=["scheme", "unit"])
        _targets(old, scheme, move)
        move.counts["schemes"] += 1


def _targets(old: RotationScheme, scheme: RotationScheme, move: Move) -> None:
    wanted: dict[tuple[str, int | None, int], int] = {}
    for row in progress(old):
        target = row.target
        if target.year < move.day.year or target.direction in OF_DISTRICTS:
            continue
        unit = _successor(target.unit_id, move)
        if target.unit_id and unit is None:
            move.leave(target, _("its unit has no successor; state one"))
            continue
        line = (target.direction, unit, target.year)
        wanted[line] = wanted.get(line, 0) + max(0, target.number - row.done)
    SchemeTarget.objects.bulk_create(
        SchemeTarget(scheme=scheme, direction=direction, unit_id=unit, year=year, number=number)
        for (direction, unit, year), number in wanted.items()
        if number
    )


def _successor(unit: int | None, move: Move) -> int | None:
    found: Unit | None = move.successors.get(unit) if unit else None
    return found.pk if found else None


def move_chains(move: Move) -> None:
    """A chain on paper goes on where every one of its posts does; another one is dropped."""
    drafts = MoveChain.objects.filter(
        province=move.old, started_on__isnull=True, dropped_on__isnull=True
    )
    for chain in drafts.order_by("pk"):
        moves = list(chain.moves.all())
        if not all(planned.position_id in move.positions for planned in moves):
            chain.dropped_on = move.day
            chain.save(update_fields=["dropped_on"])
            move.counts["chains_dropped"] += 1
            continue
        for planned in moves:
            planned.position = move.positions[planned.position_id]
            planned.save(update_fields=["position"])
        chain.province = move.new
        chain.scheme = move.schemes.get(chain.scheme_id) if chain.scheme_id else None
        chain.save(update_fields=["province", "scheme"])
        move.counts["chains"] += 1


def move_missions(move: Move) -> None:
    """A mission goes on with the post it is about; where that ends, the mission ends as well.

    A mission of a rotation whose case stays stays with it.
    """
    _move_sets(move)
    orders = MissionOrder.objects.filter(province=move.old, ended_on__isnull=True)
    for order in orders.select_related("case").order_by("pk"):
        post = move.positions.get(order.position_id)
        if post is None:
            _end_mission(order, move)
            continue
        order.position, order.unit, order.province = post, post.unit, move.new
        order.source = move.successors.get(order.source_id or 0, order.source)
        order.target_set = move.sets.get(order.target_set_id or 0, order.target_set)
        order.save(update_fields=["position", "unit", "province", "source", "target_set"])
        for right in Entitlement.objects.filter(order=order, closed_on__isnull=True):
            right.payer = move.successors.get(right.payer_id, right.payer)
            right.save(update_fields=["payer"])
        move.counts["missions"] += 1


def _end_mission(order: MissionOrder, move: Move) -> None:
    if order.case and not order.case.finished:
        move.counts["missions_kept"] += 1
        return
    end_mission(order, by=None, on=move.day)
    move.counts["missions_ended"] += 1


def _move_sets(move: Move) -> None:
    """Chosen posts are chosen in the new province too, where they go on."""
    for row in ProductTargetSet.objects.filter(still(move), province=move.old).order_by("pk"):
        old, posts = row.pk, list(ChosenPost.objects.filter(target_set=row.pk))
        end(row, move)
        row.pk, row.province, row.valid_from, row.valid_to = None, move.new, move.day, None
        row.save(force_insert=True)
        move.sets[old] = row
        for chosen in posts:
            if post := move.positions.get(chosen.position_id):
                chosen.pk, chosen.target_set, chosen.position = None, row, post
                chosen.save(force_insert=True)
        move.counts["sets"] += 1


def move_courses(move: Move) -> None:
    """Courses are offered in the new province; who has planned or taken one keeps it."""
    moved = TrainingCourse.objects.filter(province=move.old, offered=True)
    move.counts["courses"] += moved.update(province=move.new)


def move_terms(move: Move) -> None:
    """The committee's term goes on, unless the new province has one; elections ahead as well."""
    if not Term.objects.in_force(move.day).filter(province=move.new).exists():
        for row in Term.objects.filter(still(move), province=move.old):
            _go_on(row, move)
            move.counts["terms"] += 1
    ahead = Election.objects.filter(province=move.old, held_on__gte=move.day)
    move.counts["elections"] += ahead.update(province=move.new)


def _go_on(row: Any, move: Move) -> None:
    until = row.valid_to
    end(row, move)
    row.pk, row.province, row.valid_from, row.valid_to = None, move.new, move.day, until
    row.save(force_insert=True)
