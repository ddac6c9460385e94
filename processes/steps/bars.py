"""Why a person may not act although their role would let them: own case, kin, four eyes, level."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Case as Conditional
from django.db.models import Exists, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from permissions.catalogue import OWN_UNIT_LANES, Act
from permissions.models import User
from processes.audit.models import AuditEntry, Event
from processes.cases.bars import personal_bar
from processes.cases.granting import EXCEPT_ACTS, NEVER, granting_body
from processes.cases.models import Case, CaseTask
from processes.dossiers.models import Document
from processes.organisation.bodies import body_name
from processes.organisation.lookups import NotSetUp

#: Adding a paper to a dossier is no step, yet whoever does it does not judge the dossier. Where no
#: unit compiles it, whoever checks it does (`COMPILE` is what a unit does).
UPLOAD, COMPILE = "upload", "compile"

#: Whoever did one of these acts in a case is barred from the act that approves it.
FOUR_EYES: dict[str, frozenset[str]] = {
    Act.CHECK: frozenset({Act.PREPARE, COMPILE}),
    Act.COMMENT: frozenset({Act.PREPARE}),
    Act.OPINE: frozenset({Act.PREPARE}),
    Act.HEAD_DECIDE: frozenset({Act.PREPARE}),
    Act.APPRAISE: frozenset({Act.PREPARE, UPLOAD, Act.CHECK, Act.PLAN_ROTATION}),
    Act.SCHEDULE: frozenset({Act.PREPARE, UPLOAD, Act.CHECK}),
    **dict.fromkeys(EXCEPT_ACTS, frozenset({Act.PREPARE, UPLOAD, Act.CHECK, Act.APPRAISE})),
    Act.SIGN: frozenset({Act.PREPARE, UPLOAD, Act.CHECK, Act.APPRAISE}),
    Act.SIGN_DELEGATED: frozenset({Act.PREPARE, UPLOAD, Act.CHECK, Act.APPRAISE}),
    Act.CONCLUDE: frozenset({Act.PREPARE, UPLOAD, Act.CHECK, Act.ANSWER}),
    Act.SIGN_OFF: frozenset({Act.EXAMINE}),
    Act.ISSUE: frozenset({Act.PREPARE, UPLOAD, Act.CHECK, Act.APPRAISE}),
    Act.RECORD_ANSWER: frozenset({Act.PREPARE, UPLOAD, Act.CHECK}),
}


def bar(user: User, case: Case, act: str) -> str:
    """The reason that bars a person from an act in this case; empty when nothing does."""
    own = own_papers(user.pk, case.pk, act).exists() or own_uploads(user.pk, case.pk, act).exists()
    reason = why_barred(user, case, own_papers=own)
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


def own_uploads(person: int | None, case: Any, act: str) -> QuerySet[Document]:
    """The papers that the person added to a case, where that bars them from the act."""
    former, added = FOUR_EYES.get(act, frozenset()), _added_by(person).filter(case=case)
    if UPLOAD in former:
        return added
    return added.filter(_by_a_unit()) if COMPILE in former else Document.objects.none()


def _added_by(person: int | None) -> QuerySet[Document]:
    return Document.objects.filter(uploaded_by=person, generated=False)


def _by_a_unit() -> Q:
    """Papers of procedures whose dossiers units compile."""
    from processes.steps.flow import CaseFlow

    flows = [one for one in CaseFlow.__subclasses__() if one.started_in in OWN_UNIT_LANES]
    return Q(case__flow_class__in=flows)


def uploads_in(cases: Iterable[int]) -> QuerySet[Document]:
    """The papers that people have added to these cases."""
    return Document.objects.filter(generated=False, case__in=cases)


def counts_as() -> Conditional:
    """Which act adding a paper counts as, of each in a query."""
    return Conditional(When(_by_a_unit(), then=Value(COMPILE)), default=Value(UPLOAD))


def acts_done(person: int, cases: Iterable[int]) -> dict[int, set[str]]:
    """By which acts the person had a part in each of these cases, as `own_papers` counts them."""
    found: dict[int, set[str]] = {}
    added = uploads_in(cases).filter(uploaded_by=person).values_list("case", counts_as())
    done = _done_by(person).filter(process__in=cases).values_list("process", "act")
    for case, act in done.union(added):
        found.setdefault(case, set()).update({act, UPLOAD} if act == COMPILE else {act})
    return found


def _done_by(person: int | None) -> QuerySet[CaseTask]:
    handed_in = AuditEntry.objects.filter(
        case=OuterRef("process"), task=OuterRef("pk"), event=Event.PREPARED, by=person
    )
    done = CaseTask.objects.filter(
        Q(owner=person) | Q(behalf=person) | Exists(handed_in), finished__isnull=False, seat=""
    )
    return done.exclude(outcome="")
