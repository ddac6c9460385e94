"""The only writers of emergency accesses: ask, approve, deny, end; each tells the inspectors."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from permissions.catalogue import Act
from permissions.checks import forget_rights, holders, may, role_for, units_where
from permissions.errors import Conflict, Refused
from permissions.models import EmergencyAccess, User
from processes.audit.models import Event
from processes.audit.trail import record
from processes.cases.bars import personal_bar
from processes.cases.models import Case
from processes.emergency.queries import why_not_answer, why_not_end
from processes.notices.kinds import Kind
from processes.notices.writers import notify
from processes.organisation.units import Unit


@transaction.atomic
def ask(province: Unit, *, by: User, code: str, reason: str, hours: int) -> EmergencyAccess:
    """Ask to read a case. Whether there is such a case, whoever approves is told and nobody else.

    Raises Refused without the right.
    """
    if not may(by, Act.ASK_EMERGENCY, province.pk):
        raise Refused(_("You may not ask for emergency access in this province."))
    access = EmergencyAccess.objects.create(
        reader=by, province=province, code=code.strip().upper(), reason=reason, hours=hours
    )
    _tell(Event.EMERGENCY_ASKED, access, by, Act.ASK_EMERGENCY, reason=reason)
    return access


@transaction.atomic
def approve(access: EmergencyAccess, *, by: User) -> EmergencyAccess:
    """Let somebody read one case from now on, for the hours asked for.

    Raises Refused and Conflict as `why_not_answer` says, and where the case is the approver's or
    the reader's own or a relative's; ValidationError where the province has no such case.
    """
    access = _waiting(access, by)
    case = Case.objects.filter(code=access.code, province=access.province_id).first()
    if case is None:
        raise ValidationError(
            _("No case of the province has the number %(code)s; deny it.") % {"code": access.code}
        )
    if reason := personal_bar(by, case) or personal_bar(access.reader, case):
        raise Refused(reason)
    now = timezone.now()
    access.answered_by, access.answered_at, access.case = by, now, case
    access.until = now + timedelta(hours=access.hours)
    access.until_on = timezone.localtime(access.until).date()
    access.save()
    forget_rights(access.reader)
    _tell(Event.EMERGENCY_OPENED, access, by, Act.APPROVE_EMERGENCY, reason=access.reason)
    return access


@transaction.atomic
def deny(access: EmergencyAccess, *, by: User, answer: str) -> EmergencyAccess:
    """Refuse what was asked for, with the reason. Raises as `approve` does."""
    access = _waiting(access, by)
    access.answered_by, access.answered_at, access.answer = by, timezone.now(), answer
    access.save()
    _tell(Event.EMERGENCY_DENIED, access, by, Act.APPROVE_EMERGENCY, reason=answer)
    return access


@transaction.atomic
def end(access: EmergencyAccess, *, by: User) -> EmergencyAccess:
    """End it before its time. Raises Refused and Conflict."""
    access = _locked(access)
    if reason := why_not_end(by, access):
        raise (Conflict if access.ended_at else Refused)(reason)
    access.ended_at, access.ended_by = timezone.now(), by
    access.save(update_fields=["ended_at", "ended_by"])
    forget_rights(access.reader)
    _tell(Event.EMERGENCY_ENDED, access, by, Act.APPROVE_EMERGENCY)
    return access


def _locked(access: EmergencyAccess) -> EmergencyAccess:
    rows = EmergencyAccess.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("reader", "province").get(pk=access.pk)


def _waiting(access: EmergencyAccess, by: User) -> EmergencyAccess:
    access = _locked(access)
    if reason := why_not_answer(by, access):
        raise (Conflict if access.answered_by_id else Refused)(reason)
    return access


def _tell(event: Event, access: EmergencyAccess, by: User, act: Act, *, reason: str = "") -> None:
    """The entry in the chain of the case, or the site's, and a notice to every inspector at once.

    Who approves is told of what waits for them, and the reader of the answer.
    """
    unit = min(units_where(by, act), default=None)
    facts: dict[str, int | str] = {
        "emergency": access.pk,
        "user": access.reader_id,
        "hours": access.hours,
    }
    facts |= {"codes": access.code}
    if access.until:
        facts["until_time"] = access.until.isoformat()
    record(event, by=by, role=role_for(by, act, unit), case=access.case, unit=access.province,
           reason=reason, facts=facts)  # fmt: skip
    told = {*holders(Act.INSPECT, [access.province_id]), access.reader}
    if event == Event.EMERGENCY_ASKED:
        units = Unit.objects.filter(province=access.province_id).values_list("pk", flat=True)
        told |= set(holders(Act.APPROVE_EMERGENCY, units))
    notify(Kind.EMERGENCY, told, key=f"{event}:{access.pk}", by=by, case=access.case,
           facts={"emergency": access.pk, "event": event.value})  # fmt: skip
