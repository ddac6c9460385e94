"""From a possible count and a rule to the outcome, with one reason for each rule applied."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil
from typing import Any, Literal

from processes.conferences.tally.rule import Kind, Rule
from processes.conferences.tally.slips import Count, ImpossibleCountError, check

Outcome = Literal[
    "counted",
    "over50",
    "top2",
    "tie",
    "selected",
    "exactly_50",
    "none",
    "approve",
    "reject",
    "elected",
    "no_quorum",
]


@dataclass(frozen=True)
class Share:
    """One candidate's part of the base, and where it stands against the threshold."""

    agree: int
    base: int
    fraction: Fraction
    over: bool
    exact: bool
    threshold: Fraction


@dataclass(frozen=True)
class Reason:
    """One rule that was applied, with the facts for its sentence."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Result:
    """What a ballot came to, and who goes on."""

    outcome: Outcome
    advancing: tuple[Hashable, ...] = ()
    needs_ruling: bool = False
    shares: Mapping[Hashable, Share] = field(default_factory=dict)
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Finding:
    """What a kind of rule found, before quorum, base and shares are put around it."""

    outcome: Outcome
    advancing: tuple[Hashable, ...]
    reasons: tuple[Reason, ...]
    needs_ruling: bool = False


Shares = Mapping[Hashable, Share]


def has_quorum(summoned: int, present: int, rule: Rule) -> bool:
    """Whether enough of those summoned are present (R80, D170; procedures 4.1)."""
    return summoned > 0 and present >= rule.quorum * summoned


def quorate(count: Count, rule: Rule) -> bool:
    """Whether the people who came make a quorum, on the same base as the votes."""
    return has_quorum(_base(count, rule), _attending(count, rule), rule)


def on_base(count: Count, rule: Rule) -> tuple[Reason, ...]:
    """Who must not vote although they are summoned, and what that does to base and threshold."""
    if not count.barred:
        return ()
    base = _base(count, rule)
    facts = {"summoned": count.summoned, "barred": count.barred, "base": base}
    said = Reason("barred_in_base" if rule.barred_in_base else "barred_apart", facts)
    if not rule.decides or (base > 0 and rule.passed_by(Fraction(count.voters, base))):
        return (said,)
    facts = {"voters": count.voters, "base": base, **_threshold(rule)}
    return (said, Reason("out_of_reach", facts))


def decide(count: Count, rule: Rule) -> Result:
    """Compute the outcome of a ballot in exact fractions.

    Raises ImpossibleCountError for a count that `check` refuses, and ValueError when a proposal is
    to be carried or not and the count has more or fewer than one.
    """
    if broken := check(count, rule):
        raise ImpossibleCountError(broken)
    quorum = _quorum_reason(count, rule)
    if quorum.code == "no_quorum":
        return Result("no_quorum", reasons=(quorum, *on_base(count, rule)))
    if rule.kind == "minutes":
        return Result("counted", count.candidates, reasons=(quorum, Reason("by_minutes")))
    shares = {candidate: _share(candidate, count, rule) for candidate in count.candidates}
    found = DECIDERS[rule.kind](shares, rule)
    apart = count.barred and not rule.barred_in_base
    base = Reason("base_voters" if apart else f"base_{rule.base}", {"base": _base(count, rule)})
    reasons = (quorum, base, *on_base(count, rule), *found.reasons)
    return Result(found.outcome, found.advancing, found.needs_ruling, shares, reasons)


def _quorum_reason(count: Count, rule: Rule) -> Reason:
    base = _base(count, rule)
    facts = {
        "present": _attending(count, rule),
        "summoned": base,
        "needed": ceil(rule.quorum * base),
        "quorum": rule.quorum,
    }
    return Reason("quorum_met" if quorate(count, rule) else "no_quorum", facts)


def _base(count: Count, rule: Rule) -> int:
    bases = {"summoned": count.summoned if rule.barred_in_base else count.voters}
    return bases[rule.base]


def _attending(count: Count, rule: Rule) -> int:
    """How many of the base are present."""
    return count.present if rule.barred_in_base else count.voters_present


def _share(candidate: Hashable, count: Count, rule: Rule) -> Share:
    agree, base = count.agree.get(candidate, 0), _base(count, rule)
    fraction = Fraction(agree, base)
    exact = fraction == rule.threshold
    return Share(agree, base, fraction, rule.passed_by(fraction), exact, rule.threshold)


def _names_collected(shares: Shares, rule: Rule) -> Finding:
    """Let everybody named go on; the count decides nothing yet (R80; procedures 5.2, step 2)."""
    named = _by_votes(shares)
    reason = Reason("names_collected", {"names": named}) if named else Reason("no_votes")
    return Finding("counted", named, (reason,))


def _consulted(shares: Shares, rule: Rule) -> Finding:
    """Let everybody go on: a consultation stops nobody (procedures 4.3, step 4)."""
    return Finding("counted", tuple(shares), (Reason("consulted"),))


def _over_half_or_top(shares: Shares, rule: Rule) -> Finding:
    """Pass on who is over the threshold, else the highest (R105, R80; procedures 4.1, 4.3)."""
    if _over(shares):
        return _highest_over(shares, rule, "over50")
    nobody = Reason("nobody_over", _threshold(rule))
    ranked = _by_votes(shares)
    if not ranked:
        return Finding("none", (), (nobody, Reason("no_votes")))
    last = shares[ranked[: rule.top_n][-1]].agree
    going = tuple(candidate for candidate in ranked if shares[candidate].agree >= last)
    top = Reason("top_n", {"top_n": rule.top_n, "names": going[: rule.top_n]})
    if len(going) <= rule.top_n:
        return Finding("top2", going, (nobody, top))
    level = tuple(candidate for candidate in going if shares[candidate].agree == last)
    tie = Reason("tie_for_last_place", {"top_n": rule.top_n, "names": level, "agree": last})
    return Finding("tie", going, (nobody, tie), needs_ruling=True)


def _over_half_highest(shares: Shares, rule: Rule) -> Finding:
    """Select the highest over the threshold (D138 amendment; procedures 4.1, step 5)."""
    if _over(shares):
        return _highest_over(shares, rule, "selected")
    exact = _exact(shares)
    if exact and rule.at_half:
        return _exactly_half(exact, rule)
    return Finding("none", (), (Reason("nobody_over", _threshold(rule)),))


def _over_half(shares: Shares, rule: Rule) -> Finding:
    """Carry one proposal or not (Party Charter art. 9; procedures 4.1)."""
    if len(shares) != 1:
        raise ValueError(f"over_half: one proposal is voted on, not {len(shares)}")
    ((proposal, share),) = shares.items()
    facts = {**_threshold(rule), "share": share, "name": proposal}
    if share.over:
        return Finding("approve", (proposal,), (Reason("approved", facts),))
    if share.exact and rule.at_half:
        return _exactly_half((proposal,), rule)
    return Finding("reject", (), (Reason("rejected", facts),))


def _each_over(shares: Shares, rule: Rule) -> Finding:
    """Pass on everybody over the threshold, most votes first (E190 art. 14; procedures 8.1.3)."""
    over = _over(shares)
    facts = {**_threshold(rule), "names": over}
    reason = Reason("passed_each", facts) if over else Reason("nobody_over", _threshold(rule))
    return Finding("counted", over, (reason,))


def _elected(shares: Shares, rule: Rule) -> Finding:
    """Elect who is over the threshold, most votes first, up to the seats (procedures 8.1.9).

    Those level for the last seat are not told apart by votes: somebody has to (S74).
    """
    over = _over(shares)
    if not over:
        return Finding("none", (), (Reason("nobody_over", _threshold(rule)),))
    if len(over) > rule.seats:
        last = shares[over[rule.seats - 1]].agree
        if shares[over[rule.seats]].agree == last:
            going = tuple(candidate for candidate in over if shares[candidate].agree >= last)
            level = tuple(candidate for candidate in going if shares[candidate].agree == last)
            facts = {"seats": rule.seats, "names": level, "agree": last}
            return Finding("tie", going, (Reason("tie_for_last_seat", facts),), needs_ruling=True)
    elected = over[: rule.seats]
    facts = {**_threshold(rule), "seats": rule.seats, "names": elected}
    return Finding("elected", elected, (Reason("elected", facts),))


def _highest_over(shares: Shares, rule: Rule, outcome: Outcome) -> Finding:
    over = _over(shares)
    passed = tuple(
        Reason("over", {**_threshold(rule), "name": candidate, "share": shares[candidate]})
        for candidate in over
    )
    most = shares[over[0]].agree
    level = tuple(candidate for candidate in over if shares[candidate].agree == most)
    if len(level) == 1:
        return Finding(outcome, level, (*passed, Reason(f"highest_{outcome}", {"name": level[0]})))
    tie = Reason("tie_at_top", {"names": level, "agree": most})
    return Finding("tie", level, (*passed, tie), needs_ruling=True)


def _exactly_half(exact: tuple[Hashable, ...], rule: Rule) -> Finding:
    """Leave it to the head, with a report of differing opinions (D170; procedures 4.1)."""
    facts = {**_threshold(rule), "names": exact}
    reasons = (Reason("nobody_over", _threshold(rule)), Reason(f"exact_{rule.at_half}", facts))
    return Finding("exactly_50", exact, reasons)


def _threshold(rule: Rule) -> dict[str, Any]:
    return {"threshold": rule.threshold, "strict": rule.strict}


def _by_votes(shares: Shares) -> tuple[Hashable, ...]:
    """Order those with a vote, most votes first."""
    named = [candidate for candidate in shares if shares[candidate].agree]
    return tuple(sorted(named, key=lambda candidate: -shares[candidate].agree))


def _over(shares: Shares) -> tuple[Hashable, ...]:
    return tuple(candidate for candidate in _by_votes(shares) if shares[candidate].over)


def _exact(shares: Shares) -> tuple[Hashable, ...]:
    return tuple(candidate for candidate in _by_votes(shares) if shares[candidate].exact)


#: What each rule comes to. At exactly half the head decides where the edition says so; that two
#: are level over half only a slip with several names allows.
OUTCOMES: Mapping[Kind, frozenset[Outcome]] = {
    "collect_names": frozenset({"counted"}),
    "consult": frozenset({"counted"}),
    "over_half_or_top2": frozenset({"over50", "top2", "tie", "none"}),
    "over_half_highest": frozenset({"selected", "none"}),
    "over_half": frozenset({"approve", "reject"}),
    "each_over": frozenset({"counted"}),
    "elect": frozenset({"elected", "tie", "none"}),
}
DECIDERS: Mapping[Kind, Callable[[Shares, Rule], Finding]] = {
    "collect_names": _names_collected,
    "consult": _consulted,
    "over_half_or_top2": _over_half_or_top,
    "over_half_highest": _over_half_highest,
    "over_half": _over_half,
    "each_over": _each_over,
    "elect": _elected,
}
