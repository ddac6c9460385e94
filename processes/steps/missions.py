"""Rows of a rotation that are special: units propose people, and the periodic report."""

from datetime import date
from typing import Any

from permissions.catalogue import Act
from permissions.checks import today
from permissions.models import User
from processes.cases.models import Case, Clock
from processes.cases.rules import note_rules, rules_of
from processes.cases.workdays import add
from processes.rotation.missions import MissionOrder, RotationReview
from processes.rotation.periods import (
    QUARTER,
    UNSCHEDULED,
    YEAR,
    Period,
    next_review,
    quarter_of,
    year_of,
)
from processes.rotation.queries import mission_of
from processes.steps.base import StepActivation
from processes.steps.many import ConsultNamed
from processes.steps.until import Until


class Propose(ConsultNamed):
    """Ask the units of the plan whom they propose; what they say is a fact of the case.

    D170 Điều 46.2, R65 Điều 7: units are told to propose people.
    """

    def apply(self, activation: StepActivation, *, by: User, **fields: Any) -> None:
        """Keep whom the unit proposes and why, then conclude its part."""
        case, task = activation.process, activation.task
        people = sorted(cadre.pk for cadre in fields["people"])
        said = {"unit": task.unit_id, "people": people, "text": fields["text"]}
        case.facts = {**case.facts, "proposals": [*case.facts.get("proposals", []), said]}
        case.save(update_fields=["facts"])
        facts = {"proposed": people, "act": Act.ANSWER.value}
        activation.conclude(by=by, outcome="all_in", reason=fields["text"], facts=facts)


class Report(Until):
    """The receiving unit's report on a mission: due some days after each quarter or year."""

    def clock_for(self, case: Case) -> Clock | None:
        """The end of the period that is not reviewed yet, and the edition's days after it."""
        rules = rules_of(case)
        length, ends = rules.get(self.deadline), period_end(case)
        note_rules(case, rules)
        due = ends if length.value is None else add(ends, length.value, length.unit)
        return Clock(case=case, rule=self.deadline, started_on=today(), due_on=due)


def kinds_of(case: Case) -> tuple[str, ...]:
    """What the edition reviews regularly: quarters, years, or both."""
    return tuple(rules_of(case).value("rotation.review_kinds"))


def period_end(case: Case) -> date:
    """The last day of the first period of the mission that is not reviewed yet."""
    order = mission_of(case)
    after = max([order.since, *_reviewed(order)])
    return next_review(after, 3 if QUARTER in kinds_of(case) else 12)


def periods_due(case: Case) -> list[Period]:
    """What a review held today is about: the period that is over, or none of them.

    With the fourth quarter the year is reviewed too. Before the end of a period a review is
    unscheduled (R65 Điều 6: regular or unscheduled reports).
    """
    ends, kinds = period_end(case), kinds_of(case)
    if today() < ends:
        return [Period(UNSCHEDULED, today().year)]
    found = [quarter_of(ends)] if QUARTER in kinds else []
    if YEAR in kinds and (ends.month, ends.day) == (12, 31):
        found.append(year_of(ends))
    return found


def _reviewed(order: MissionOrder) -> list[date]:
    rows = order.reviews.filter(concluded_on__isnull=False)
    rows = rows.exclude(kind=RotationReview.Kind.UNSCHEDULED)
    return [Period(row.kind, row.year, row.number).ends_on for row in rows]
