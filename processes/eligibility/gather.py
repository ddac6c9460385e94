"""Read the facts of cadres and positions from the data, in a constant number of queries."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import takewhile
from typing import Any

from django.utils.translation import override

from permissions.compiled import Compiled
from processes.cases.models import Case
from processes.eligibility.facts import CadreFacts, PlanningFact, PostFacts, Span
from processes.organisation.people import (
    AssetDeclaration,
    Cadre,
    CadreFact,
    Degree,
    Discipline,
    Evaluation,
    HealthCertificate,
    PendingMatter,
    Planning,
    PostHeld,
)
from processes.organisation.positions import Position
from processes.standards.lookups import standards_of

#: What is on file about a cadre, by its kind; each row as it is told in the facts.
File = Mapping[str, list[tuple[Any, ...]]]


def _filed(kind: type[CadreFact], *columns: str) -> "Compiled[tuple[Any, ...]]":
    """These columns of the rows of some cadres, after the number of the cadre."""
    return Compiled(
        lambda cadres: (
            kind._default_manager.filter(cadre__in=cadres)
            .order_by("pk")
            .values_list("cadre", *columns)
        ),
        cadres=list,
    )


#: As `PlanningFact` has them.
_PLANNED = (
    "group__rank", "approved_on", "until", "group__code", "unit", "group__name", "unit__name",
)  # fmt: skip
_FILES = {
    "posts": _filed(PostHeld, "group__code", "group__rank", "since", "until", "unit"),
    "planning": _filed(Planning, *_PLANNED),
    "degrees": _filed(Degree, "rank", "awarded_on"),
    "disciplines": _filed(Discipline, "form", "decided_on"),
    "matters": _filed(PendingMatter, "matter", "opened_on", "closed_on"),
    "evaluations": _filed(Evaluation, "year", "grade"),
    "health": _filed(HealthCertificate, "issued_on", "fit"),
    "declarations": _filed(AssetDeclaration, "declared_on", "verified_on"),
    "cases": Compiled(
        lambda cadres: (
            Case.objects.filter(candidate__in=cadres, finished__isnull=True)
            .order_by("pk")
            .values_list("candidate", "flow_class")
        ),
        cadres=list,
    ),
}


def facts_of_many(cadres: Iterable[Cadre], on: date) -> dict[int, CadreFacts]:
    """The facts of each cadre as they were on that day, by the cadre's number."""
    people = {cadre.pk: cadre for cadre in cadres}
    files: dict[int, dict[str, list[tuple[Any, ...]]]] = {
        number: {kind: [] for kind in _FILES} for number in people
    }
    for kind, filed in _FILES.items() if people else ():
        for number, *row in filed(cadres=people.keys()):
            files[number][kind].append(tuple(row))
    return {number: _facts(cadre, files[number], on) for number, cadre in people.items()}


def facts_of(cadre: Cadre, on: date) -> CadreFacts:
    """The facts of one cadre as they were on that day."""
    return facts_of_many([cadre], on)[cadre.pk]


def post_of(position: Position, on: date) -> PostFacts:
    """What a position asks for on that day, by the standards of its title group."""
    return PostFacts(
        group=position.group.code,
        rank=position.group.rank,
        is_head=position.is_head,
        standards=standards_of(position.group_id, position.unit.province_id, on),
        terms_held=_terms(position, on),
        unit=position.unit_id,
        level=position.unit.level.code,
    )


def _terms(position: Position, on: date) -> tuple[tuple[int, int], ...]:
    """The last holder and the number of terms in a row; with another holder a row begins anew."""
    terms = position.holders.filter(since__lte=on).order_by("-since", "-pk")
    holders = list(terms.values_list("cadre", flat=True))
    row = list(takewhile(lambda holder: holder == holders[0], holders))
    return ((row[0], len(row)),) if row else ()


def _university(file: File, on: date) -> int:
    """University degrees by that day; a higher rank shows that there is at least one."""
    ranks = [rank for rank, awarded_on in file["degrees"] if awarded_on <= on]
    return max(ranks.count(Degree.Rank.BACHELOR), min(len(ranks), 1))


def _pending(file: File, on: date) -> tuple[str, ...]:
    """Open matters on file, and open cases that are one: a sanction, named by its procedure only.

    A sanction is confidential; who reads a check need not know more than that there is one.
    """
    matters = (
        matter
        for matter, opened_on, closed_on in file["matters"]
        if opened_on <= on and (closed_on is None or closed_on > on)
    )
    with override("vi"):
        sanctions = {str(flow.process_title) for (flow,) in file["cases"] if flow.bars_its_person}
    return (*matters, *sorted(sanctions))


def _facts(cadre: Cadre, file: File, on: date) -> CadreFacts:
    spans = (Span(*row) for row in file["posts"])
    return CadreFacts(
        cadre=cadre.pk,
        born_on=cadre.born_on,
        male=cadre.sex == Cadre.Sex.MALE,
        theory=cadre.theory,
        origin=cadre.origin_id,
        party_joined_on=cadre.party_joined_on,
        degrees=_university(file, on),
        posts=tuple(span for span in spans if span.since <= on),
        planning=tuple(PlanningFact(*row) for row in file["planning"]),
        disciplines=tuple((form, day) for form, day in file["disciplines"] if day <= on),
        evaluations=tuple(
            sorted((year, grade) for year, grade in file["evaluations"] if year < on.year)
        ),
        pending=_pending(file, on),
        # the latest last
        health=tuple(sorted((day, fit) for day, fit in file["health"] if day <= on)),
        declarations=tuple(
            (declared_on, verified_on)
            for declared_on, verified_on in file["declarations"]
            if declared_on <= on
        ),
    )
