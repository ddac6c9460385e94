"""Who has read, and who was refused: one entry for each person, subject and day is legible."""

from datetime import datetime, time

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from permissions.catalogue import GRANTS, Act, Role
from permissions.checks import holdings_of, role_held, today
from permissions.models import User
from processes.audit.models import SITE_CHAIN, AuditEntry, Event
from processes.audit.trail import record
from processes.cases.emergency import mark
from processes.cases.models import Case
from processes.dossiers.access import reader_role
from processes.organisation.people import Cadre
from processes.organisation.units import Unit


def note_reading(case: Case, *, by: User) -> None:
    """Record that the person read the dossier, once a day; under an emergency access each time."""
    if note_emergency(case, by=by) or noted_today(Event.READ, case, by=by):
        return
    with transaction.atomic():
        record(Event.READ, by=by, role=reader_role(by, case), case=case, unit=case.unit)


def note_emergency(case: Case, *, by: User) -> bool:
    """Record a reading under an emergency access, once a request; whether it is one."""
    told = case.__dict__.setdefault("_emergency", None)
    if told is None:
        facts = mark(by, case)
        told = case.__dict__["_emergency"] = bool(facts)
        if facts:
            with transaction.atomic():
                role = reader_role(by, case)
                record(Event.READ, by=by, role=role, case=case, unit=case.unit, facts=facts)
    return bool(told)


def noted_today(event: Event, case: Case, *, by: User) -> bool:
    """Whether the person has such an entry in the case today."""
    return _today(event, by).filter(case=case).exists()


def note_record_read(cadre: Cadre, *, by: User) -> None:
    """Record that the person read the record of a cadre, once a day."""
    _note(Event.READ, cadre, by=by)


def note_record_refused(cadre: Cadre, *, by: User, reason: str) -> None:
    """Record that the record of a cadre was closed to the person, once a day."""
    _note(Event.REFUSED, cadre, by=by, reason=reason)


def note_page_refused(page: str, *, by: User, reason: str) -> None:
    """Record that a page was closed to the person, once a day."""
    if _today(Event.REFUSED, by).filter(chain=SITE_CHAIN, facts__page=page).exists():
        return
    role, place = role_held(by)
    unit = Unit.objects.filter(pk=place).first()
    with transaction.atomic():
        record(Event.REFUSED, by=by, role=role, unit=unit, reason=reason, facts={"page": page})


def _note(event: Event, cadre: Cadre, *, by: User, reason: str = "") -> None:
    if _today(event, by).filter(chain=SITE_CHAIN, facts__cadre=cadre.pk).exists():
        return
    role = _reader(by) or role_held(by, {cadre.unit_id, cadre.unit.province_id})[0]
    with transaction.atomic():
        facts = {"cadre": cadre.pk}
        record(event, by=by, role=role, unit=cadre.unit, reason=reason, facts=facts)


def _reader(user: User) -> str:
    """The role in which a person reads records."""
    held = {role for role, _unit in holdings_of(user)}
    return next((r for r in Role if r in held and Act.READ_PEOPLE in GRANTS[r]), "")


def _today(event: Event, by: User) -> QuerySet[AuditEntry]:
    midnight = timezone.make_aware(datetime.combine(today(), time.min))
    return AuditEntry.objects.filter(event=event, by=by, at__gte=midnight)
