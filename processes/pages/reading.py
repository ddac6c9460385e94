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
    midnight = timezone.make_aware(datetime.combine(today(), time.min))
    if case.entries.filter(event=Event.READ, by=by, at__gte=midnight).exists():
        return
    with transaction.atomic():
        record(Event.READ, by=by, case=case, unit=case.unit)
