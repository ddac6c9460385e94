"""Upload a paper: its type is what its bytes say, not what its name says."""

from datetime import date
from io import BytesIO
from zipfile import BadZipFile, ZipFile

import filetype
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from permissions.catalogue import Act
from permissions.checks import may, role_for, today
from permissions.errors import Conflict, Refused
from permissions.models import User
from processes.audit.models import Event
from processes.audit.trail import record
from processes.cases.bars import personal_bar
from processes.cases.models import Case
from processes.cases.rules import rules_of
from processes.dossiers.models import Document
from processes.dossiers.steps import round_of
from processes.dossiers.store import keep
from processes.organisation.people import Cadre
from processes.rules import UnknownKey

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES = {
    "application/pdf": "pdf",
    DOCX: "docx",
    "image/jpeg": "jpg",
    "image/png": "png",
}


@transaction.atomic
def upload(
    case: Case,
    *,
    by: User,
    item: str,
    file: "File[bytes]",
    issued_on: date,
    cadre: Cadre | None = None,
    step: str = "",
) -> Document:
    """Add a paper about the candidate to the dossier, or a new version of it.

    Raises Refused without the right or in one's own or a relative's case, Conflict when the
    case has ended, and ValidationError for a wrong type, an empty or too large file, an item
    that is not uploaded, or a day in the future.
    """
    case = Case.objects.select_for_update().get(pk=case.pk)
    _guard(by, case)
    title = _title(case, item)
    if issued_on > today():
        raise ValidationError({"issued_on": _("The day of issue cannot be in the future.")})
    content, mime = checked(file)
    document = keep(
        case, content, by=by, item=item, title=title, mime=mime, extension=TYPES[mime],
        issued_on=issued_on, cadre=cadre or case.candidate, step=step or round_of(case),
    )  # fmt: skip
    record(
        Event.UPLOADED,
        by=by,
        role=role_for(by, Act.PREPARE, case.unit_id),
        case=case,
        unit=case.unit,
        step=step,
        documents=[document.sha256],
        facts={"item": item, "version": document.version, "issued_on": issued_on.isoformat()},
    )
    return document


def _guard(user: User, case: Case) -> None:
    if case.finished:
        raise Conflict(_("The case has ended; its dossier is closed."))
    if not may_upload(user, case):
        raise Refused(_("Papers of this case are added by %(unit)s.") % {"unit": case.unit})
    if reason := personal_bar(user, case):
        raise Refused(reason)


def may_upload(user: User, case: Case) -> bool:
    """Papers come from the unit's clerk, its Party committee, and the Organization Committee."""
    if may(user, Act.PREPARE, case.unit_id) or may(user, Act.COMMENT, case.unit_id):
        return True
    units = case.participants.values_list("unit", flat=True)
    return any(may(user, Act.APPRAISE, u) or may(user, Act.CHECK, u) for u in units)


def checked(file: "File[bytes]") -> tuple[bytes, str]:
    """The bytes and the true type of an uploaded file; ValidationError says what to do."""
    if not file.size:
        raise ValidationError({"file": _("The file is empty; choose another.")})
    if file.size > settings.DOCUMENT_MAX_BYTES:
        raise ValidationError(
            {
                "file": _("The file has %(size)s; at most %(limit)s are taken.")
                % {
                    "size": filesizeformat(file.size),
                    "limit": filesizeformat(settings.DOCUMENT_MAX_BYTES),
                }
            }
        )
    content = file.read()
    mime = mime_of(content)
    if mime not in TYPES:
        raise ValidationError(
            {"file": _("This is not a PDF, DOCX, JPEG or PNG file, whatever its name says.")}
        )
    return content, mime


def mime_of(content: bytes) -> str:
    """The type that the bytes show; empty when it is none that we know."""
    kind = filetype.guess_mime(content) or ""
    if kind in ("application/zip", DOCX):
        return DOCX if _is_docx(content) else ""
    return str(kind)


def _is_docx(content: bytes) -> bool:
    """Whether a ZIP file is a text document without macros."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
    except (BadZipFile, OSError, ValueError):
        return False
    return "word/document.xml" in names and "word/vbaProject.bin" not in names


def _title(case: Case, item: str) -> str:
    try:
        asked = rules_of(case).get(f"dossier.items.{item}").value
    except UnknownKey as error:
        raise ValidationError(
            {"item": _("The checklist has no such item; choose one of its items.")}
        ) from error
    if asked["form"] != "upload":
        raise ValidationError(
            {"item": _("This paper is drawn up by its step; choose one that is uploaded.")}
        )
    name = str(asked["name_vi"])
    return name[:1].upper() + name[1:]
