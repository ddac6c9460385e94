"""Open a paper: only who may see the case, and never without an entry."""

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from permissions.catalogue import TELLER, Act
from permissions.checks import role_held
from permissions.errors import Personal
from permissions.models import User
from processes.audit.models import Event
from processes.audit.trail import record
from processes.cases.bars import personal_bar
from processes.cases.emergency import mark
from processes.cases.models import Case
from processes.conferences.queries import result_visible_to
from processes.dossiers.models import Document
from processes.dossiers.steps import meeting_of
from processes.dossiers.store import content_of


@transaction.atomic
def open_document(document: Document, *, by: User) -> bytes:
    """The bytes of a paper for a person who may see its case, with an entry in the trail.

    Raises Refused for whom the case is about and for their relatives, Http404 for everybody
    who may not know of the paper, and store.Altered when the file was changed.
    """
    case = Case.objects.visible_to(by).filter(pk=document.case_id).first()
    if case is None or not may_open(by, case, document):
        raise Http404(_("There is no such document."))
    if reason := personal_bar(by, case):
        raise Personal(reason)
    content = content_of(document)
    record(
        Event.DOWNLOADED,
        by=by,
        role=reader_role(by, case),
        case=case,
        unit=case.unit,
        documents=[document.sha256],
        facts={"item": document.item, "version": document.version} | mark(by, case),
    )
    return content


def may_open(user: User, case: Case, document: Document) -> bool:
    """Count minutes are for those who may see the result (procedures.md 12.8.4)."""
    if document.item != "vote_summary":
        return True
    meeting = meeting_of(case, document.step)
    return meeting is not None and result_visible_to(meeting, user)


def reader_role(user: User, case: Case) -> str:
    """The role in which a person reads the case; for whoever has none there, a teller's seat."""
    units = set(case.participants.values_list("unit", flat=True)) | {case.province_id}
    role, _unit = role_held(user, units, Act.READ, Act.INSPECT)
    if not role and case.task_set.filter(owner=user, seat=TELLER).exists():
        return TELLER
    return role
