"""The conditions of appointment as checks (procedures.md 11.2): facts and rules in, verdicts out.

Pure functions. A check says yes, no, or unknown where the file has no answer; its words come
from `sentences`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from dateutil.relativedelta import relativedelta

from processes.eligibility.facts import CadreFacts, PostFacts
from processes.rules import CaseRules, in_year

Verdict = Literal["yes", "no", "unknown"]

THEORY = ("none", "primary", "intermediate", "advanced")
GRADES = ("failed", "completed", "good", "excellent")


@dataclass(frozen=True)
class Check:
    """One condition: its verdict, the parameter it rests on, and the facts that decided."""

    code: str
    verdict: Verdict
    rule: str = ""
    article: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """All that a check looks at."""

    cadre: CadreFacts
    post: PostFacts
    rules: CaseRules
    on: date

    def answer(self, code: str, holds: bool | None, rule: str = "", **facts: Any) -> Check:
        """Make the check's result, with the article of the parameter that it rests on."""
        verdict: Verdict = "unknown" if holds is None else "yes" if holds else "no"
        article = self.rules.get(rule).article if rule else self.post.standard
        return Check(code, verdict, rule, article, facts)


def evaluate(
    cadre: CadreFacts,
    post: PostFacts,
    rules: CaseRules,
    on: date,
    *,
    counted_on: date | None = None,
) -> list[Check]:
    """Every check of the appointment of staff in place, in the order of the law book.

    `counted_on` is the day on which age counts: when the dossier was received, if it was.
    """
    question = Question(cadre, post, rules, on)
    aged = Question(cadre, post, rules, counted_on or on)
    return [check(aged if check is age_full_term else question) for check in CHECKS]


def in_planning(q: Question) -> Check:
    """In planning for the title or an equivalent or higher one (R80 Điều 18)."""
    if not q.rules.value("planning.required"):
        return q.answer("in_planning", True, "planning.required")
    valid = [
        row
        for row in q.cadre.planning
        if row.rank <= q.post.rank
        and row.approved_on <= q.on
        and (row.until is None or row.until > q.on)
    ]
    since = min((row.approved_on for row in valid), default=None)
    return q.answer("in_planning", bool(valid), "planning.required", since=_day(since))


def min_time_in_post(q: Question) -> Check:
    """Long enough in the present or an equivalent post; equivalent periods add up."""
    rule = "min_months_in_post"
    present = [post for post in q.cadre.posts if post.until is None or post.until > q.on]
    if not present:
        return q.answer("min_time_in_post", None, rule)
    rank = min(post.rank for post in present)
    equal = [post for post in q.cadre.posts if post.rank <= rank]
    months = sum(_months(post.since, min(post.until or q.on, q.on)) for post in equal)
    needed = q.rules.value(rule)
    return q.answer("min_time_in_post", months >= needed, rule, months=months, needed=needed)


def age_full_term(q: Question) -> Check:
    """Young enough for a full term on the day that counts (HD 06-HD/BTCTW), unless waived."""
    rule, years = "age.full_term_years", q.rules.value("age.full_term_years")
    held = [post.rank for post in q.cadre.posts if post.until is None or post.until > q.on]
    waived = q.rules.value("age.waived_for_equal_or_lower") and held and min(held) <= q.post.rank
    retires = retirement_day(q.cadre, q.rules)
    enough = q.on + relativedelta(years=years) <= retires
    return q.answer(
        "age_full_term", bool(waived) or enough, rule, retires=_day(retires), years=years
    )


def discipline_bar(q: Question) -> Check:
    """No disciplinary decision within the months that the edition bars."""
    for form, decided in q.cadre.disciplines:
        rule = f"discipline_bar.{form}"
        months = q.rules.value(rule)
        free = decided + relativedelta(months=months)
        if q.on < free:
            facts = {"form": form, "decided": _day(decided), "until": _day(free)}
            return q.answer("discipline_bar", False, rule, **facts)
    return q.answer("discipline_bar", True, "discipline_bar.reprimand")


def no_pending_case(q: Question) -> Check:
    """Not under investigation, prosecution, trial, discipline or open inspection."""
    matters = "; ".join(q.cadre.pending)
    return q.answer("no_pending_case", not q.cadre.pending, matters=matters)


def health_ok(q: Question) -> Check:
    """A health certificate that is fresh and says fit."""
    rule = "health.valid_months"
    if not q.cadre.health:
        return q.answer("health_ok", None, rule)
    issued, fit = q.cadre.health[-1]
    until = issued + relativedelta(months=q.rules.value(rule))
    return q.answer(
        "health_ok", fit and q.on <= until, rule, issued=_day(issued), until=_day(until)
    )


def assets_declared(q: Question) -> Check:
    """Assets and income declared and verified."""
    if not q.cadre.declarations:
        return q.answer("assets_declared", None)
    declared, verified = max(q.cadre.declarations, key=lambda row: row[0])
    done = verified is not None and verified <= q.on
    return q.answer("assets_declared", done, declared=_day(declared), verified=_day(verified))


def political_theory(q: Question) -> Check:
    """The level of political theory that the title's standard asks for."""
    if not q.post.theory:
        return q.answer("political_theory", None)
    holds = THEORY.index(q.cadre.theory) >= THEORY.index(q.post.theory)
    return q.answer("political_theory", holds, level=q.cadre.theory, needed=q.post.theory)


def title_standard(q: Question) -> Check:
    """The degrees that the title's standard asks for."""
    if not q.post.standard:
        return q.answer("title_standard", None)
    holds = q.cadre.degrees >= q.post.degrees
    return q.answer("title_standard", holds, degrees=q.cadre.degrees, needed=q.post.degrees)


def term_limit(q: Question) -> Check:
    """Not more than the edition's consecutive terms in the same head post."""
    rule = "term.max_consecutive"
    most = q.rules.value(rule)
    held = dict(q.post.terms_held).get(q.cadre.cadre, 0)
    return q.answer("term_limit", not q.post.is_head or held < most, rule, held=held, most=most)


def last_eval(q: Question) -> Check:
    """The last annual evaluations at or above the edition's level."""
    rule, years = "evaluation.minimum_level", q.rules.value("evaluation.years")
    grades = dict(q.cadre.evaluations)
    wanted = range(q.on.year - years, q.on.year)
    if any(year not in grades for year in wanted):
        return q.answer("last_eval", None, rule, years=years)
    least = GRADES.index(q.rules.value(rule))
    low = [year for year in wanted if GRADES.index(grades[year]) < least]
    return q.answer("last_eval", not low, rule, years=years, low=", ".join(map(str, low)))


CHECKS: tuple[Callable[[Question], Check], ...] = (
    in_planning,
    min_time_in_post,
    age_full_term,
    discipline_bar,
    no_pending_case,
    health_ok,
    assets_declared,
    political_theory,
    title_standard,
    term_limit,
    last_eval,
)


def retirement_day(cadre: CadreFacts, rules: CaseRules) -> date:
    """The day of retirement: age by the year in which it is reached (Labour Code 2019 Điều 169)."""
    table = rules.value(f"retirement_age.{'male' if cadre.male else 'female'}")
    day = cadre.born_on
    for year in sorted(table):
        day = cadre.born_on + relativedelta(months=in_year(table, year))
        if day.year <= year:
            return day
    return day


def _months(since: date, until: date) -> int:
    span = relativedelta(until, since)
    return max(span.years * 12 + span.months, 0)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
