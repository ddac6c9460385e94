"""Which tasks a person may find because they stand in for somebody; lists begin here."""

from typing import TYPE_CHECKING

from django.db.models import Q

from permissions.catalogue import NEVER_DEPUTED, VOTE_ACTS, Act
from permissions.checks import rights_of, stand_ins_of, units_where
from permissions.models import StandIn
from processes.rules import load

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from permissions.models import User

#: Says whether a vote may be passed on to a deputy, in every edition.
VOTES = "deputies.votes"


def deputed(user: "User | AnonymousUser") -> Q | None:
    """Open tasks of those for whom the person stands in; None for nearly everybody.

    Tasks that they hold, and tasks that nobody holds and their rights give. What they have as a
    deputy themselves is not among them: a deputy has no deputy. A confidential case needs the
    deputy's own clearance.
    """
    found = Q(pk__in=())
    stand_ins = stand_ins_of(user)
    for one in stand_ins:
        found |= _of(one)
    if not stand_ins:
        return None
    cleared = Q(unit__in=units_where(user, Act.READ_SECRET))
    personal = Q(act__in=NEVER_DEPUTED if votes_anywhere() else NEVER_DEPUTED | VOTE_ACTS)
    open_to = Q(process__secrecy="internal") | cleared
    return found & open_to & Q(finished__isnull=True, seat="") & ~personal


def _of(stand_in: StandIn) -> Q:
    units: dict[int, list[str]] = {}
    for act, unit_id in sorted(rights_of(stand_in.principal)):
        units.setdefault(unit_id, []).append(act)
    free = Q(pk__in=())
    for unit_id, acts in units.items():
        free |= Q(unit=unit_id, act__in=acts)
    held = Q(owner=stand_in.principal_id, behalf__isnull=True, entrusted_by__isnull=True)
    found = held | (free & Q(owner__isnull=True))
    if stand_in.procedures:
        found &= Q(process__flow_class__in=stand_in.procedures)
    if stand_in.steps:
        found &= Q(flow_task__in=stand_in.steps)
    if stand_in.units:
        found &= Q(unit__in=stand_in.units)
    return found


def votes_anywhere() -> bool:
    """Whether any edition lets votes be passed on; the guard asks the case's own."""
    parameters = (one.parameters.get(VOTES) for one in load().editions)
    return any(one.value for one in parameters if one is not None)
