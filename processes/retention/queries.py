"""Who may order, approve and stop an erasure, and what stands in its way."""

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from permissions.catalogue import Act
from permissions.checks import today, units_where
from permissions.models import User
from processes.cases.bars import closed_cases, family_of, personal_bar
from processes.cases.erasure import ErasureOrder, LegalHold
from processes.cases.models import Case
from processes.cases.people import may_read_record, people_for
from processes.emergency.queries import provinces_where
from processes.organisation.people import Cadre
from processes.organisation.staffing import held_on
from processes.retention.content import Kind, Place
from processes.talk.models import Comment, CommentVersion

Subject = Case | Cadre
#: Ways from a case to the people about whom it says something.
PEOPLE = (
    "candidate", "roster__cadre", "inspectionfindings__cadre", "found_by__cadre",
    "missions__reviews__findings__cadre",
)  # fmt: skip


def takes_part(user: User) -> bool:
    """Whether the pages of retention are of any use to the person."""
    return bool(units_where(user, Act.ASK_ERASURE, Act.APPROVE_ERASURE, Act.PRESERVE, Act.INSPECT))


def orders_known_to(user: User) -> QuerySet[ErasureOrder]:
    """Orders of the provinces in which the person approves or inspects; latest first.

    Whoever only asks knows of their own, and of those about what they may read.
    """
    known = _known(user) | Q(asked_by=user.pk, province__in=provinces_where(user, Act.ASK_ERASURE))
    found = _without_own(ErasureOrder.objects.filter(known), user)
    found = found.select_related("case", "cadre", "asked_by", "answered_by")
    return found.order_by("-pk")


def holds_known_to(user: User) -> QuerySet[LegalHold]:
    """Legal holds that the person may know of in the same way; those in force first."""
    found = _without_own(LegalHold.objects.filter(_known(user)), user)
    rows = found.select_related("case", "cadre", "placed_by", "lifted_by")
    return rows.order_by("lifted_at", "-pk")


def why_not_ask(user: User, subject: Subject) -> str:
    """Why the person may not ask that content of this case or record be erased."""
    if province_of(subject) not in provinces_where(user, Act.ASK_ERASURE):
        return _(
            "Erasure is asked for by specialists of the Organization and Inspection Committees."
        )
    if not may_read(user, subject):
        if isinstance(subject, Case):
            return _("You take no part in this case.")
        return _("You do not read the record of this person.")
    return own_bar(user, subject) or why_stays(subject)


def why_not_approve(user: User, order: ErasureOrder) -> str:
    """Why the person may not approve or deny it; two people always, never one."""
    if order.province_id not in provinces_where(user, Act.APPROVE_ERASURE):
        return _("Erasure is approved by the head of the Organization Committee or a secretary.")
    if order.asked_by_id == user.pk:
        return _("A second person approves what you ask for.")
    if order.answered_by_id:
        return _("It has been answered already.")
    return own_bar(user, subject_of(order))


def why_not_revoke(user: User, order: ErasureOrder) -> str:
    """Why the person may not stop it for good: who asked, whoever approves, and inspectors may."""
    if order.over:
        return _("This order is over already.")
    stops = provinces_where(user, Act.APPROVE_ERASURE) | provinces_where(user, Act.PRESERVE)
    if order.asked_by_id == user.pk or order.province_id in stops:
        return ""
    return _("Who asked, whoever approves, and inspectors revoke it.")


def why_not_preserve(user: User, province: int) -> str:
    """Why the person may not place or lift legal holds in a province."""
    if province in provinces_where(user, Act.PRESERVE):
        return ""
    return _("Legal holds are placed and lifted by inspectors and the Inspection Committee.")


def why_stays(subject: Subject) -> str:
    """Why nothing of it may be erased at present; empty where nothing stands in the way."""
    if isinstance(subject, Case):
        if not subject.finished:
            return _("The case goes on; what it rests on stays until it has ended.")
    elif _in_use(subject):
        return _("The person holds a post or is in a case that goes on; the record stays.")
    hold = _hold_on(subject)
    if hold is not None:
        return _("A legal hold stands in the way: %(basis)s.") % {"basis": hold.basis}
    return _inspected(subject)


def may_read(user: User, subject: Subject) -> bool:
    """Whether the person reads it by their own rights; an emergency access lets read, no more."""
    if isinstance(subject, Case):
        return Case.objects.visible_by_rights(user).filter(pk=subject.pk).exists()
    return may_read_record(user, subject)


def as_read_by(user: User, subject: Subject, places: Iterable[Place]) -> list[Place]:
    """The same places, without what stands there where the person does not read it.

    Whoever approves or inspects knows of every order, also about a case that they may not read;
    and notes of other units and withdrawn comments are not read by everybody who reads the case.
    """
    if not may_read(user, subject):
        return [replace(one, text="") for one in places]
    closed = _closed_texts(user, subject) if isinstance(subject, Case) else set()
    return [
        replace(one, text="") if one.kind == Kind.COMMENT and one.number in closed else one
        for one in places
    ]


def own_bar(user: User, subject: Subject) -> str:
    """Why the person must keep out of it: it is their own or a relative's."""
    if isinstance(subject, Case):
        return personal_bar(user, subject)
    if subject.pk in family_of(user).all:
        return _("It is about you or a relative of yours.")
    return ""


def subject_of(row: ErasureOrder | LegalHold) -> Subject:
    """What an order or a hold is about."""
    found = row.case or row.cadre
    assert found is not None  # noqa: S101 -- the database sees to it
    return found


def province_of(subject: Subject) -> int:
    """The province to which a case or a person belongs."""
    if isinstance(subject, Case):
        return subject.province_id
    return subject.unit.province_id or subject.unit_id


def _known(user: User) -> Q:
    """Orders and holds of which the person may know, but for who asked."""
    acts = (Act.APPROVE_ERASURE, Act.PRESERVE)
    wide = set().union(units_where(user, Act.INSPECT), *(provinces_where(user, a) for a in acts))
    readable = Case.objects.visible_by_rights(user).order_by().values("pk")
    read = Q(case__in=readable) | Q(cadre__in=people_for(user).order_by().values("pk"))
    return Q(province__in=wide) | Q(province__in=provinces_where(user, Act.ASK_ERASURE)) & read


def _without_own(rows: QuerySet, user: User) -> QuerySet:  # type: ignore[type-arg]
    """Without what is about the person or their relatives."""
    about = Q(cadre__in=family_of(user).all) | Q(case__in=closed_cases(user))
    return rows.exclude(about) if family_of(user).all else rows


def _closed_texts(user: User, case: Case) -> set[int]:
    """Versions of comments that the person does not read."""
    read = Comment.objects.filter(case=case).visible_to(user)
    if case.province_id not in units_where(user, Act.INSPECT):
        read = read.exclude(versions__withdrawn=True)
    closed = CommentVersion.objects.filter(comment__case=case).exclude(comment__in=read)
    return set(closed.values_list("pk", flat=True))


def _in_use(cadre: Cadre) -> bool:
    """Whether decisions about the person still rest on the record."""
    goes_on = Case.objects.filter(finished__isnull=True)
    if goes_on.filter(Q(candidate=cadre) | Q(roster__cadre=cadre, roster__listed=True)).exists():
        return True
    return bool(cadre.posthelds.filter(held_on(today())).exists())


def _hold_on(subject: Subject) -> LegalHold | None:
    """The hold on a case is also one on the people whom it is about, and the other way round."""
    if isinstance(subject, Case):
        this = Case.objects.filter(pk=subject.pk).order_by()
        people = set().union(*(this.values_list(way, flat=True) for way in PEOPLE)) - {None}
        about = Q(case=subject) | Q(cadre__in=people)
    else:
        about = Q(cadre=subject) | _of_cases("case", subject)
    return LegalHold.objects.in_force().filter(about).order_by("pk").first()


def _inspected(subject: Subject) -> str:
    """Whether an inspection that goes on looks at it."""
    if isinstance(subject, Case):
        about = Q(inspected__case=subject)
    else:
        about = _of_cases("inspected__case", subject) | Q(inspectionfindings__cadre=subject)
    found = Case.objects.filter(about, finished__isnull=True).order_by("pk").first()
    if found is None:
        return ""
    return _("Inspection %(code)s looks at it and goes on.") % {"code": found.code}


def _of_cases(column: str, cadre: Cadre) -> Q:
    """Whether a column points to a case about the person."""
    about = Q()
    for way in PEOPLE:
        cases = Case.objects.filter(**{way: cadre}).order_by()
        about |= Q(**{f"{column}__in": cases.values("pk")})
    return about
