"""Which planning counts for a post: as a check over facts, pure, and nearest first."""

from collections.abc import Iterable
from datetime import date

from processes.eligibility.facts import PlanningFact, PostFacts

#: How a planning stands to the post, the nearest first.
TITLE, EQUIVALENT, HIGHER = "title", "equivalent", "higher"
_NEAREST = (TITLE, EQUIVALENT, HIGHER)
#: What the edition's `planning.covers` lets count.
_COVERED = {
    "title": {TITLE},
    "equivalent": {TITLE, EQUIVALENT},
    "equivalent_or_higher": {TITLE, EQUIVALENT, HIGHER},
}


def nearest(
    planning: Iterable[PlanningFact], post: PostFacts, on: date, *, covers: str
) -> tuple[str, PlanningFact] | None:
    """The planning in force through which somebody qualifies, and how it stands to the post.

    Of several the nearest: for the title itself, an equivalent, a higher one; of those the lowest
    title and the earliest approval.
    """
    found = [
        (how, row)
        for row in planning
        if row.counts(on) and (how := _stands(row, post)) in _COVERED[covers]
    ]
    return min(
        found,
        key=lambda one: (_NEAREST.index(one[0]), -one[1].rank, one[1].approved_on),
        default=None,
    )


def _stands(row: PlanningFact, post: PostFacts) -> str:
    """Groups of one rank are equivalent, and so is the same title in another unit."""
    if (row.group, row.unit) == (post.group, post.unit):
        return TITLE
    if row.rank == post.rank:
        return EQUIVALENT
    return HIGHER if row.rank < post.rank else ""
