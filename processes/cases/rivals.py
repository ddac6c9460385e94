"""No two live cases about the same single post, and none that moves the same person twice."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from permissions.compiled import Compiled
from processes.cases.models import Case
from processes.organisation.people import Cadre
from processes.organisation.positions import Position


def rival_for(position: Position) -> Case | None:
    """The open case that takes the last free seat of a position; None where one is free.

    A case that has filled its seat (fact `filled_on`) and goes on, as a rotation does for years,
    is in nobody's way: the next holder may be sought.
    """
    open_cases = Case.objects.filter(position=position, finished__isnull=True).order_by("pk")
    open_cases = open_cases.exclude(facts__has_key="filled_on")
    found = list(open_cases[: position.seats])
    return found[-1] if len(found) >= position.seats else None


def rival_about(cadre: Cadre, *, but: Case | None = None) -> Case | None:
    """The open case that moves this person already."""
    others = (case for case in _open_about(cadre=cadre.pk) if case != but)
    return next((case for case in others if case.flow_class.moves_people), None)


_open_about = Compiled(
    lambda cadre: Case.objects.filter(candidate=cadre, finished__isnull=True), cadre=int
)


def guard_position(position: Position) -> None:
    """Hold the position until the transaction ends; raises ValidationError when it is taken."""
    Position.objects.select_for_update(no_key=True).get(pk=position.pk)
    if rival := rival_for(position):
        raise ValidationError(
            _("Case %(code)s about this position is open; finish it first.") % {"code": rival.code}
        )


def guard_person(cadre: Cadre, *, but: Case | None = None) -> None:
    """Hold the person until the transaction ends; raises ValidationError when a case moves them."""
    Cadre.objects.select_for_update(no_key=True).get(pk=cadre.pk)
    if rival := rival_about(cadre, but=but):
        raise ValidationError(
            _("Case %(code)s moves %(person)s already; finish it first.")
            % {"code": rival.code, "person": cadre}
        )
