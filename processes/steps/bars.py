"""Why a person may not act although their role would let them: own case, kin, four eyes."""

from django.utils.translation import gettext as _

from permissions.catalogue import Act
from permissions.models import User
from processes.cases.models import Case, CaseTask, RosterLine
from processes.organisation.lookups import kin_of

#: Whoever did one of these acts in a case is barred from the act that approves it.
FOUR_EYES: dict[str, frozenset[Act]] = {
    Act.CHECK: frozenset({Act.PREPARE}),
    Act.COMMENT: frozenset({Act.PREPARE}),
    Act.OPINE: frozenset({Act.PREPARE}),
    Act.HEAD_DECIDE: frozenset({Act.PREPARE}),
    Act.APPRAISE: frozenset({Act.PREPARE, Act.CHECK}),
    Act.SCHEDULE: frozenset({Act.PREPARE, Act.CHECK}),
    Act.EXCEPT: frozenset({Act.PREPARE, Act.CHECK, Act.APPRAISE}),
    Act.SIGN: frozenset({Act.PREPARE, Act.CHECK, Act.APPRAISE}),
    Act.ISSUE: frozenset({Act.PREPARE, Act.CHECK, Act.APPRAISE}),
}


def bar(user: User, case: Case, act: str) -> str:
    """The reason that bars a person from an act in this case; empty when nothing does.

    No family ties at any stage: Quy định 114-QĐ/TW (2023). Nobody in their own case, and
    whoever prepared a paper does not approve it: control of power in the same regulation.
    """
    return _personal(user, case) or _four_eyes(user, case, act)


def concerned(case: Case) -> set[int]:
    """Numbers of the cadres whom the case is about: the candidate, before that the roster."""
    if case.candidate_id:
        return {case.candidate_id}
    lines = case.roster.filter(round=case.round, stage=RosterLine.Stage.ROSTER, listed=True)
    return set(lines.values_list("cadre", flat=True))


def _personal(user: User, case: Case) -> str:
    cadre = getattr(user, "cadre", None)
    people = concerned(case) if cadre else set()
    if cadre and cadre.pk in people:
        return _("This case is about you.")
    if cadre and people and cadre.pk in kin_of(people):
        return _("A relative of yours is a candidate in this case.")
    return ""


def _four_eyes(user: User, case: Case, act: str) -> str:
    former = FOUR_EYES.get(act)
    if not former:
        return ""
    done = CaseTask.objects.filter(
        process=case, owner=user, act__in=former, finished__isnull=False, seat=""
    )
    if done.exclude(outcome="").exists():
        return _("You prepared papers of this case; another person must approve them.")
    return ""
