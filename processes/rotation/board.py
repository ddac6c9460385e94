"""The rotation board: posts, who holds them and how long, and what the rules say of each."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from processes.organisation.people import Cadre, PostHeld
from processes.organisation.positions import Position
from processes.rotation.missions import MissionOrder
from processes.rotation.schemes import PlannedMove
from processes.rotation.tenure import Held, Tenure, is_local, mark_on, tenure_of
from processes.rules import CaseRules, NoEdition, load
from processes.rules.rulebook import Family

#: What the rotation editions call the rules that the board shows.
MIN_MONTHS = "rotation.min_months"
NON_LOCAL_YEARS = "rotation.non_local_years"
MAX_TERMS = "term.max_consecutive"


@dataclass(frozen=True)
class Limits:
    """The numbers of the editions in force that the board goes by; None where none is set."""

    months: int | None
    local_years: int | None
    terms: int


@dataclass(frozen=True)
class Holder:
    """Who sits in a post, for how long, and what stands against staying or moving."""

    cadre: Cadre
    tenure: Tenure
    at_limit: bool
    local: bool | None
    mission: MissionOrder | None = None
    mark: date | None = None
    months_left: int = 0
    leaving: tuple[PlannedMove, ...] = ()


@dataclass(frozen=True)
class Row:
    """A post with its holders, and who is planned to come."""

    position: Position
    holders: tuple[Holder, ...] = ()
    coming: tuple[PlannedMove, ...] = ()
    cases: Sequence[Any] = field(default=())

    @property
    def vacant(self) -> int:
        """Seats that nobody has."""
        return max(self.position.seats - len(self.holders), 0)

    @property
    def opens(self) -> bool:
        """Whether a planned move opens a seat that no other one fills."""
        leaving = sum(bool(holder.leaving) for holder in self.holders)
        return leaving > len(self.coming)


def rotation_rules(on: date) -> CaseRules:
    """The rules of rotation in force on a day; those of appointment where data have no others."""
    try:
        return load().for_case(on, False, (Family.ROTATION, Family.APPOINTMENT))
    except NoEdition:
        return load().for_case(on, False, (Family.APPOINTMENT,))


def limits(on: date) -> Limits:
    """The numbers that the board goes by on a day."""
    rules = rotation_rules(on)
    known = rules.keys()
    months, years = (
        rules.value(key) if key in known else None for key in (MIN_MONTHS, NON_LOCAL_YEARS)
    )
    return Limits(months=months, local_years=years, terms=rules.value(MAX_TERMS))


def posts_of(provinces: Iterable[int], on: date) -> QuerySet[Position]:
    """The posts of these provinces that exist on a day, with all who held them."""
    held = PostHeld.objects.select_related("cadre").order_by("since", "pk")
    return (
        Position.objects.in_force(on)
        .filter(unit__province__in=list(provinces))
        .select_related("unit__level", "group")
        .prefetch_related(Prefetch("holders", held, to_attr="ever_held"))
        .order_by("unit__name", "-is_head", "code")
    )


def board(positions: Sequence[Position], on: date) -> list[Row]:
    """The rows of these posts, in a constant number of queries."""
    found = limits(on)
    seated = {post.pk: _seated(post, on) for post in positions}
    people = {cadre.pk for cadres in seated.values() for cadre in cadres}
    careers = careers_of(people)
    missions = missions_of(people)
    leaving, coming = _moves(people, {post.pk for post in positions})
    return [
        Row(
            position=post,
            holders=tuple(
                _holder(post, cadre, on, found, careers, missions, leaving)
                for cadre in seated[post.pk]
            ),
            coming=tuple(coming[post.pk]),
        )
        for post in positions
    ]


def careers_of(people: Iterable[int]) -> dict[int, list[Held]]:
    """Every post of these people, by their number; with the post's number first."""
    careers: dict[int, list[Held]] = defaultdict(list)
    rows = PostHeld.objects.filter(cadre__in=list(people)).order_by("since")
    for cadre, unit, since, until in rows.values_list("cadre", "unit", "since", "until"):
        careers[cadre].append(Held(cadre, unit, since, until))
    return careers


def missions_of(people: Iterable[int]) -> dict[int, MissionOrder]:
    """The rotation missions of these people that are not over, by the cadre's number."""
    rows = MissionOrder.objects.filter(
        cadre__in=list(people), ended_on__isnull=True, case__isnull=False
    )
    return {row.cadre_id: row for row in rows}


def tenure_in(post: Position, cadre: int, on: date) -> Tenure | None:
    """How long a cadre has held a post that was read with `posts_of`."""
    rows = [
        Held(row.cadre_id, row.unit_id, row.since, row.until)
        for row in post.ever_held  # type: ignore[attr-defined]
        if row.since <= on
    ]
    return tenure_of(cadre, rows, on)


def local_to(post: Position, cadre: Cadre, career: Sequence[Held], on: date, found: Limits) -> Any:
    """Whether a cadre is of the place of a head's post; None where the rule asks nothing."""
    if not post.is_head:
        return None
    return is_local(
        post.unit.level.code, post.unit_id, origin=cadre.origin_id, posts=career,
        years=found.local_years, on=on,
    )  # fmt: skip


def _seated(post: Position, on: date) -> list[Cadre]:
    rows = post.ever_held  # type: ignore[attr-defined]
    now = [row for row in rows if row.since <= on and (row.until is None or row.until > on)]
    return list({row.cadre_id: row.cadre for row in now}.values())


def _holder(
    post: Position,
    cadre: Cadre,
    on: date,
    found: Limits,
    careers: dict[int, list[Held]],
    missions: dict[int, MissionOrder],
    leaving: dict[int, list[PlannedMove]],
) -> Holder:
    tenure = tenure_in(post, cadre.pk, on)
    assert tenure is not None  # noqa: S101 -- whoever is seated holds the post
    mission = missions.get(cadre.pk)
    if mission is not None and mission.position_id != post.pk:
        mission = None
    mark = mark_on(mission.since, found.months) if mission and found.months else None
    return Holder(
        cadre=cadre,
        tenure=tenure,
        at_limit=post.is_head and tenure.terms >= found.terms,
        local=local_to(post, cadre, careers.get(cadre.pk, []), on, found),
        mission=mission,
        mark=mark,
        months_left=-(-(mark - on).days // 30) if mark and mark > on else 0,
        leaving=tuple(leaving[cadre.pk]),
    )


def _moves(
    people: set[int], posts: set[int]
) -> tuple[dict[int, list[PlannedMove]], dict[int, list[PlannedMove]]]:
    """Moves of drafts out of and into these posts."""
    draft = PlannedMove.objects.filter(
        chain__started_on__isnull=True, chain__dropped_on__isnull=True
    ).select_related("cadre", "position__unit", "chain")
    leaving: dict[int, list[PlannedMove]] = defaultdict(list)
    coming: dict[int, list[PlannedMove]] = defaultdict(list)
    for move in draft.filter(cadre__in=people):
        leaving[move.cadre_id].append(move)
    for move in draft.filter(position__in=posts):
        coming[move.position_id].append(move)
    return leaving, coming
