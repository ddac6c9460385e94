"""When what happens to the demo's cases: visits on working days, in the order of time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from random import Random

from processes.cases.workdays import add_working_days
from processes.demo.clock import at
from processes.demo.plans import Plan
from processes.demo.stories import MAIN, Stage, answer, not_needed, schedule
from processes.demo.tables import table
from processes.demo.walk import Walk
from processes.rules import load
from processes.rules.rulebook import Family

#: Working days that each step of the road takes in the demo, and what follows the road.
TAKES = {
    "request_policy": 1,
    "check_request": 2,
    "not_needed": 2,
    "decide_policy": 6,
    "conference_1": 3,
    "conference_2": 2,
    "conference_3": 1,
    "conference_4": 2,
    "committee_opinion": 3,
    "conference_5": 2,
    "assemble_dossier": 5,
    "check_dossier": 3,
    "consult_organs": 2,
    "appraise": 3,
    "schedule": 2,
    "standing_committee": 5,
    "sign_or_issue": 2,
    "promulgate": 2,
    "report_no_source": 3,
}
#: A step takes a working day more in one case of so many.
LONGER = 3
#: How many working days before a new edition the case of the one before is opened.
EARLIER = 12
#: Hours in which something may begin.
HOURS = (*range(8, 11), *range(13, 16))


def _schedule(walk: Walk) -> None:
    """The meeting is some days ahead, where the main road has it at once."""
    schedule(walk, in_days=TAKES["standing_committee"])


_ROAD: dict[str, Stage] = {**MAIN, "schedule": _schedule, "not_needed": not_needed}


@dataclass(frozen=True)
class Visit:
    """At that moment something happens to the case of a plan: it is opened, or goes on."""

    moment: datetime
    plan: str
    stage: Stage | None = None


@dataclass(frozen=True)
class Part:
    """One thing that happens in a plan, some working days after the one before."""

    stage: Stage
    days: int


def timetable(plans: dict[str, Plan], *, today: date, chance: Random) -> list[Visit]:
    """Every visit of every plan that is over by today, the first one first."""
    visits = [visit for name, plan in plans.items() for visit in _visits(name, plan, today, chance)]
    over = (visit for visit in visits if visit.moment.date() < today)
    return sorted(over, key=lambda visit: visit.moment)


def _visits(name: str, plan: Plan, today: date, chance: Random) -> Iterator[Visit]:
    parts = [Part(part.stage, part.days + _delay(chance)) for part in _parts(plan)]
    day = _opening(plan, parts, today)
    yield Visit(_moment(day, chance), name)
    for part in parts:
        day = add_working_days(day, part.days)
        yield Visit(_moment(day, chance), name, part.stage)


def _opening(plan: Plan, parts: Iterable[Part], today: date) -> date:
    """As long ago as the parts take; an early case just before the edition in force."""
    if plan.early:
        return add_working_days(load().in_force(Family.APPOINTMENT, today).effective_from, -EARLIER)
    return add_working_days(today, -plan.stands - sum(part.days for part in parts))


def _parts(plan: Plan) -> Iterator[Part]:
    for step in _road(plan):
        for stage in _stages(step):
            yield Part(stage, TAKES[step] + plan.slow.get(step, 0))
    for stage in plan.then:
        yield Part(stage, TAKES[plan.until] + plan.slow.get(plan.until, 0))


def _road(plan: Plan) -> list[str]:
    """The steps before the one where the plan leaves the road."""
    if plan.delegated:
        return ["request_policy", "not_needed"]
    road = list(MAIN)
    return road[: road.index(plan.until)] if plan.until else road


def _stages(step: str) -> list[Stage]:
    """What happens at a step; each consulted organ answers on a day of its own."""
    if step == "consult_organs":
        return [answer for row in table("lanes") if row["consulted"] == "1"]
    return [_ROAD[step]]


def _delay(chance: Random) -> int:
    return int(chance.randrange(LONGER) == 0)


def _moment(day: date, chance: Random) -> datetime:
    return at(day, time(chance.choice(HOURS), chance.randrange(60), chance.randrange(60)))
