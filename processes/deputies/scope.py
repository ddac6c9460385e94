"""What the time of a deputy can cover: procedures, steps, units, as the database names them."""

from collections.abc import Iterable
from typing import Any

from viewflow.workflow.fields import get_flow_ref, get_task_ref

from permissions.catalogue import GRANTS, NEVER_DEPUTED, Act, Role
from permissions.checks import today
from permissions.models import Holding, StandIn, User
from processes.flows import FLOWS
from processes.organisation.units import Unit
from processes.steps.base import Step
from processes.steps.own import OwnStep


def procedures() -> list[tuple[str, Any]]:
    """Every procedure, with its title."""
    return [(get_flow_ref(flow), flow.process_title) for flow in FLOWS.values()]


def steps() -> list[tuple[Any, list[tuple[str, str]]]]:
    """The steps that a deputy may carry out, under the titles of their procedures."""
    return [
        (flow.process_title, [(get_task_ref(row), f"{row.code} {row.task_title}") for row in rows])
        for flow in FLOWS.values()
        if (rows := [row for row in flow.rows() if _can_be_deputed(row)])
    ]


def _can_be_deputed(row: Any) -> bool:
    return isinstance(row, Step) and not isinstance(row, OwnStep) and row.act not in NEVER_DEPUTED


def step_acts() -> frozenset[Act]:
    """The acts with which steps are carried out."""
    rows = (row for flow in FLOWS.values() for row in flow.rows() if row.act)
    return frozenset(Act(row.act) for row in rows) - NEVER_DEPUTED


def holdings_with_tasks(person: User) -> list[Holding]:
    """The roles of a person that give them tasks, today or from a day to come."""
    acts = step_acts()
    found = Holding.objects.overlapping(today(), None).filter(user=person).select_related("unit")
    return [one for one in found.order_by("pk") if GRANTS[Role(one.role)] & acts]


def units_of(person: User) -> list[Unit]:
    """The units for which a person has tasks."""
    return list({one.unit_id: one.unit for one in holdings_with_tasks(person)}.values())


def told(stand_in: StandIn) -> list[str]:
    """What the time of a deputy covers, in words; empty means everything."""
    titles = dict(procedures()) | {ref: title for _p, rows in steps() for ref, title in rows}
    units = Unit.objects.filter(pk__in=stand_in.units).order_by("name")
    names: Iterable[str] = (*stand_in.procedures, *stand_in.steps)
    return [*(str(titles.get(name, name)) for name in names), *map(str, units)]
