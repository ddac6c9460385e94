"""Why a person may not act although their role would let them: own case, kin, four eyes."""

from django.utils.translation import gettext as _

from permissions.catalogue import Act
from permissions.models import User
from processes.cases.bars import personal_bar
from processes.cases.models import Case, CaseTask

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
    return personal_bar(user, case) or _four_eyes(user, case, act)


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
