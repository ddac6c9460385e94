"""Read the facts of cadres and positions from the data, in a constant number of queries."""

from collections.abc import Iterable
from datetime import date
from itertools import takewhile

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import override

from processes.cases.models import Case
from processes.eligibility.facts import CadreFacts, PlanningFact, PostFacts, Span
from processes.organisation.people import Cadre, Degree
from processes.organisation.positions import Position
from processes.standards.lookups import standards_of

_FILES = (
    "posthelds__group",
    "plannings__group",
    "degrees",
    "disciplines",
    "evaluations",
    "pendingmatters",
    "healthcertificates",
    "assetdeclarations",
)


def facts_of_many(cadres: Iterable[Cadre], on: date) -> dict[int, CadreFacts]:
    """The facts of each cadre as they were on that day, by the cadre's number."""
    people = list(cadres)
    open_cases = Case.objects.filter(finished__isnull=True)
    prefetch_related_objects(people, *_FILES, Prefetch("cases", open_cases, "open_cases"))
    return {cadre.pk: _facts(cadre, on) for cadre in people}


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


def _university(degrees: Iterable[Degree], on: date) -> int:
    """University degrees by that day; a higher rank shows that there is at least one."""
    ranks = [degree.rank for degree in degrees if degree.awarded_on <= on]
    return max(ranks.count(Degree.Rank.BACHELOR), min(len(ranks), 1))


def _health(cadre: Cadre, on: date) -> tuple[tuple[date, bool], ...]:
    """The certificates by that day, the latest last."""
    rows = cadre.healthcertificates.all()
    return tuple(sorted((row.issued_on, row.fit) for row in rows if row.issued_on <= on))


def _pending(cadre: Cadre, on: date) -> tuple[str, ...]:
    """Open matters on file, and open cases that are one: a sanction, named by its procedure only.

    A sanction is confidential; who reads a check need not know more than that there is one.
    """
    filed = (
        row.matter
        for row in cadre.pendingmatters.all()
        if row.opened_on <= on and (row.closed_on is None or row.closed_on > on)
    )
    cases: list[Case] = cadre.open_cases  # type: ignore[attr-defined]
    with override("vi"):
        sanctions = {str(c.flow_class.process_title) for c in cases if c.flow_class.bars_its_person}
    return (*filed, *sorted(sanctions))


def _facts(cadre: Cadre, on: date) -> CadreFacts:
    return CadreFacts(
        cadre=cadre.pk,
        born_on=cadre.born_on,
        male=cadre.sex == Cadre.Sex.MALE,
        theory=cadre.theory,
        origin=cadre.origin_id,
        party_joined_on=cadre.party_joined_on,
        degrees=_university(cadre.degrees.all(), on),
        posts=tuple(
            Span(post.group.code, post.group.rank, post.since, post.until, post.unit_id)
            for post in cadre.posthelds.all()
            if post.since <= on
        ),
        planning=tuple(
            PlanningFact(row.group.rank, row.approved_on, row.until)
            for row in cadre.plannings.all()
        ),
        disciplines=tuple(
            (row.form, row.decided_on) for row in cadre.disciplines.all() if row.decided_on <= on
        ),
        evaluations=tuple(
            sorted((row.year, row.grade) for row in cadre.evaluations.all() if row.year < on.year)
        ),
        pending=_pending(cadre, on),
        health=_health(cadre, on),
        declarations=tuple(
            (row.declared_on, row.verified_on)
            for row in cadre.assetdeclarations.all()
            if row.declared_on <= on
        ),
    )
