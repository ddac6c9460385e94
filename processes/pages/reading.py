"""Who has read a dossier: one entry for each person, case and day keeps the trail legible."""

from datetime import datetime, time

from django.db import transaction
from django.utils import timezone

from permissions.checks import today
from permissions.models import User
from processes.audit.models import Event
from processes.audit.trail import record
from processes.cases.models import Case


def note_reading(case: Case, *, by: User) -> None:
    """Record that the person read the dossier, once a day."""
    if noted_today(Event.READ, case, by=by):
        return
    with transaction.atomic():
        record(Event.READ, by=by, case=case, unit=case.unit)


def noted_today(event: Event, case: Case, *, by: User) -> bool:
    """Whether the person has such an entry in the case today."""
    midnight = timezone.make_aware(datetime.combine(today(), time.min))
    return case.entries.filter(event=event, by=by, at__gte=midnight).exists()
