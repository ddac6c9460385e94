"""Upload a paper: its type is what its bytes say, not what its name says."""

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

import filetype
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.db.models import QuerySet
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from permissions.catalogue import Act
from permissions.checks import may, role_for, today
from permissions.errors import Conflict, Personal, Refused
from permissions.models import User
from processes.audit.models import Event
from processes.audit.trail import record
from processes.cases.bars import personal_bar
from processes.cases.models import Case, RosterLine
from processes.dossiers.checklist import items_of
from processes.dossiers.models import Document
from processes.dossiers.steps import round_of
from processes.dossiers.store import keep
from processes.organisation.people import Cadre
from processes.organisation.units import Unit

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
    that is not uploaded, a day in the future, or a personal paper that is nobody's.
    """
    case = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    _guard(by, case)
    asked = _asked(case, item)
    owner = _owner(case, asked, cadre)
    if issued_on > today():
        raise ValidationError({"issued_on": _("The day of issue cannot be in the future.")})
    content, mime = checked(file)
    document = keep(
        case, content, by=by, item=item, title=_title(asked), mime=mime, extension=TYPES[mime],
        issued_on=issued_on, cadre=owner, step=step or round_of(case),
    )  # fmt: skip
    unit = _preparing_unit(by, case) or case.unit_id
    record(
        Event.UPLOADED,
        by=by,
        role=_role(by, case, unit),
        case=case,
        unit=Unit.objects.get(pk=unit),
        step=step,
        documents=[document.sha256],
        facts={"item": item, "version": document.version, "issued_on": issued_on.isoformat()}
        | ({"cadre": cadre.pk} if cadre else {}),
    )
    return document


def owners(case: Case, item: str) -> "QuerySet[Cadre] | None":
    """Whose an uploaded paper may be: those on the roster of the present round.

    None where nobody has to be named: somebody is chosen, or the paper is about no person.
    """
    if case.candidate_id or not items_of(case)[item].value["personal"]:
        return None
    lines = case.roster.filter(round=case.round, stage=RosterLine.Stage.ROSTER, listed=True)
    return Cadre.objects.filter(pk__in=lines.values("cadre")).order_by("name_sort")


def _owner(case: Case, asked: Mapping[str, Any], cadre: Cadre | None) -> Cadre | None:
    """Whom a paper is about: who was named, or the candidate; a personal one is somebody's."""
    owner = cadre or case.candidate
    if owner is None and asked["personal"]:
        raise ValidationError({"cadre": _("Say whose paper it is.")})
    return owner


def _guard(user: User, case: Case) -> None:
    if case.finished:
        raise Conflict(_("The case has ended; its dossier is closed."))
    if not may_upload(user, case):
        raise Refused(_("Papers of this case are added by %(unit)s.") % {"unit": case.unit})
    if reason := personal_bar(user, case):
        raise Personal(reason)


def may_upload(user: User, case: Case) -> bool:
    """Papers come from the unit's clerk, its Party committee, and the Organization Committee.

    And from a unit that has had to prepare papers of the case, as the one where the person works.
    """
    if may(user, Act.COMMENT, case.unit_id) or _preparing_unit(user, case):
        return True
    units = case.participants.values_list("unit", flat=True)
    return any(may(user, Act.APPRAISE, u) or may(user, Act.CHECK, u) for u in units)


def _role(user: User, case: Case, unit: int) -> str:
    """In which role a person adds papers: that of the unit first, then that of the organ."""
    own = role_for(user, Act.PREPARE, unit) or role_for(user, Act.COMMENT, case.unit_id)
    if own:
        return own
    units = case.participants.values_list("unit", flat=True)
    roles = (role_for(user, act, u) for u in units for act in (Act.APPRAISE, Act.CHECK))
    return next(filter(None, roles), "")


def _preparing_unit(user: User, case: Case) -> int | None:
    """The unit in whose name the person prepares papers of the case, by its number."""
    if may(user, Act.PREPARE, case.unit_id):
        return case.unit_id
    asked = case.task_set.filter(act=Act.PREPARE).values_list("unit", flat=True).distinct()
    return next((unit for unit in asked if unit and may(user, Act.PREPARE, unit)), None)


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


def _asked(case: Case, item: str) -> dict[str, Any]:
    """What the edition says of an item that is uploaded."""
    try:
        asked: dict[str, Any] = items_of(case)[item].value
    except KeyError as error:
        raise ValidationError(
            {"item": _("The checklist has no such item; choose one of its items.")}
        ) from error
    if asked["form"] != "upload":
        raise ValidationError(
            {"item": _("This paper is drawn up by its step; choose one that is uploaded.")}
        )
    return asked


def _title(asked: Mapping[str, Any]) -> str:
    name = str(asked["name_vi"])
    return name[:1].upper() + name[1:]
