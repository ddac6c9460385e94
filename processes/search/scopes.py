"""Over what a person searches: of each kind the rows that they may see, and no others.

Nothing is found by what the person may not read: cases that are closed to them (about themselves
or a relative), records of relatives, minutes of a count whose result they may not see.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from permissions.catalogue import Act
from permissions.checks import today, units_where
from permissions.models import User
from processes.cases.bars import closed_cases, family_of
from processes.cases.models import Case
from processes.cases.people import Reach, people_for, reach_of, units_known_to
from processes.dossiers.access import may_open
from processes.dossiers.models import Document
from processes.organisation.people import Cadre
from processes.organisation.positions import Position
from processes.organisation.units import Unit
from processes.search.models import Kind


@dataclass(frozen=True)
class Scope:
    """The rows of a kind that a person may see, and the marks by which the index narrows."""

    kind: Kind
    rows: QuerySet[Any]
    marks: tuple[str, ...] = ()
    #: Whose tasks make further cases known to the person, by account; None where none does.
    tasks_of: int | None = None

    def allows(self, user: User, found: Any) -> bool:
        """What no query can say."""
        return self.kind is not Kind.DOCUMENT or may_open(user, found.case, found)


def scopes_of(user: User) -> Iterator[Scope]:
    """Every kind of which the person may see anything."""
    yield from _cases(user)
    yield from _people(user)
    known = units_known_to(user)
    if known:
        posts = Position.objects.in_force(today()).filter(known.within("unit__"))
        yield Scope(Kind.POSITION, posts.select_related("unit"), _marks(known))
        units = Unit.objects.filter(known.within()).select_related("level", "province")
        yield Scope(Kind.UNIT, units, _marks(known))
    if units_where(user, Act.ADMINISTER):
        yield Scope(Kind.ACCOUNT, User.objects.all())


def _cases(user: User) -> Iterator[Scope]:
    closed = closed_cases(user)
    visible = Case.objects.visible_to(user).exclude(pk__in=closed)
    marks = case_marks(user)
    cases = visible.select_related("candidate", "unit")
    yield Scope(Kind.CASE, cases, marks, user.pk)
    papers = Document.objects.filter(case__in=visible.order_by().values("pk"))
    yield Scope(Kind.DOCUMENT, papers.select_related("case"), marks, user.pk)


def case_marks(user: User) -> tuple[str, ...]:
    """The marks of cases that come into question for a person, besides those of their tasks."""
    cleared = units_where(user, Act.READ_SECRET)
    return (
        *(f"@{unit}" for unit in sorted(units_where(user, Act.READ) | cleared)),
        *(f"!{unit}" for unit in sorted(cleared)),
        *(f"^{unit}" for unit in sorted(units_where(user, Act.INSPECT))),
        f"~{user.pk}",
    )


def _people(user: User) -> Iterator[Scope]:
    family = family_of(user)
    if not reach_of(user) and not family.own:
        return
    known = people_for(user).exclude(pk__in=family.kin).order_by().values("pk")
    found = Cadre.objects.filter(Q(pk__in=known) | Q(pk__in=family.own)).select_related("unit")
    yield Scope(Kind.CADRE, found, (*_marks(reach_of(user)), f"~{user.pk}"))


def _marks(reach: Reach) -> tuple[str, ...]:
    named = sorted(reach.units | reach.provinces)
    return (*(f"@{unit}" for unit in named), *(f"^{unit}" for unit in sorted(reach.provinces)))
