"""Start the cases of a chain of moves that was tried on paper: all of them, or none."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from permissions.checks import today
from permissions.models import User
from processes.cases.models import Case
from processes.flows import FLOWS
from processes.organisation.lookups import NotSetUp
from processes.rotation.planning import locked_draft, started
from processes.rotation.schemes import MoveChain, PlannedMove
from processes.rotation.trial import try_chain
from processes.steps.opening import open_case

#: The name of the procedure that a planned move becomes a case of.
ROTATION = "rotation"


@transaction.atomic
def start_chain(chain: MoveChain, *, by: User) -> list[Case]:
    """Open a rotation case for each move of a draft; its start counts it towards the scheme.

    Raises ValidationError while something stands in the way, Refused without the right,
    Conflict for a chain that is no draft any more, NotSetUp where data lack what a case needs.
    """
    chain, on = locked_draft(chain, by), today()
    trial = try_chain(chain, on)
    if not trial.moves:
        raise ValidationError(_("This chain has no moves."))
    if trial.blocked:
        raise ValidationError(_("Solve what stands in the way of these moves first."))
    cases = {tried.move.pk: _open(tried.move, by) for tried in trial.moves}
    started(chain, cases, by=by, on=on)
    return list(cases.values())


def _open(move: PlannedMove, by: User) -> Case:
    if ROTATION not in FLOWS:
        raise NotSetUp(_("The procedure of rotation is not part of this version."))
    facts: dict[str, Any] = {"direction": move.direction}
    if move.chain.scheme_id is not None:
        facts["scheme"] = move.chain.scheme_id
    return open_case(
        FLOWS[ROTATION],
        by=by,
        position=move.position,
        candidate=move.cadre,
        reason=move.note,
        facts=facts,
    )
