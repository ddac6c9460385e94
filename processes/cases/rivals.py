"""No two live cases about the same single post, and none that moves the same person twice."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from permissions.compiled import Compiled
from permissions.models import User
from processes.cases.bars import closed_cases
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


def known_of(cases: Iterable[Case], *, reader: User | None) -> set[int]:
    """The numbers of those cases that may be named to the reader: all where the clock asks (None).

    To others a confidential case does not exist, and one about the reader's family is closed.
    """
    found = {case.pk for case in cases}
    if reader is None or not found:
        return found
    visible = Case.objects.visible_to(reader).filter(pk__in=found)
    return set(visible.values_list("pk", flat=True)) - closed_cases(reader)


_open_about = Compiled(
    lambda cadre: Case.objects.filter(candidate=cadre, finished__isnull=True), cadre=int
)


def moved_elsewhere(case: Case, people: Iterable[Cadre], *, reader: User) -> dict[int, str]:
    """Whom another open case moves, so that this one cannot choose them, and what to say of it.

    The other case is named only to those who may know of it. Empty where the candidate of the
    case is known, which has been looked at already.
    """
    if case.candidate_id or not case.flow_class.moves_people:
        return {}
    about = {cadre.pk: cadre for cadre in people}
    found = Case.objects.filter(candidate__in=about, finished__isnull=True).exclude(pk=case.pk)
    rivals = [other for other in found.order_by("-pk") if other.flow_class.moves_people]
    if not rivals:
        return {}
    known = known_of(rivals, reader=reader)
    return {
        other.candidate_id: _moves_already(other, about[other.candidate_id], other.pk in known)
        for other in rivals
    }


def guard_position(position: Position, *, reader: User | None) -> None:
    """Hold the position until the transaction ends; raises ValidationError when it is taken."""
    Position.objects.select_for_update(no_key=True).get(pk=position.pk)
    if rival := rival_for(position):
        if known_of([rival], reader=reader):
            said = _("Case %(code)s about this position is open; finish it first.")
            raise ValidationError(said % {"code": rival.code})
        raise ValidationError(_("Another case about this position is open; it has to end first."))


def guard_person(cadre: Cadre, *, reader: User | None, but: Case | None = None) -> None:
    """Hold the person until the transaction ends; raises ValidationError when a case moves them."""
    Cadre.objects.select_for_update(no_key=True).get(pk=cadre.pk)
    if rival := rival_about(cadre, but=but):
        raise ValidationError(_moves_already(rival, cadre, bool(known_of([rival], reader=reader))))


def _moves_already(rival: Case, cadre: Cadre, named: bool) -> str:
    """That another case moves the person; the case is named only to those who may know of it."""
    if named:
        said = _("Case %(code)s moves %(person)s already; finish it first.")
        return said % {"code": rival.code, "person": cadre}
    return _("Another case moves %(person)s already; it has to end first.") % {"person": cadre}
