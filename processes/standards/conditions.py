"""What a title asks of its holder, as data, and one evaluator that explains each yes and no.

Pure: conditions and facts in, answers out. The words come from `processes.standards.sentences`.
Sources: the standards of titles (R214, R365-QĐ/TW; levels [recalled: unverified]) and what a
province adds to them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, Protocol

from dateutil.relativedelta import relativedelta

Verdict = Literal["yes", "no", "unknown"]

THEORY = ("none", "primary", "intermediate", "advanced")
GRADES = ("failed", "completed", "good", "excellent")


class Held(Protocol):
    """A post that somebody holds or held; rank 1 is the highest."""

    @property
    def rank(self) -> int: ...
    @property
    def since(self) -> date: ...
    @property
    def until(self) -> date | None: ...


class Facts(Protocol):
    """What a condition looks at of a person."""

    @property
    def born_on(self) -> date: ...
    @property
    def theory(self) -> str: ...
    @property
    def degrees(self) -> int: ...
    @property
    def posts(self) -> Sequence[Held]: ...
    @property
    def evaluations(self) -> Sequence[tuple[int, str]]: ...
    @property
    def party_joined_on(self) -> date | None: ...


@dataclass(frozen=True)
class Condition:
    """One thing that a standard asks for; what `amount`, `level` and `rank` mean, its kind says."""

    kind: str
    amount: int = 0
    level: str = ""
    rank: int = 0
    source: str = ""
    confirmed: bool = False


@dataclass(frozen=True)
class Standard:
    """The conditions of one standard, from one source."""

    source: str
    conditions: tuple[Condition, ...]


@dataclass(frozen=True)
class Answer:
    """Whether somebody meets a condition, with the facts that decided."""

    condition: Condition
    verdict: Verdict
    facts: dict[str, Any] = field(default_factory=dict)


Found = tuple[bool | None, dict[str, Any]]


def judge(conditions: Iterable[Condition], person: Facts, on: date) -> list[Answer]:
    """An answer for each condition; unknown where the file does not say. Raises KeyError."""
    answers = []
    for condition in conditions:
        holds, facts = KINDS[condition.kind](condition, person, on)
        verdict: Verdict = "unknown" if holds is None else "yes" if holds else "no"
        answers.append(Answer(condition, verdict, facts))
    return answers


def together(answers: Iterable[Answer]) -> Verdict:
    """One verdict for all: no where one says no, else unknown where one is not known."""
    verdicts = {answer.verdict for answer in answers}
    return "no" if "no" in verdicts else "unknown" if "unknown" in verdicts else "yes"


def _degrees(wanted: Condition, person: Facts, on: date) -> Found:
    """University degrees, at least so many."""
    return person.degrees >= wanted.amount, {"degrees": person.degrees, "needed": wanted.amount}


def _theory(wanted: Condition, person: Facts, on: date) -> Found:
    """The level of political theory, or a higher one."""
    facts = {"level": person.theory, "wanted": wanted.level}
    if wanted.level not in THEORY or person.theory not in THEORY:
        return None, facts
    return THEORY.index(person.theory) >= THEORY.index(wanted.level), facts


def _months_in_rank(wanted: Condition, person: Facts, on: date) -> Found:
    """So many months in posts of a rank or a higher one."""
    if not person.posts:
        return None, {"needed": wanted.amount}
    months = months_in([post for post in person.posts if post.rank <= wanted.rank], on)
    return months >= wanted.amount, {"months": months, "needed": wanted.amount}


def _evaluations(wanted: Condition, person: Facts, on: date) -> Found:
    """The evaluations of the last years at a level or above it."""
    grades = dict(person.evaluations)
    years = range(on.year - wanted.amount, on.year)
    missing = [year for year in years if year not in grades]
    if missing or wanted.level not in GRADES:
        return None, {"missing": listed(missing)}
    low = [year for year in years if GRADES.index(grades[year]) < GRADES.index(wanted.level)]
    return not low, {"years": wanted.amount, "low": listed(low)}


def _age(wanted: Condition, person: Facts, on: date) -> Found:
    """Not older than so many years."""
    age = relativedelta(on, person.born_on).years
    return age <= wanted.amount, {"age": age, "most": wanted.amount}


def _party(wanted: Condition, person: Facts, on: date) -> Found:
    """A member of the Party for so many months."""
    if person.party_joined_on is None:
        return None, {"needed": wanted.amount}
    time = relativedelta(on, person.party_joined_on)
    months = time.years * 12 + time.months
    return months >= wanted.amount, {"months": months, "needed": wanted.amount}


KINDS: dict[str, Callable[[Condition, Facts, date], Found]] = {
    "degrees": _degrees,
    "theory": _theory,
    "months_in_rank": _months_in_rank,
    "evaluations": _evaluations,
    "age": _age,
    "party": _party,
}


def months_in(posts: Iterable[Held], on: date) -> int:
    """Whole months in these posts up to a day; time in two posts at once counts once."""
    spans: list[tuple[date, date]] = []
    for post in sorted(posts, key=lambda post: post.since):
        until = min(post.until or on, on)
        if spans and post.since <= spans[-1][1]:
            since, former = spans.pop()
            spans.append((since, max(former, until)))
        else:
            spans.append((post.since, until))
    lengths = [relativedelta(until, since) for since, until in spans if since < until]
    return sum(length.years * 12 + length.months for length in lengths)


def listed(years: Iterable[int]) -> str:
    """Years as a reader sees them."""
    return ", ".join(map(str, years))


def closes(kind: str, level: str, answer: Answer) -> bool:
    """Whether a course that gives this level, or a degree, would make the answer a yes."""
    wanted = answer.condition
    if answer.verdict == "yes" or kind != wanted.kind:
        return False
    if kind != "theory":
        return answer.facts.get("needed", 0) - answer.facts.get("degrees", 0) == 1
    known = level in THEORY and wanted.level in THEORY
    return known and THEORY.index(level) >= THEORY.index(wanted.level)
