"""Whom a case is about, and why they and their relatives stay out of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from permissions.compiled import Compiled
from permissions.models import User
from processes.cases.models import Case
from processes.cases.queries import on_roster
from processes.organisation.people import Kinship


@dataclass(frozen=True)
class Family:
    """The cadre that a person is, and everybody tied to them by family, as numbers."""

    own: frozenset[int] = frozenset()
    kin: frozenset[int] = frozenset()

    @property
    def all(self) -> frozenset[int]:
        """The person and their kin."""
        return self.own | self.kin


def family_of(user: User | AnonymousUser) -> Family:
    """Who the person is among the cadres, with their kin either way; read once a request."""
    cadre = getattr(user, "cadre", None)
    if cadre is None:
        return Family()
    cached: Family | None = user.__dict__.get("_family")
    if cached is None:
        pairs = _ties(cadre=cadre.pk)
        kin = frozenset(number for pair in pairs for number in pair) - {cadre.pk}
        cached = user.__dict__["_family"] = Family(frozenset({cadre.pk}), kin)
    return cached


def close_for(user: User, cases: Iterable[int]) -> None:
    """Let these cases be closed to somebody who is not in the database (`permissions.shapes`)."""
    user.__dict__["_closed_cases"] = frozenset(cases)


_ties = Compiled(
    lambda cadre: Kinship.objects.filter(Q(cadre=cadre) | Q(relative=cadre)).values_list(
        "cadre", "relative"
    ),
    cadre=int,
)


def personal_bar(user: User | AnonymousUser, case: Case) -> str:
    """Why a person must keep out of this case, own or a relative's; empty when nothing bars.

    It bars from acting and from reading alike. No family ties at any stage, and nobody in
    their own case: Quy định 114-QĐ/TW (2023).
    """
    family = family_of(user)
    concerned = {cadre for (cadre,) in _concerned(case=case.pk)} if family.all else set()
    if not concerned.isdisjoint(family.own):
        return _("This case is about you.")
    if not concerned.isdisjoint(family.kin):
        return _("This case is about a relative of yours.")
    return ""


def _whom(case: int) -> QuerySet[Case, tuple[int]]:
    """Whom a case is about, as `Case.objects.about` finds it by the people."""
    chosen = Case.objects.filter(pk=case, candidate__isnull=False).order_by()
    listed = on_roster().filter(case=case)
    return chosen.values_list("candidate").union(listed.values_list("cadre"))


_concerned = Compiled(_whom, case=int)


def closed_cases(user: User | AnonymousUser) -> frozenset[int]:
    """Numbers of the cases that `personal_bar` keeps the person out of, for lists.

    Read once a request: few cases are about one family.
    """
    cached: frozenset[int] | None = user.__dict__.get("_closed_cases")
    if cached is None:
        family = family_of(user).all
        found = Case.objects.about(family).values_list("pk", flat=True) if family else ()
        cached = user.__dict__["_closed_cases"] = frozenset(found)
    return cached
