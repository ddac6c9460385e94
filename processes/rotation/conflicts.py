"""What stands in the way of a chain of moves that is tried on paper. Pure: facts in, codes out."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

#: What would refuse a case anyway; the others are told and need an exception in the case.
BLOCKING = frozenset(
    {"same_person", "same_post", "not_vacated", "holds_already", "case_of_person", "case_of_post"}
)


@dataclass(frozen=True)
class Post:
    """A post as it stands: its seats, and who sits there now."""

    number: int
    seats: int
    holders: frozenset[int] = frozenset()
    open_case: str = ""


@dataclass(frozen=True)
class Mover:
    """A person as they stand: what they hold, and what speaks against moving them there."""

    number: int
    open_case: str = ""
    early_until: str = ""
    at_term_limit: bool = False
    is_local: bool = False


@dataclass(frozen=True)
class Step:
    """One planned move of a mover into a post."""

    number: int
    mover: Mover
    post: Post


@dataclass(frozen=True)
class Conflict:
    """One thing that stands in the way of one move, with what its sentence tells."""

    move: int
    code: str
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def blocks(self) -> bool:
        """Whether no case can be started before it is solved."""
        return self.code in BLOCKING


def conflicts(moves: Iterable[Step]) -> list[Conflict]:
    """Everything that stands in the way, move by move."""
    chain = list(moves)
    moved = Counter(move.mover.number for move in chain)
    into = Counter(move.post.number for move in chain)
    found: list[Conflict] = []
    for move in chain:
        found += _of_person(move, moved)
        found += _of_post(move, moved, into)
        found += _of_rules(move)
    return found


def _of_person(move: Step, moved: Counter[int]) -> Iterable[Conflict]:
    if moved[move.mover.number] > 1:
        yield Conflict(move.number, "same_person")
    if move.mover.open_case:
        yield Conflict(move.number, "case_of_person", {"case": move.mover.open_case})


def _of_post(move: Step, moved: Counter[int], into: Counter[int]) -> Iterable[Conflict]:
    """A post that its holder leaves in the same chain is free; one that has no seat left is not."""
    post = move.post
    if move.mover.number in post.holders:
        yield Conflict(move.number, "holds_already")
    if into[post.number] > post.seats:
        yield Conflict(move.number, "same_post")
    elif len(post.holders - moved.keys()) + into[post.number] > post.seats:
        yield Conflict(move.number, "not_vacated")
    if post.open_case:
        yield Conflict(move.number, "case_of_post", {"case": post.open_case})


def _of_rules(move: Step) -> Iterable[Conflict]:
    mover = move.mover
    if mover.at_term_limit:
        yield Conflict(move.number, "term_limit")
    if mover.is_local:
        yield Conflict(move.number, "non_local")
    if mover.early_until:
        yield Conflict(move.number, "early", {"until": mover.early_until})


def opened_by(moves: Iterable[Step], held: Mapping[int, Iterable[int]]) -> dict[int, list[int]]:
    """For each move the posts that it opens: what the mover leaves and nobody moves into."""
    chain = list(moves)
    filled = {move.post.number for move in chain}
    return {
        move.number: [post for post in held.get(move.mover.number, ()) if post not in filled]
        for move in chain
    }
