"""Who is considered for a post, and each check with its rule, its facts and its verdict."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from processes.cases.models import RosterLine
from processes.eligibility.roster import assess, candidates_for
from processes.eligibility.sentences import VERDICTS, check_sentence, check_title
from processes.organisation.people import Cadre
from processes.organisation.positions import Position
from processes.rules import CaseRules

ICONS = {"yes": "ti-circle-check", "no": "ti-circle-x", "unknown": "ti-help-circle"}


@dataclass(frozen=True)
class Checked:
    """One check as it is shown."""

    title: str
    verdict: str
    label: Any
    icon: str
    found: str
    article: str
    excepted: bool


@dataclass(frozen=True)
class Candidate:
    """A cadre with the checks of one day."""

    cadre: Cadre
    eligible: bool
    checks: list[Checked]
    line: RosterLine | None = None


def candidates(position: Position, rules: CaseRules, *, on: date) -> tuple[Candidate, ...]:
    """Check everybody whose planning counts for a post today; nothing is kept."""
    return checked(candidates_for(position, rules, on), position, rules, on=on)


def checked(
    cadres: list[Cadre],
    position: Position,
    rules: CaseRules,
    *,
    on: date,
    but: Collection[str] = (),
) -> tuple[Candidate, ...]:
    """Check these people for a post today, without the checks that a procedure does not ask."""
    found = {
        number: [check for check in checks if check.code not in but]
        for number, checks in assess(cadres, position, rules, on).items()
    }
    return tuple(
        Candidate(
            cadre=cadre,
            eligible=all(check.verdict == "yes" for check in found[cadre.pk]),
            checks=_shown(asdict(check) for check in found[cadre.pk]),
        )
        for cadre in cadres
    )


def from_roster(line: RosterLine) -> Candidate:
    """A line of a case's roster as it was kept."""
    return Candidate(line.cadre, line.eligible, _shown(line.checks), line)


def _shown(checks: Iterable[Mapping[str, Any]]) -> list[Checked]:
    return [
        Checked(
            title=check_title(check["code"]),
            verdict=check["verdict"],
            label=VERDICTS[check["verdict"]],
            icon=ICONS[check["verdict"]],
            found=check_sentence(check),
            article=check["article"],
            excepted=bool(check.get("excepted")),
        )
        for check in checks
    ]
