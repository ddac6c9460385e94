"""How the result of a ballot is kept on its conference, and how it is read back."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from processes.conferences.tally import Count, Reason, Result, Share
from processes.conferences.tally.slips import ATTENDED, NUMBERS

#: The line of a slip that asks about the paper itself, where nobody is on the slip.
PROPOSAL = 0

_FRACTIONS = frozenset({"threshold", "quorum"})


def kept(result: Result, count: Count, *, ballot: bool) -> dict[str, Any]:
    """The result as JSON: numbers as integers, fractions as text, people by their number."""
    numbers = NUMBERS if ballot else ATTENDED
    return {
        **{name: getattr(count, name) for name in numbers},
        "shares": [
            {"candidate": line, "disagree": count.disagree.get(line), **_plain(share)}
            for line, share in result.shares.items()
        ],
        "advancing": [line for line in result.advancing if line != PROPOSAL],
        "needs_ruling": result.needs_ruling,
        "reasons": [
            {"code": reason.code, "params": _plain(reason.params)} for reason in result.reasons
        ],
    }


def reasons(result: Mapping[str, Any]) -> list[Reason]:
    """The rules that were applied, ready for their sentences."""
    return [
        Reason(reason["code"], {key: _read(key, value) for key, value in reason["params"].items()})
        for reason in result.get("reasons", [])
    ]


def share(kept_share: Mapping[str, Any]) -> Share:
    """One candidate's part of the base, in exact fractions again."""
    agree, base = kept_share["agree"], kept_share["base"]
    return Share(
        agree=agree,
        base=base,
        fraction=Fraction(agree, base),
        over=kept_share["over"],
        exact=kept_share["exact"],
        threshold=Fraction(kept_share["threshold"]),
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Share):
        named = ("agree", "base", "over", "exact", "threshold")
        return {name: _plain(getattr(value, name)) for name in named}
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    return list(value) if isinstance(value, tuple) else value


def _read(key: str, value: Any) -> Any:
    if key in _FRACTIONS:
        return Fraction(value)
    return share(value) if key == "share" else value
