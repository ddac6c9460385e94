"""How a case begins: what it is about, the editions in force, the first task."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from viewflow.workflow.status import STATUS
from viewflow.workflow.token import Token

from permissions.catalogue import OWN_UNIT_LANES, Lane
from permissions.checks import may, role_for, today
from permissions.errors import Refused
from permissions.models import User
from permissions.writing import Beside, insert, update
from processes.audit.behalf import in_role
from processes.audit.models import Event
from processes.audit.trail import record
from processes.cases.announce import announce_on_commit
from processes.cases.models import Case, Participant
from processes.cases.rivals import guard_person, guard_position
from processes.cases.rules import note_rules
from processes.notices.writers import tell_of
from processes.organisation.lookups import competence, organ_in_lane
from processes.organisation.people import Cadre
from processes.organisation.positions import Position
from processes.organisation.units import Unit
from processes.rules import CaseRules, load
from processes.steps.base import Opening
from processes.steps.flow import CaseFlow


@transaction.atomic
def open_case(
    flow_class: type[CaseFlow],
    *,
    by: User | None,
    position: Position | None = None,
    unit: Unit | None = None,
    candidate: Cadre | None = None,
    title: str = "",
    parent: Case | None = None,
    secrecy: str = Case.Secrecy.INTERNAL,
    reason: str = "",
    facts: Mapping[str, Any] | None = None,
) -> Case:
    """Start a case under the editions in force today; `by` is None for the clock.

    `unit` proposes; without it, the unit of the position. Raises Refused without the right,
    ValidationError when an open case is in the way, NotSetUp or NoEdition where data lack.
    """
    unit = unit or position.unit  # type: ignore[union-attr]
    province = unit.province or unit
    starter = _entitled(by, flow_class, unit, province)
    _guard(flow_class, position, candidate, province, parent, by)
    rules = _rules(flow_class, position)
    case = _kept(
        flow_class,
        rules,
        {unit.pk, starter.pk},
        title=title or f"{position.title}, {unit.name_on(today())}",  # type: ignore[union-attr]
        position=position,
        candidate=candidate,
        parent=parent,
        unit=unit,
        province=province,
        opened_by=by,
        secrecy=secrecy,
        facts=dict(facts or {}),
    )
    _begin(case, by=by, starter=starter, reason=reason)
    note_rules(case, rules)
    return case


def _entitled(by: User | None, flow_class: type[CaseFlow], unit: Unit, province: Unit) -> Unit:
    """The unit in whose name the person starts a case; raises Refused."""
    starter = starting_unit(flow_class, unit, province)
    if by is not None and not may(by, flow_class.start_act(), starter.pk):
        raise Refused(_("You may not start cases for %(unit)s.") % {"unit": starter})
    return starter


def _kept(flow_class: type[CaseFlow], rules: CaseRules, units: set[int], **told: Any) -> Case:
    """The case as it is kept, with its number and the units that take part from the start."""
    case = Case(
        flow_class=flow_class,
        code=uuid4().hex[:30],
        opened_on=today(),
        edition=rules.leading.key,
        editions=[edition.key for edition in rules.editions],
        **told,
    )
    insert(case, *(Beside(Participant(unit_id=pk), of="case") for pk in sorted(units)))
    case.code = f"{flow_class.code}-{case.opened_on.year}-{case.pk:05d}"
    update(case, "code")
    return case


def _guard(
    flow_class: type[CaseFlow],
    position: Position | None,
    candidate: Cadre | None,
    province: Unit,
    parent: Case | None,
    by: User | None,
) -> None:
    """Two cases at once, and data that lack a row, stand in the way."""
    if position is not None:
        guard_position(position, reader=by)
        if flow_class.action:
            competence(position.group, flow_class.action, province=province, on=today())
    if candidate is not None and flow_class.moves_people:
        guard_person(candidate, reader=by, but=parent)


def _rules(flow_class: type[CaseFlow], position: Position | None) -> CaseRules:
    state = position is not None and position.kind == Position.Kind.STATE
    return load().for_case(today(), state, flow_class.families)


def starting_unit(flow_class: type[CaseFlow], unit: Unit, province: Unit) -> Unit:
    """The unit in whose name a case of the procedure is started."""
    lane = flow_class.started_in or Lane.OC
    if lane in OWN_UNIT_LANES:
        return unit
    return organ_in_lane(lane, province=province, on=today())


def _begin(case: Case, *, by: User | None, starter: Unit, reason: str) -> None:
    facts = {"position": case.position_id, "editions": case.editions, "title": case.title}
    if case.candidate_id:
        facts["candidate"] = case.candidate_id
    if case.parent_id:
        facts["parent"] = case.parent_id
    role = role_for(by, case.flow_class.start_act(), starter.pk) if by else ""
    record(Event.OPENED, by=by, role=role, case=case, unit=starter, reason=reason, facts=facts)
    with in_role(by, lambda: role):
        case.flow_class.opened(case)
    node = case.flow_class.instance.node(case.flow_class.first)
    opened = list(node.enter(Opening(case, token=Token("start"))))
    if not node.act:  # a row that the system passes by itself
        opened[0]._activate_next(set(opened))
    for activation in opened:
        if node.act and by is not None and not node.why_not(by, activation.task):
            task = activation.task
            task.owner, task.assigned, task.status = by, timezone.now(), STATUS.ASSIGNED
            update(task, "owner", "assigned", "status")
    tell_of(case, by=by)
    announce_on_commit(case)
