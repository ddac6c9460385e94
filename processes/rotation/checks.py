"""What rotation asks of a person besides the conditions of an appointment (procedures.md 11.2).

Pure functions over facts and rules, as those of `processes.eligibility.checks`.
"""

from dateutil.relativedelta import relativedelta

from processes.eligibility.checks import Check, Question, retirement_day
from processes.rotation.tenure import Held, is_local

#: Why somebody is rotated. The last two make a head not of the place, or end a second term.
PURPOSES = ("training", "non_local", "two_terms")
SPECIAL = frozenset({"non_local", "two_terms"})


def purpose_of(q: Question) -> str:
    """The purpose that the plan of the case names; training, as long as none is named."""
    return str(q.said.get("plan", {}).get("purpose", PURPOSES[0]))


def remaining_time(q: Question) -> Check:
    """Time to work from the day of rotation on: ten years, or one full term (R65 Điều 4, 5)."""
    special = purpose_of(q) in SPECIAL
    rule = f"rotation.min_remaining_years{'_special' if special else ''}"
    years, retires = q.rules.value(rule), retirement_day(q.cadre, q.rules)
    holds = q.on + relativedelta(years=years) <= retires
    return q.answer("remaining_time", holds, rule, retires=retires.isoformat(), years=years)


def planned_cadre(q: Question) -> Check:
    """In planning for whatever title; not asked of who is moved for the place or the terms.

    Subjects of rotation are planned cadres, and heads who are moved so that they are not of the
    place or do not serve a third term (R65 Điều 4).
    """
    rule = "planning.required"
    if purpose_of(q) in SPECIAL or not q.rules.value(rule):
        return q.answer("planned_cadre", True, rule, found="not_required")
    valid = [
        row.approved_on
        for row in q.cadre.planning
        if row.approved_on <= q.on and (row.until is None or row.until > q.on)
    ]
    if not valid:
        return q.answer("planned_cadre", False, rule)
    return q.answer("planned_cadre", True, rule, since=min(valid).isoformat())


def equal_post(q: Question) -> Check:
    """An equal post as a rule; a higher one for outstanding cadres (R65 Điều 4).

    Outstanding is read as graded excellent in the last year [design].
    """
    rule = "rotation.higher_post"
    ranks = [post.rank for post in q.cadre.present(q.on)]
    if not ranks:
        return q.answer("equal_post", None, rule)
    if q.post.rank >= min(ranks):
        return q.answer("equal_post", True, rule)
    if q.rules.value(rule) != "outstanding_only":
        return q.answer("equal_post", True, rule, found="not_required")
    outstanding = dict(q.cadre.evaluations).get(q.on.year - 1) == "excellent"
    return q.answer("equal_post", outstanding, rule, found="outstanding" if outstanding else "no")


def not_weak(q: Question) -> Check:
    """Not graded as having failed in the last year, where weak cadres may not be rotated (R98)."""
    rule = "rotation.weak_barred"
    if not q.rules.value(rule):
        return q.answer("not_weak", True, rule, found="not_required")
    grade = dict(q.cadre.evaluations).get(q.on.year - 1)
    return q.answer("not_weak", None if grade is None else grade != "failed", rule)


def non_local(q: Question) -> Check:
    """The head of a locality is not of the place, by the province's definition (procedures.md 9.3).

    Asked where the plan says that the post is to be held by somebody not of the place.
    """
    rule = "rotation.non_local_years"
    if purpose_of(q) != "non_local" or not q.post.is_head:
        return q.answer("non_local", True, rule, found="not_required")
    posts = [Held(q.cadre.cadre, post.unit, post.since, post.until) for post in q.cadre.posts]
    local = is_local(
        q.post.level, q.post.unit, origin=q.cadre.origin, posts=posts, years=q.rules.value(rule),
        on=q.on,
    )  # fmt: skip
    if local is None:
        return q.answer("non_local", True, rule, found="not_required")
    return q.answer("non_local", not local, rule)


ROTATION_CHECKS = (remaining_time, planned_cadre, equal_post, not_weak, non_local)
#: Of an appointment, what rotation does not ask, or asks in its own way.
ROTATION_WAIVES = frozenset({"age_full_term", "in_planning", "min_time_in_post"})
