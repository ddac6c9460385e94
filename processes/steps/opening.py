"""How a case begins: the position, the edition in force, the first task."""

from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from viewflow.workflow.status import STATUS
from viewflow.workflow.token import Token

from permissions.catalogue import Act
from permissions.checks import may, role_for, today
from permissions.errors import Refused
from permissions.models import User
from processes.audit.models import Event
from processes.audit.trail import record
from processes.cases.announce import announce_on_commit
from processes.cases.models import Case, Participant
from processes.cases.rules import note_rules
from processes.organisation.lookups import competence
from processes.organisation.positions import Position
from processes.rules import load
from processes.steps.base import Opening
from processes.steps.flow import CaseFlow

FAMILY = "appointment"
DECREES = "state_post"


@transaction.atomic
def open_case(
    flow_class: type[CaseFlow],
    *,
    by: User,
    position: Position,
    secrecy: str = Case.Secrecy.INTERNAL,
    reason: str = "",
) -> Case:
    """Start a case about a position under the edition in force today.

    Raises Refused without the right, and ValidationError when a case about the position is
    open already; NotSetUp or NoEdition where data lack what the procedure needs.
    """
    unit, on = position.unit, today()
    _guard(position, by)
    province = unit.province or unit
    competence(position.group, flow_class.action, province=province, on=on)
    state = position.kind == Position.Kind.STATE
    rules = load().for_case(on, state)
    case = Case.objects.create(
        flow_class=flow_class,
        code=uuid4().hex[:30],
        position=position,
        unit=unit,
        province=province,
        opened_by=by,
        opened_on=on,
        edition=rules.appointment.key,
        decree=rules.decree.key if rules.decree else "",
        secrecy=secrecy,
    )
    case.code = f"{flow_class.code}-{on.year}-{case.pk:05d}"
    case.save(update_fields=["code"])
    Participant.objects.create(case=case, unit=unit)
    _begin(case, by=by, reason=reason)
    note_rules(case, rules)
    return case


def _guard(position: Position, by: User) -> None:
    if not may(by, Act.START_CASE, position.unit_id):
        raise Refused(_("You may not start cases for %(unit)s.") % {"unit": position.unit})
    Position.objects.select_for_update().get(pk=position.pk)
    rival = Case.objects.filter(position=position, finished__isnull=True).first()
    if rival:
        raise ValidationError(
            _("Case %(code)s about this position is open; finish it first.") % {"code": rival.code}
        )


def _begin(case: Case, *, by: User, reason: str) -> Any:
    facts = {"position": case.position_id, "decree": case.decree}
    role = role_for(by, Act.START_CASE, case.unit_id)
    record(Event.OPENED, by=by, role=role, case=case, unit=case.unit, reason=reason, facts=facts)
    node = case.flow_class.instance.node(case.flow_class.first)
    activation = node.activation_class.create(node, Opening(case), Token("start"))
    task = activation.task
    task.owner, task.assigned, task.status = by, timezone.now(), STATUS.ASSIGNED
    task.save(update_fields=["owner", "assigned", "status"])
    announce_on_commit(case)
    return activation
