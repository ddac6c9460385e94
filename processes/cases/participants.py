"""Which units take part in a case: whoever has had a step of it."""

from django.db import connection

from permissions.compiled import execute
from processes.cases.models import Case, Participant

#: Written out, because every decision waits for it: Django would build it anew for each step.
_TAKE_PART = (
    f"INSERT INTO {Participant._meta.db_table} (case_id, unit_id)"  # noqa: S608 -- no value in it
    " VALUES (%s, %s) ON CONFLICT (unit_id, case_id) DO NOTHING"
)


def take_part(case: Case, unit_id: int) -> None:
    """Let the unit take part in the case from now on; nothing happens where it does already."""
    with connection.cursor() as cursor:
        execute(cursor, _TAKE_PART, [case.pk, unit_id])
