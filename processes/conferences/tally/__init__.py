"""The arithmetic of a vote: exact, pure, and without Django; the numbers of a rule come in."""

from processes.conferences.tally.outcome import (
    OUTCOMES,
    Outcome,
    Reason,
    Result,
    Share,
    decide,
    has_quorum,
    on_base,
    quorate,
)
from processes.conferences.tally.rule import Ballot, Kind, Rule
from processes.conferences.tally.slips import (
    Count,
    Difference,
    ImpossibleCountError,
    Inequality,
    check,
    compare,
)

__all__ = [
    "OUTCOMES",
    "Ballot",
    "Count",
    "Difference",
    "ImpossibleCountError",
    "Inequality",
    "Kind",
    "Outcome",
    "Reason",
    "Result",
    "Rule",
    "Share",
    "check",
    "compare",
    "decide",
    "has_quorum",
    "on_base",
    "quorate",
]
