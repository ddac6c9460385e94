"""Carry a plan out: everything in one transaction, or nothing."""

from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _

from permissions.checks import today
from processes.audit.models import Event
from processes.audit.trail import record
from processes.organisation.unit_import import import_units
from processes.organisation.units import Unit
from processes.restructuring.move import Move, begin
from processes.restructuring.open_cases import move_cases
from processes.restructuring.plan import Plan, WrongPlan
from processes.restructuring.programme import (
    move_chains,
    move_courses,
    move_missions,
    move_schemes,
    move_terms,
)
from processes.restructuring.rights import move_rights
from processes.restructuring.structure import (
    end_units,
    move_bodies,
    move_data,
    move_lanes,
    move_people,
    move_positions,
    move_symbols,
)

#: Rights last: whether one stays depends on what could not be moved.
STEPS = (
    end_units, move_positions, move_people, move_bodies, move_lanes, move_data, move_symbols,
    move_schemes, move_chains, move_missions, move_courses, move_terms, move_cases, move_rights,
)  # fmt: skip


class Unfinished(Exception):
    """Something cannot be moved, so nothing was; `left` names it."""

    def __init__(self, left: list[str]) -> None:
        self.left = left
        super().__init__("\n".join(left))


@transaction.atomic
def restructure(plan: Plan, *, leave: bool = False, dry_run: bool = False) -> Move:
    """Carry the plan out on its day or later; a dry run does it all and takes it back.

    Raises WrongPlan; and Unfinished where something cannot be moved, unless the command is told
    to leave it where it is. It is then named in the entry of the restructuring.
    """
    if plan.day > today() and not dry_run:
        raise WrongPlan(
            _("The day of the plan is %(day)s; until then only a dry run.")
            % {"day": f"{plan.day:%d/%m/%Y}"}
        )
    if Unit.objects.filter(code=plan.old, parent=None, valid_to=plan.day).exists():
        raise WrongPlan(_("This plan has been carried out."))
    if plan.files:
        import_units(plan.files, by=None, since=plan.day)
    move = begin(plan)
    for step in STEPS:
        step(move)
    if dry_run:
        transaction.set_rollback(True)
        return move
    if move.left and not leave:
        raise Unfinished(move.left)
    facts = {
        "what": "restructuring",
        "plan": plan.sha256,
        "stated": {**asdict(plan), "day": plan.day.isoformat(), "files": _names(plan)},
        "counts": dict(move.counts),
        "left": move.left,
    }
    documents = [plan.sha256]
    record(
        Event.IMPORTED, by=None, unit=move.new, reason=plan.source, documents=documents, facts=facts
    )
    return move


def _names(plan: Plan) -> list[str]:
    return [path.name for path in plan.files]
