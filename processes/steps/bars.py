"""Why a person may not act although their role would let them: own case, kin, four eyes, level."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from permissions.catalogue import Act
from permissions.models import User
from processes.audit.models import AuditEntry, Event
from processes.cases.bars import personal_bar
from processes.cases.granting import EXCEPT_ACTS, NEVER, granting_body
from processes.cases.models import Case, CaseTask
from processes.organisation.bodies import body_name
from processes.organisation.lookups import NotSetUp

#: Whoever did one of these acts in a case is barred from the act that approves it.
FOUR_EYES: dict[str, frozenset[Act]] = {
    Act.CHECK: frozenset({Act.PREPARE}),
    Act.COMMENT: frozenset({Act.PREPARE}),
    Act.OPINE: frozenset({Act.PREPARE}),
    Act.HEAD_DECIDE: frozenset({Act.PREPARE}),
    Act.APPRAISE: frozenset({Act.PREPARE, Act.CHECK, Act.PLAN_ROTATION}),
    Act.SCHEDULE: frozenset({Act.PREPARE, Act.CHECK}),
    **dict.fromkeys(EXCEPT_ACTS, frozenset({Act.PREPARE, Act.CHECK, Act.APPRAISE})),
    Act.SIGN: frozenset({Act.PREPARE, Act.CHECK, Act.APPRAISE}),
    Act.SIGN_DELEGATED: frozenset({Act.PREPARE, Act.CHECK, Act.APPRAISE}),
    Act.CONCLUDE: frozenset({Act.PREPARE, Act.CHECK, Act.ANSWER}),
    Act.SIGN_OFF: frozenset({Act.EXAMINE}),
    Act.ISSUE: frozenset({Act.PREPARE, Act.CHECK, Act.APPRAISE}),
    Act.RECORD_ANSWER: frozenset({Act.PREPARE, Act.CHECK}),
}


def bar(user: User, case: Case, act: str) -> str:
    """The reason that bars a person from an act in this case; empty when nothing does."""
    reason = why_barred(user, case, own_papers=own_papers(user.pk, case.pk, act).exists())
    return reason or (not_competent(case) if act in EXCEPT_ACTS else "")


def not_competent(case: Case) -> str:
    """Why nobody can enter an exception in this case; empty where a body is there to grant one."""
    if case.position_id is None:
        return _("No conditions of a post are checked in this case, so none can be excepted.")
    try:
        body = granting_body(case)
    except NotSetUp as lack:
        return str(lack)
    if body in NEVER:
        said = _("“%(body)s” decides on nobody; put the competence matrix right.")
        return said % {"body": body_name(body)}
    return ""


def why_barred(user: User, case: Case, *, own_papers: bool, personal: str | None = None) -> str:
    """The same, for whoever knows already whether the person prepared what the act approves.

    `personal` is what `personal_bar` says, where it has been asked already.
    No family ties at any stage: Quy định 114-QĐ/TW (2023). Nobody in their own case, and
    whoever prepared a paper does not approve it: control of power in the same regulation.
    """
    if reason := personal_bar(user, case) if personal is None else personal:
        return reason
    if own_papers:
        return _("You prepared papers of this case; another person must approve them.")
    return ""


def own_papers(person: int | None, case: Any, act: str) -> QuerySet[CaseTask]:
    """What the person did in a case that bars them from the act; `case` may be an OuterRef.

    What a deputy did counts for both, and what was prepared for another counts for whoever
    prepared it.
    """
    former = FOUR_EYES.get(act, {"nothing"})  # never empty, so that the statement stays one
    return _done_by(person).filter(process=case, act__in=former)


def acts_done(person: int, cases: Iterable[int]) -> dict[int, set[str]]:
    """By which acts the person had a part in each of these cases, as `own_papers` counts them."""
    found: dict[int, set[str]] = {}
    done = _done_by(person).filter(process__in=cases).values_list("process", "act").distinct()
    for case, act in done:
        found.setdefault(case, set()).add(act)
    return found


def _done_by(person: int | None) -> QuerySet[CaseTask]:
    handed_in = AuditEntry.objects.filter(
        case=OuterRef("process"), task=OuterRef("pk"), event=Event.PREPARED, by=person
    )
    done = CaseTask.objects.filter(
        Q(owner=person) | Q(behalf=person) | Exists(handed_in), finished__isnull=False, seat=""
    )
    return done.exclude(outcome="")
