"""The only writer of schemes' lines and of chains of planned moves. Each change is an entry."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from permissions.checks import today
from permissions.errors import Conflict, Personal
from permissions.models import User
from processes.audit.models import Event
from processes.audit.trail import record
from processes.cases.bars import family_of
from processes.cases.models import Case
from processes.organisation.people import Cadre
from processes.organisation.positions import Position
from processes.organisation.units import Unit
from processes.rotation.rights import guard_planner
from processes.rotation.schemes import (
    Direction,
    MoveChain,
    PlannedMove,
    RotationScheme,
    SchemeMove,
    SchemeTarget,
)


@transaction.atomic
def join_scheme(
    case: Case, *, scheme: RotationScheme, direction: str, by: User | None, year: int | None = None
) -> SchemeMove:
    """Count a rotation case towards a scheme; a case counts once."""
    row, new = SchemeMove.objects.get_or_create(
        case=case,
        defaults={
            "scheme": scheme, "direction": Direction(direction), "unit": case.post.unit,
            "year": year or case.opened_on.year,
        },
    )  # fmt: skip
    if new:
        facts = {"title": scheme.title, "what": "counted"}
        record(Event.PLANNED, by=by, case=case, unit=case.unit, facts=facts)
    return row


@transaction.atomic
def set_target(
    scheme: RotationScheme,
    *,
    direction: str,
    year: int,
    number: int,
    by: User,
    unit: Unit | None = None,
) -> SchemeTarget:
    """Set how many moves a scheme wants in a direction, a year and a unit. Raises Refused."""
    organ, role = guard_planner(by, scheme.province)
    if unit is not None and unit.province_id != scheme.province_id:
        raise ValidationError({"unit": _("This unit is of another province.")})
    row, _new = SchemeTarget.objects.update_or_create(
        scheme=scheme, direction=Direction(direction), year=year, unit=unit,
        defaults={"number": number},
    )  # fmt: skip
    facts = {
        "title": scheme.title, "what": "target_set", "direction": direction, "year": year,
        "number": number, "unit": unit.pk if unit else None,
    }  # fmt: skip
    record(Event.PLANNED, by=by, role=role, unit=organ, facts=facts)
    return row


@transaction.atomic
def make_chain(
    province: Unit, *, title: str, by: User, scheme: RotationScheme | None = None
) -> MoveChain:
    """Begin a chain of moves on paper. Raises Refused."""
    guard_planner(by, province)
    if scheme is not None and scheme.province_id != province.pk:
        raise ValidationError({"scheme": _("This scheme is of another province.")})
    chain = MoveChain.objects.create(
        province=province, scheme=scheme, title=title, made_by=by, made_on=today()
    )
    _note(chain, "chain_made", by=by)
    return chain


@transaction.atomic
def add_move(
    chain: MoveChain, *, cadre: Cadre, position: Position, direction: str, by: User, note: str = ""
) -> PlannedMove:
    """Put a move on paper, whatever conflicts it has. Raises Refused, Conflict, ValidationError."""
    chain = _draft(chain, by)
    _guard_family(by, cadre)
    if {cadre.unit.province_id, position.unit.province_id} - {chain.province_id}:
        raise ValidationError(_("The cadre and the post have to be of this province."))
    move = PlannedMove.objects.create(
        chain=chain, cadre=cadre, position=position, direction=Direction(direction), note=note
    )
    _note(chain, "move_added", by=by, reason=note, **_facts(move))
    return move


@transaction.atomic
def remove_move(move: PlannedMove, *, by: User) -> None:
    """Take a move out of a draft; the trail keeps that it was there. Raises Refused, Conflict."""
    chain = _draft(move.chain, by)
    _guard_family(by, move.cadre)
    _note(chain, "move_removed", by=by, **_facts(move))
    move.delete()


@transaction.atomic
def drop_chain(chain: MoveChain, *, by: User, reason: str) -> None:
    """Give a draft up. Raises Refused and Conflict."""
    chain = _draft(chain, by)
    chain.dropped_on = today()
    chain.save(update_fields=["dropped_on"])
    _note(chain, "chain_dropped", by=by, reason=reason)


def started(chain: MoveChain, cases: dict[int, Case], *, by: User, on: date) -> None:
    """Keep which case came out of each move; inside the transaction that opens the cases."""
    for move in chain.moves.all():
        move.case = cases[move.pk]
        move.save(update_fields=["case"])
    chain.started_on = on
    chain.save(update_fields=["started_on"])
    _note(chain, "chain_started", by=by, cases=[case.code for case in cases.values()])


def locked_draft(chain: MoveChain, by: User) -> MoveChain:
    """The chain, held until the transaction ends. Raises Refused and Conflict."""
    return _draft(chain, by)


def _draft(chain: MoveChain, by: User) -> MoveChain:
    guard_planner(by, chain.province)
    chain = MoveChain.objects.select_for_update(no_key=True).get(pk=chain.pk)
    if not chain.is_draft:
        raise Conflict(_("This chain is no draft any more."))
    return chain


def _guard_family(by: User, cadre: Cadre) -> None:
    """Nobody plans their own move or a relative's (Quy định 114-QĐ/TW, 2023)."""
    if cadre.pk in family_of(by).all:
        raise Personal(_("Nobody plans their own move, or that of a relative."))


def _facts(move: PlannedMove) -> dict[str, Any]:
    return {"cadre": move.cadre_id, "label": str(move.position), "position": move.position_id}


def _note(chain: MoveChain, what: str, *, by: User, reason: str = "", **facts: Any) -> None:
    organ, role = guard_planner(by, chain.province)
    told = {"title": chain.title, "chain": chain.pk, "what": what, **facts}
    record(Event.PLANNED, by=by, role=role, unit=organ, reason=reason, facts=told)
