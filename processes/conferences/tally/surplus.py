"""How many more than are to be elected may stand on a list of candidates (số dư)."""

from dataclasses import dataclass
from fractions import Fraction
from math import floor


@dataclass(frozen=True)
class Surplus:
    """The limits of an edition: a share of the number to elect, and less for small committees.

    At most `share` of the number to elect; from `small_from` to `small_to` to elect at most
    `small_most` (E190 art. 14 [S19]; answer of a provincial paper [S74]).
    """

    share: Fraction
    small_from: int
    small_to: int
    small_most: int

    def limit(self, to_elect: int) -> int:
        """How many more than the number to elect may be listed.

        A committee of few members takes the small limit even where the share comes to less than
        one person; for one or two posts there is none.
        """
        if self.small_from <= to_elect <= self.small_to:
            return self.small_most
        return floor(self.share * to_elect)

    def room(self, to_elect: int, listed: int) -> int:
        """How many may still be added to a list of so many."""
        return max(0, to_elect + self.limit(to_elect) - listed)

    def problem(self, to_elect: int, listed: int) -> str:
        """What is wrong with a list of so many: "short", "no_surplus", "too_many" or nothing.

        A list needs a surplus wherever one is allowed.
        """
        if listed < to_elect:
            return "short"
        if listed > to_elect + self.limit(to_elect):
            return "too_many"
        return "no_surplus" if listed == to_elect and self.limit(to_elect) else ""
