"""The facts that the checks look at; plain values, no database."""

from dataclasses import dataclass
from datetime import date

from processes.standards.conditions import Standard


@dataclass(frozen=True)
class Span:
    """A post held: its group and rank (1 is the highest), from when to when, and in which unit."""

    group: str
    rank: int
    since: date
    until: date | None
    unit: int = 0


@dataclass(frozen=True)
class PlanningFact:
    """Approval in planning for a group in a unit, until a day if it ended; with their names."""

    rank: int
    approved_on: date
    until: date | None
    group: str = ""
    unit: int = 0
    title: str = ""
    where: str = ""

    def counts(self, on: date) -> bool:
        """Whether it is in force that day."""
        return self.approved_on <= on and (self.until is None or self.until > on)


@dataclass(frozen=True)
class CadreFacts:
    """What is on file about one cadre."""

    cadre: int
    born_on: date
    male: bool
    theory: str
    degrees: int
    posts: tuple[Span, ...] = ()
    planning: tuple[PlanningFact, ...] = ()
    disciplines: tuple[tuple[str, date], ...] = ()
    evaluations: tuple[tuple[int, str], ...] = ()
    pending: tuple[str, ...] = ()
    health: tuple[tuple[date, bool], ...] = ()
    declarations: tuple[tuple[date, date | None], ...] = ()
    origin: int | None = None
    party_joined_on: date | None = None

    def present(self, on: date) -> list[Span]:
        """The posts held on that day."""
        return [
            post
            for post in self.posts
            if post.since <= on and (post.until is None or post.until > on)
        ]


@dataclass(frozen=True)
class PostFacts:
    """What the checks need to know of the position.

    `standards` are those of the title and the province's additions; `terms_held` counts the terms
    in a row up to now, by the cadre's number.
    """

    group: str
    rank: int
    is_head: bool
    standards: tuple[Standard, ...] = ()
    terms_held: tuple[tuple[int, int], ...] = ()
    unit: int = 0
    level: str = ""

    @property
    def standard(self) -> str:
        """Where the standards stand; empty where there is none."""
        return "; ".join(dict.fromkeys(standard.source for standard in self.standards))
