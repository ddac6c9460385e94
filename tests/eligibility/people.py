"""Facts about somebody who meets every condition, to change one of them at a time."""

from dataclasses import replace
from datetime import date
from typing import Any

from processes.eligibility.checks import Check, evaluate
from processes.eligibility.facts import CadreFacts, PlanningFact, PostFacts, Span
from processes.rules import load
from processes.standards.conditions import Condition, Standard

#: A day under Quy định 377-QĐ/TW.
ON = date(2026, 11, 23)

PERSON = CadreFacts(
    cadre=1,
    born_on=date(1984, 3, 1),
    male=True,
    theory="advanced",
    degrees=1,
    posts=(Span("section_head", 5, date(2020, 1, 1), None),),
    planning=(PlanningFact(3, date(2024, 1, 15), None),),
    evaluations=((2023, "good"), (2024, "good"), (2025, "excellent")),
    health=((date(2026, 10, 1), True),),
    declarations=((date(2025, 12, 15), date(2026, 3, 10)),),
)
STANDARD = Standard("R365", (Condition("theory", level="advanced"), Condition("degrees", amount=1)))
POST = PostFacts("dept_deputy", 3, is_head=False, standards=(STANDARD,))


def ask(code: str, on: date = ON, post: PostFacts = POST, **facts: Any) -> Check:
    """What one check says of the person with these facts instead of their own."""
    rules = load().for_keys("R377_2025")
    found = evaluate(replace(PERSON, **facts), post, rules, on)
    return next(check for check in found if check.code == code)


def verdict(code: str, **given: Any) -> str:
    """Only the verdict."""
    return ask(code, **given).verdict
