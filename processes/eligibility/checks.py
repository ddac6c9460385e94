"""The conditions of appointment as checks (procedures.md 11.2): facts and rules in, verdicts out.

Pure functions. A check says yes, no, or unknown where the file has no answer; its words come
from `sentences`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta

from processes.eligibility.facts import CadreFacts, PostFacts
from processes.eligibility.planning import nearest
from processes.rules import CaseRules, in_year
from processes.standards.conditions import (
    GRADES,
    Condition,
    Verdict,
    judge,
    listed,
    months_in,
    together,
)


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
    """All that a check looks at; `said` are the facts of the case."""

    cadre: CadreFacts
    post: PostFacts
    rules: CaseRules
    on: date
    said: Mapping[str, Any] = field(default_factory=dict)

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
    also: Iterable["OneCheck"] = (),
    said: Mapping[str, Any] | None = None,
) -> list[Check]:
    """Every check of the appointment of staff in place, in the order of the law book.

    `counted_on` is the day on which age counts: when the dossier was received, if it was.
    `also` are further checks of the procedure, and `said` the facts of its case.
    """
    question = Question(cadre, post, rules, on, said or {})
    aged = Question(cadre, post, rules, counted_on or on)
    return [check(aged if check is age_full_term else question) for check in (*CHECKS, *also)]


def in_planning(q: Question) -> Check:
    """In planning for the title, an equivalent or a higher one, and for which (R80 Điều 18)."""
    if not q.rules.value("planning.required"):
        return q.answer("in_planning", True, "planning.required", found="not_required")
    rule = "planning.covers"
    found = nearest(q.cadre.planning, q.post, q.on, covers=q.rules.value(rule))
    if found is None:
        return q.answer("in_planning", False, rule)
    how, row = found
    facts = {"since": row.approved_on.isoformat(), "title": row.title, "where": row.where}
    return q.answer("in_planning", True, rule, found=how, **facts)


def min_time_in_post(q: Question) -> Check:
    """Long enough in the present or an equivalent post; equivalent periods add up.

    Not asked for a first appointment (R80 Điều 18).
    """
    rule = "min_months_in_post"
    if not q.cadre.posts:
        return q.answer("min_time_in_post", True, rule, found="first")
    present = q.cadre.present(q.on)
    if not present:
        return q.answer("min_time_in_post", None, rule)
    rank = min(post.rank for post in present)
    months = months_in([post for post in q.cadre.posts if post.rank <= rank], q.on)
    needed = q.rules.value(rule)
    return q.answer("min_time_in_post", months >= needed, rule, months=months, needed=needed)


def age_full_term(q: Question) -> Check:
    """Young enough for a full term on the day that counts (HD 06-HD/BTCTW), unless waived.

    Age is not asked for an equal or lower post.
    """
    rule, years = "age.full_term_years", q.rules.value("age.full_term_years")
    retires = retirement_day(q.cadre, q.rules)
    facts = {"retires": retires.isoformat(), "years": years}
    if q.on + relativedelta(years=years) <= retires:
        return q.answer("age_full_term", True, rule, **facts)
    waiver = "age.waived_for_equal_or_lower"
    ranks = [post.rank for post in q.cadre.present(q.on)]
    if ranks and min(ranks) <= q.post.rank and q.rules.value(waiver):
        return q.answer("age_full_term", True, waiver, found="waived", **facts)
    return q.answer("age_full_term", False, rule, **facts)


def discipline_bar(q: Question) -> Check:
    """No disciplinary decision within the months that the edition bars."""
    for form, decided in q.cadre.disciplines:
        rule = f"discipline_bar.{form}"
        months = q.rules.value(rule)
        free = decided + relativedelta(months=months)
        if q.on < free:
            facts = {"form": form, "decided": decided.isoformat(), "until": free.isoformat()}
            return q.answer("discipline_bar", False, rule, **facts)
    return q.answer("discipline_bar", True, "discipline_bar.reprimand")


def no_pending_case(q: Question) -> Check:
    """Not under investigation, prosecution, trial, discipline or open inspection."""
    rule, matters = "pending.bars", "; ".join(q.cadre.pending)
    if matters and not q.rules.value(rule):
        return q.answer("no_pending_case", True, rule, found="not_required")
    return q.answer("no_pending_case", not matters, rule, matters=matters)


def health_ok(q: Question) -> Check:
    """A health certificate that is fresh and says fit."""
    rule = "health.valid_months"
    if not q.cadre.health:
        return q.answer("health_ok", None, rule)
    issued, fit = q.cadre.health[-1]
    until = issued + relativedelta(months=q.rules.value(rule))
    facts = {"issued": issued.isoformat(), "until": until.isoformat()}
    if not fit:
        return q.answer("health_ok", False, rule, found="unfit", **facts)
    return q.answer("health_ok", q.on <= until, rule, **facts)


def assets_declared(q: Question) -> Check:
    """Assets and income declared, and verified where the edition asks for it."""
    rule = "assets.verification_required"
    if not q.cadre.declarations:
        return q.answer("assets_declared", None, rule)
    declared, verified = max(q.cadre.declarations, key=lambda row: row[0])
    facts = {"declared": declared.isoformat()}
    if verified is not None and verified <= q.on:
        return q.answer("assets_declared", True, rule, **facts, verified=verified.isoformat())
    if not q.rules.value(rule):
        return q.answer("assets_declared", True, rule, found="not_required", **facts)
    return q.answer("assets_declared", False, rule, **facts)


def political_theory(q: Question) -> Check:
    """The level of political theory that the standards of the title ask for."""
    return _by_standard(q, "political_theory", lambda one: one.kind == "theory")


def title_standard(q: Question) -> Check:
    """Everything else that the standards of the title and the province's additions ask for."""
    return _by_standard(q, "title_standard", lambda one: one.kind != "theory")


def _by_standard(q: Question, code: str, wanted: Callable[[Condition], bool]) -> Check:
    """The conditions of one check; each is kept with what was found, so that it can be told."""
    if not q.post.standards:
        return q.answer(code, None)
    asked = [one for standard in q.post.standards for one in standard.conditions if wanted(one)]
    if not asked:
        return q.answer(code, True, found="not_required")
    answers = judge(asked, q.cadre, q.on)
    verdict = together(answers)
    return q.answer(
        code,
        {"yes": True, "no": False, "unknown": None}[verdict],
        found="conditions",
        conditions=[[one.condition.kind, one.verdict, one.facts] for one in answers],
    )


def term_limit(q: Question) -> Check:
    """Not more than the edition's consecutive terms in the same head post."""
    rule = "term.max_consecutive"
    most = q.rules.value(rule)
    if not q.post.is_head:
        return q.answer("term_limit", True, rule, found="not_head")
    held = dict(q.post.terms_held).get(q.cadre.cadre, 0)
    return q.answer("term_limit", held < most, rule, held=held, most=most)


def last_eval(q: Question) -> Check:
    """The last annual evaluations at or above the edition's level."""
    rule, years = "evaluation.minimum_level", q.rules.value("evaluation.years")
    grades = dict(q.cadre.evaluations)
    wanted = range(q.on.year - years, q.on.year)
    missing = [year for year in wanted if year not in grades]
    if missing:
        return q.answer("last_eval", None, rule, missing=listed(missing))
    least = GRADES.index(q.rules.value(rule))
    low = [year for year in wanted if GRADES.index(grades[year]) < least]
    return q.answer("last_eval", not low, rule, years=years, low=listed(low))


OneCheck = Callable[[Question], Check]

CHECKS: tuple[OneCheck, ...] = (
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
