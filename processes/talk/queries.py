"""Who reads which comment, and who may be mentioned."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from permissions.catalogue import Act
from permissions.checks import holders, units_where
from permissions.models import User
from processes.cases.bars import personal_bar
from processes.cases.models import Case, CaseTask
from processes.organisation.people import Cadre, Kinship

if TYPE_CHECKING:
    from processes.organisation.units import Unit


class CommentQuerySet(models.QuerySet[Any]):
    """Comments; begin with `visible_to`, in a case that the person may read."""

    def visible_to(self, user: User) -> Self:
        """Those to everybody, and the notes of units whose cases the person may read."""
        return self.filter(Q(private=False) | Q(unit__in=units_where(user, Act.READ)))


def reachable(case: Case, unit: "Unit | None" = None) -> list[User]:
    """Who may be mentioned: people who may read the case, of one unit for its notes.

    The same people as `Case.objects.visible_to` without those whom `personal_bar` keeps out,
    asked the other way round.
    """
    units = set(case.participants.values_list("unit", flat=True))
    act = Act.READ if case.secrecy == Case.Secrecy.INTERNAL else Act.READ_SECRET
    found = {*holders(act, units), *holders(Act.INSPECT, [case.province_id]), *_named(case)}
    if unit is not None:
        found &= set(holders(Act.READ, [unit.pk]))
    kept_out = _kept_out(case)
    known = [one for one in found if one.pk not in kept_out and one.is_active]
    return sorted(known, key=lambda one: (one.first_name, one.last_name, one.pk))


def may_be_reached(person: User, case: Case, unit: "Unit | None") -> bool:
    """Whether the person may read what is said there; asked of their rights themselves."""
    if unit is not None and unit.pk not in units_where(person, Act.READ):
        return False
    known = Case.objects.visible_to(person).filter(pk=case.pk).exists()
    return known and not personal_bar(person, case)


def _named(case: Case) -> set[User]:
    """Whoever has had a task in the case, and whoever opened it while they read for its unit."""
    tasks = CaseTask.objects.filter(process=case, owner__isnull=False)
    found = set(User.objects.filter(pk__in=tasks.values("owner")))
    if case.opened_by is not None:
        found |= {case.opened_by} & set(holders(Act.READ, [case.unit_id]))
    return found


def _kept_out(case: Case) -> set[int]:
    """Accounts of whom the case is about and of their relatives."""
    about = {case.candidate_id} - {None} or set(
        case.roster.filter(stage="roster", listed=True, round=case.round).values_list(
            "cadre", flat=True
        )
    )
    ties = Kinship.objects.filter(Q(cadre__in=about) | Q(relative__in=about))
    family = about | {one for pair in ties.values_list("cadre", "relative") for one in pair}
    return set(Cadre.objects.filter(pk__in=family).values_list("user", flat=True))
