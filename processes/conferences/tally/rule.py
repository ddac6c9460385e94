"""How one conference votes, as the edition states it; no number of a rule stands here."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, TypeVar, get_args

Base = Literal["summoned"]
Kind = Literal[
    "minutes",
    "collect_names",
    "over_half_or_top2",
    "consult",
    "over_half_highest",
    "over_half",
    "each_over",
    "elect",
]
Ballot = Literal["none", "one_name", "names", "agree_disagree"]
AtHalf = Literal["head_decides"]
Tie = Literal["all_go_needs_ruling"]

T = TypeVar("T")


@dataclass(frozen=True)
class Rule:
    """Quorum, base, threshold and slip of one conference, taken from an edition.

    `seats` is how many are to be elected, and how many names a slip may have; it comes from the
    conference itself. `barred_in_base` says whether people who are summoned and must not vote, on
    the slip or tied to it, count in base and quorum.
    """

    quorum: Fraction
    base: Base
    threshold: Fraction
    strict: bool
    kind: Kind
    ballot: Ballot
    at_half: AtHalf | None
    top_n: int
    tie: Tie
    seats: int = 1
    barred_in_base: bool = True

    @classmethod
    def from_parameters(
        cls,
        conference: Mapping[str, Any],
        quorum: Mapping[str, Any],
        threshold: Mapping[str, Any],
        base: str,
        top_n: int,
        tie: str,
        seats: int = 1,
        barred_in_base: bool = True,
    ) -> "Rule":
        """Build the rule from an edition's parameters.

        Raises ValueError, naming the key, for a word or number that this arithmetic cannot apply.
        """
        at_half = conference.get("at_half")
        return cls(
            quorum=_fraction("quorum", quorum),
            base=_one_of("vote_base", base, Base),
            threshold=_fraction("threshold", threshold),
            strict=_typed("threshold.strict", threshold.get("strict"), bool),
            kind=_one_of("rule", conference.get("rule"), Kind),
            ballot=_one_of("ballot", conference.get("ballot"), Ballot),
            at_half=None if at_half is None else _one_of("at_half", at_half, AtHalf),
            top_n=_positive("top_n", top_n),
            tie=_one_of("tie_for_last_place", tie, Tie),
            seats=_positive("seats", seats),
            barred_in_base=_typed("vote.barred_in_base", barred_in_base, bool),
        )

    @property
    def decides(self) -> bool:
        """Whether votes are held against the threshold, and not only collected or reported."""
        return self.kind not in ("minutes", "collect_names", "consult")

    def passed_by(self, share: Fraction) -> bool:
        """Whether a share of the base passes the threshold."""
        return share > self.threshold if self.strict else share >= self.threshold


def _fraction(key: str, parameter: Mapping[str, Any]) -> Fraction:
    _one_of(f"{key}.of", parameter.get("of", "summoned"), Base)
    numerator = _positive(f"{key}.num", parameter.get("num"))
    fraction = Fraction(numerator, _positive(f"{key}.den", parameter.get("den")))
    if fraction > 1:
        raise ValueError(f"{key}: {fraction} is more than the whole")
    return fraction


def _positive(key: str, value: object) -> int:
    number = _typed(key, value, int)
    if number < 1:
        raise ValueError(f"{key}: {number} is not a positive number")
    return number


def _typed(key: str, value: object, kind: type[T]) -> T:
    if type(value) is not kind:
        raise ValueError(f"{key}: {value!r} is not of type {kind.__name__}")
    return value


def _one_of(key: str, value: object, words: Any) -> Any:
    if value not in get_args(words):
        raise ValueError(f"{key}: {value!r} is not one of {', '.join(get_args(words))}")
    return value
