"""Why a person may not act although their role would let them: own case, kin, four eyes."""

from typing import Any

from django.db.models import QuerySet
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
    """The reason that bars a person from an act in this case; empty when nothing does."""
    return why_barred(user, case, own_papers=own_papers(user.pk, case.pk, act).exists())


def why_barred(user: User, case: Case, *, own_papers: bool) -> str:
    """The same, for whoever knows already whether the person prepared what the act approves.

    No family ties at any stage: Quy định 114-QĐ/TW (2023). Nobody in their own case, and
    whoever prepared a paper does not approve it: control of power in the same regulation.
    """
    if reason := personal_bar(user, case):
        return reason
    if own_papers:
        return _("You prepared papers of this case; another person must approve them.")
    return ""


def own_papers(person: int | None, case: Any, act: str) -> QuerySet[CaseTask]:
    """What the person did in a case that bars them from the act; `case` may be an OuterRef."""
    former = FOUR_EYES.get(act, {"nothing"})  # never empty, so that the statement stays one
    done = CaseTask.objects.filter(
        process=case, owner=person, act__in=former, finished__isnull=False, seat=""
    )
    return done.exclude(outcome="")
