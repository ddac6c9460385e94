"""Open a paper: only who may see the case, and never without an entry."""

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from permissions.catalogue import Act
from permissions.checks import may, units_where
from permissions.models import User
from processes.audit.models import Event
from processes.audit.trail import record
from processes.cases.models import Case
from processes.dossiers.models import Document
from processes.dossiers.store import content_of


@transaction.atomic
def open_document(document: Document, *, by: User) -> bytes:
    """The bytes of a paper for a person who may see its case, with an entry in the trail.

    Raises Http404 for everybody else, and store.Altered when the file was changed.
    """
    case = Case.objects.visible_to(by).filter(pk=document.case_id).first()
    if case is None or not may_open(by, case, document):
        raise Http404(_("There is no such document."))
    content = content_of(document)
    record(
        Event.DOWNLOADED,
        by=by,
        case=case,
        unit=case.unit,
        documents=[document.sha256],
        facts={"item": document.item, "version": document.version},
    )
    return content


def may_open(user: User, case: Case, document: Document) -> bool:
    """Count minutes of a result that is not announced stay with those who may know it."""
    if document.item != "vote_summary":
        return True
    meeting = case.conferences.filter(code=document.step.partition("/")[0]).first()
    announced = meeting is not None and meeting.announced
    hidden = units_where(user, Act.READ_HIDDEN)
    return announced or bool(hidden) or may(user, Act.CONDUCT, case.unit_id)
