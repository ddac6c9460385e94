"""Whom a case is about, and why they and their relatives stay out of it."""

from django.utils.translation import gettext as _

from permissions.models import User
from processes.cases.models import Case, RosterLine
from processes.organisation.lookups import kin_of


def concerned(case: Case) -> set[int]:
    """Numbers of the cadres whom the case is about: the candidate, before that the roster."""
    if case.candidate_id:
        return {case.candidate_id}
    lines = case.roster.filter(round=case.round, stage=RosterLine.Stage.ROSTER, listed=True)
    return set(lines.values_list("cadre", flat=True))


def personal_bar(user: User, case: Case) -> str:
    """Why a person must keep out of this case, own or a relative's; empty when nothing bars.

    No family ties at any stage, and nobody in their own case: Quy định 114-QĐ/TW (2023).
    """
    cadre = getattr(user, "cadre", None)
    people = concerned(case) if cadre else set()
    if cadre and cadre.pk in people:
        return _("This case is about you.")
    if cadre and people and cadre.pk in kin_of(people):
        return _("A relative of yours is a candidate in this case.")
    return ""
