"""Points of a mission on the scale of 100, and the level that they mean. Pure arithmetic.

Quy định 366-QĐ/TW (2025): products are measured; the levels are the edition's.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

#: The levels with conditions, the best first; whoever meets none has not completed the task.
LEVELS = ("excellent", "good", "completed")
NONE_MET = "failed"
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Delivered:
    """An accepted product: how much, with how many points of 100, and when it was handed in."""

    amount: Decimal
    score: int
    on: date


@dataclass(frozen=True)
class Wanted:
    """An item of a mission with what was accepted for it."""

    item: int
    target: Decimal
    weight: int
    due_on: date
    accepted: tuple[Delivered, ...] = ()


@dataclass(frozen=True)
class Line:
    """How one item counts: its points, whether it is done, and whether that was in time."""

    item: int
    weight: int
    points: Decimal
    done: bool
    late: bool


@dataclass(frozen=True)
class Sum:
    """The result of a review; without an item that is due there are no points."""

    total: Decimal | None
    lines: tuple[Line, ...]

    @property
    def late_percent(self) -> Decimal:
        """How many of the items were late, of 100."""
        late = sum(line.late for line in self.lines)
        return Decimal(100 * late) / len(self.lines) if self.lines else Decimal(0)

    @property
    def all_done(self) -> bool:
        """Whether everything that was due is done."""
        return all(line.done for line in self.lines)


def line_of(item: Wanted, *, by: date) -> Line:
    """Count what was handed in by that day.

    What is missing earns no points; more than the target earns no more than its own score.
    Late is what was not there in full on the day on which it was due.
    """
    here = [one for one in item.accepted if one.on <= by]
    amount = sum((one.amount for one in here), Decimal(0))
    earned = sum((one.amount * one.score for one in here), Decimal(0))
    points = earned / max(amount, item.target)
    in_time = sum((one.amount for one in here if one.on <= item.due_on), Decimal(0))
    return Line(
        item=item.item,
        weight=item.weight,
        points=points.quantize(CENT, ROUND_HALF_UP),
        done=amount >= item.target,
        late=item.due_on < by and in_time < item.target,
    )


def sum_up(items: Iterable[Wanted], *, since: date, until: date, by: date) -> Sum:
    """Weigh the items that were due from `since` to `until`, as they stand on the day `by`."""
    due = [item for item in items if since <= item.due_on <= until]
    lines = tuple(line_of(item, by=by) for item in due)
    weights = sum(line.weight for line in lines)
    if not weights:
        return Sum(None, lines)
    earned = sum((line.points * line.weight for line in lines), Decimal(0))
    return Sum((earned / weights).quantize(CENT, ROUND_HALF_UP), lines)


def level_of(result: Sum, levels: Mapping[str, Mapping[str, Any]]) -> str:
    """The best level whose conditions are all met; empty where nothing was due.

    A level asks for points, for all that was due to be done, and for no more of it to be late
    than its share.
    """
    if result.total is None:
        return ""
    return next((name for name in LEVELS if meets(result, levels[name])), NONE_MET)


def meets(result: Sum, wanted: Mapping[str, Any]) -> bool:
    """Whether a result meets the conditions of one level."""
    return (
        result.total is not None
        and result.total >= wanted["points"]
        and (result.all_done or not wanted["all_done"])
        and result.late_percent <= wanted["late_percent"]
    )


def weights_left(weights: Sequence[int]) -> int:
    """How far the weights are from the hundred that they have to add up to."""
    return 100 - sum(weights)
