"""How far a scheme has come: for each target, what is planned, under way, and done."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from processes.rotation.missions import MissionOrder
from processes.rotation.schemes import PlannedMove, RotationScheme, SchemeMove, SchemeTarget


@dataclass(frozen=True)
class Progress:
    """One target with what counts towards it."""

    target: SchemeTarget
    drafted: int
    running: int
    done: int

    @property
    def missing(self) -> int:
        """Moves that nobody has begun yet."""
        return max(self.target.number - self.running - self.done, 0)


@dataclass(frozen=True)
class Bar:
    """A year of the picture: what was wanted, done and under way."""

    year: int
    wanted: int
    done: int
    running: int


@dataclass(frozen=True)
class Counted:
    """A move that counts: where it goes, and how far it is."""

    direction: str
    unit: int
    year: int
    state: str


def progress(scheme: RotationScheme) -> list[Progress]:
    """Every target of a scheme, in three queries.

    A move counts once: for the target of its own unit where there is one, else for the target
    of the direction and year that names no unit.
    """
    targets = list(scheme.targets.select_related("unit"))
    moves = [*_lines(scheme), *_drafts(scheme)]
    named = {(t.direction, t.year, t.unit_id) for t in targets if t.unit_id}

    def counts(target: SchemeTarget, move: Counted) -> bool:
        if (move.direction, move.year) != (target.direction, target.year):
            return False
        if target.unit_id:
            return move.unit == target.unit_id
        return (move.direction, move.year, move.unit) not in named

    found = []
    for target in targets:
        own = [move.state for move in moves if counts(target, move)]
        states = {state: own.count(state) for state in ("drafted", "running", "done")}
        found.append(Progress(target, **states))
    return found


def by_year(rows: Iterable[Progress]) -> list[Bar]:
    """The targets of each year together."""
    years: dict[int, list[Progress]] = {}
    for row in rows:
        years.setdefault(row.target.year, []).append(row)
    return [
        Bar(
            year=year,
            wanted=sum(row.target.number for row in own),
            done=sum(row.done for row in own),
            running=sum(row.running for row in own),
        )
        for year, own in sorted(years.items())
    ]


def _lines(scheme: RotationScheme) -> list[Counted]:
    """Cases of the scheme: done once the mission is ordered; rejected ones do not count."""
    ordered = Exists(MissionOrder.objects.filter(case=OuterRef("case")))
    rows = SchemeMove.objects.filter(scheme=scheme).annotate(ordered=ordered)
    live = rows.filter(Q(ordered=True) | Q(case__finished__isnull=True))
    return [
        Counted(direction, unit, year, "done" if done else "running")
        for direction, unit, year, done in live.values_list("direction", "unit", "year", "ordered")
    ]


def _drafts(scheme: RotationScheme) -> list[Counted]:
    rows = PlannedMove.objects.filter(
        chain__scheme=scheme, chain__started_on__isnull=True, chain__dropped_on__isnull=True
    ).values_list("direction", "position__unit", "chain__made_on")
    return [Counted(direction, unit, day.year, "drafted") for direction, unit, day in rows]
