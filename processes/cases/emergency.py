"""Whether somebody reads a case by an emergency access and by nothing else."""

from permissions.checks import emergencies_of
from permissions.models import EmergencyAccess, User
from processes.cases.models import Case


def emergency_for(user: User, case: Case) -> EmergencyAccess | None:
    """The access under which the person reads the case; None where their rights let them.

    Costs nothing for whoever has no access that is open.
    """
    found = next((one for one in emergencies_of(user) if one.case_id == case.pk), None)
    if found is None or Case.objects.all().visible_by_rights(user).filter(pk=case.pk).exists():
        return None
    return found


def mark(user: User, case: Case) -> dict[str, int]:
    """What an entry says of it: the number of the access, or nothing."""
    found = emergency_for(user, case)
    return {"emergency": found.pk} if found else {}
