"""A chain of planned moves tried against posts, people, rules and open cases of a day."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from processes.cases.rivals import rival_about, rival_for
from processes.organisation.people import PostHeld
from processes.organisation.positions import Position
from processes.rotation.board import (
    careers_of,
    limits,
    local_to,
    missions_of,
    posts_of,
    tenure_in,
)
from processes.rotation.conflicts import Conflict, Mover, Post, Step, conflicts, opened_by
from processes.rotation.schemes import MoveChain, PlannedMove
from processes.rotation.tenure import mark_on


@dataclass(frozen=True)
class Tried:
    """A move with what stands in its way, and the posts that it opens."""

    move: PlannedMove
    leaves: tuple[Position, ...]
    opens: tuple[Position, ...]
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True)
class Trial:
    """All moves of a chain, tried together."""

    moves: tuple[Tried, ...]

    @property
    def blocked(self) -> bool:
        """Whether something has to be solved before cases can start."""
        return any(conflict.blocks for tried in self.moves for conflict in tried.conflicts)


def try_chain(chain: MoveChain, on: date) -> Trial:
    """Try the moves of a chain together on a day."""
    moves = list(chain.moves.select_related("cadre__unit", "position__unit", "case").order_by("pk"))
    posts = {post.pk: post for post in posts_of([chain.province_id], on)}
    moves = [move for move in moves if move.position_id in posts]
    held = _held([move.cadre_id for move in moves], on)
    steps = _steps(moves, posts, on)
    found = conflicts(steps)
    opened = opened_by(steps, held)
    return Trial(
        tuple(
            Tried(
                move=move,
                leaves=tuple(posts[n] for n in held.get(move.cadre_id, ()) if n in posts),
                opens=tuple(posts[n] for n in opened[move.pk] if n in posts),
                conflicts=tuple(one for one in found if one.move == move.pk),
            )
            for move in moves
        )
    )


def _held(people: list[int], on: date) -> dict[int, list[int]]:
    """The posts of the structure that each of these people holds now."""
    held: dict[int, list[int]] = defaultdict(list)
    rows = PostHeld.objects.filter(
        cadre__in=people, position__isnull=False, until__isnull=True, since__lte=on
    )
    for cadre, position in rows.order_by("pk").values_list("cadre", "position"):
        if position is not None and position not in held[cadre]:
            held[cadre].append(position)
    return held


def _steps(moves: list[PlannedMove], posts: dict[int, Position], on: date) -> list[Step]:
    found = limits(on)
    people = [move.cadre_id for move in moves]
    careers, missions = careers_of(people), missions_of(people)
    steps = []
    for move in moves:
        post, cadre = posts[move.position_id], move.cadre
        tenure = tenure_in(post, cadre.pk, on)
        mission = missions.get(cadre.pk)
        mark = mark_on(mission.since, found.months) if mission and found.months else None
        rival, taken = rival_about(cadre, but=move.case), rival_for(post)
        mover = Mover(
            number=cadre.pk,
            open_case=rival.code if rival else "",
            early_until=f"{mark:%d/%m/%Y}" if mark and mark > on else "",
            at_term_limit=post.is_head and tenure is not None and tenure.terms >= found.terms,
            is_local=bool(local_to(post, cadre, careers.get(cadre.pk, []), on, found)),
        )
        taken_by = taken.code if taken and taken.pk != move.case_id else ""
        steps.append(Step(move.pk, mover, _post(post, on, taken_by)))
    return steps


def _post(post: Position, on: date, open_case: str) -> Post:
    rows = post.ever_held  # type: ignore[attr-defined]
    now = {row.cadre_id for row in rows if row.since <= on and not (row.until and row.until <= on)}
    return Post(post.pk, post.seats, frozenset(now), open_case)
