"""The way of a file through the pages: sent, checked, approved by whoever saw its rows, entered."""

from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from permissions.catalogue import Act
from permissions.checks import units_where
from permissions.errors import Conflict, Refused
from permissions.models import User
from processes.intake.fates import Fate, Row
from processes.intake.importing import WrongRows, counts_of, enter, examine
from processes.intake.models import ImportedRow, PeopleImport
from processes.intake.progress import Progress, folder
from processes.intake.reading import Unreadable

State = PeopleImport.State


@transaction.atomic
def send(file: "File[bytes]", *, by: User) -> PeopleImport:
    """Keep a file until its rows are entered. Former files of the person that wait are dropped.

    Raises Refused without the right and ValidationError for an empty or too large file.
    """
    guard(by)
    if not file.size:
        raise ValidationError({"file": _("The file is empty; choose another.")})
    if file.size > settings.DOCUMENT_MAX_BYTES:
        limit = filesizeformat(settings.DOCUMENT_MAX_BYTES)
        raise ValidationError({"file": _("At most %(limit)s are taken.") % {"limit": limit}})
    for former in PeopleImport.objects.filter(by=by).exclude(file=""):
        _drop(former)
    content = file.read()
    name = Path(file.name or "").name[:200]
    sent = PeopleImport.objects.create(by=by, name=name, sha256=sha256(content).hexdigest())
    sent.file = f"{sent.pk}.table"
    (folder() / sent.file).write_bytes(content)
    sent.save(update_fields=["file"])
    return sent


@transaction.atomic
def approve(sent: PeopleImport, *, by: User) -> None:
    """Say that the rows are to be entered as they were shown. Raises Refused and Conflict."""
    sent = _locked(sent, by)
    if sent.state != State.CHECKED:
        raise Conflict(_("This file is not waiting to be entered; look at it again."))
    sent.state = State.APPROVED
    sent.save(update_fields=["state"])


@transaction.atomic
def work(sent: PeopleImport, *, by: User) -> PeopleImport:
    """Check a sent file, or enter an approved one; does nothing to another.

    Whoever asks a second time meanwhile waits, and finds it done. Raises Refused and Conflict.
    """
    sent = _locked(sent, by)
    report = Progress(sent.pk)
    try:
        if sent.state == State.SENT:
            _check(sent, report)
        elif sent.state == State.APPROVED:
            _enter(sent, report)
    finally:
        report.over()
    return sent


def guard(by: User) -> None:
    """Only whoever may enter people. Raises Refused."""
    if not units_where(by, Act.IMPORT_PEOPLE):
        raise Refused(_("Only the Organization Committee and process administrators enter people."))


def _check(sent: PeopleImport, report: Progress) -> None:
    try:
        rows = examine([(sent.name, _content(sent))], by=sent.by, report=report)
    except Unreadable as error:
        sent.said, sent.state = str(error), State.WRONG
        sent.save(update_fields=["said", "state"])
        return
    _show(sent, rows)


def _enter(sent: PeopleImport, report: Progress) -> None:
    """Enter what was shown and nothing else: where data have changed since, it is shown anew."""
    shown = list(sent.rows.values_list("sheet", "number", "fate"))
    try:
        with transaction.atomic():
            rows = enter([(sent.name, _content(sent))], by=sent.by, report=report)
            if shown != [(row.line.place, row.line.number, row.fate) for row in rows]:
                raise WrongRows(rows)
    except WrongRows:
        _show(sent, examine([(sent.name, _content(sent))], by=sent.by, report=report))
        sent.said = _("The data have changed since the rows were checked; nothing was entered.")
        sent.save(update_fields=["said"])
        return
    sent.state = State.DONE
    sent.save(update_fields=["state"])
    _drop(sent)


def _show(sent: PeopleImport, rows: list[Row]) -> None:
    """Keep the fate of each row, so that all can be looked at before anything is entered."""
    sent.rows.all().delete()
    ImportedRow.objects.bulk_create(
        (
            ImportedRow(
                of=sent, sheet=row.line.place, number=row.line.number, label=row.label[:200],
                fate=row.fate, faults=[vars(fault) for fault in row.faults],
            )
            for row in rows
        ),
        batch_size=500,
    )  # fmt: skip
    sent.counts = counts_of(rows)
    sent.state = State.WRONG if sent.counts[Fate.WRONG] else State.CHECKED
    sent.said = "" if rows else _("The file has no rows below its headings.")
    if not rows:
        sent.state = State.WRONG
    sent.save(update_fields=["counts", "state", "said"])


def _locked(sent: PeopleImport, by: User) -> PeopleImport:
    guard(by)
    found = PeopleImport.objects.select_for_update(no_key=True).get(pk=sent.pk)
    if found.by_id != by.pk:
        raise Refused(_("Somebody else sent this file."))
    return found


def _content(sent: PeopleImport) -> bytes:
    """The bytes as they were sent. Raises Conflict where they are gone."""
    content = b""
    if sent.file and (folder() / sent.file).is_file():
        content = (folder() / sent.file).read_bytes()
    if sha256(content).hexdigest() != sent.sha256:
        raise Conflict(_("The file is gone; send it again."))
    return content


def _drop(sent: PeopleImport) -> None:
    """Keep no file of people longer than it is needed; the trail has its digest."""
    name, sent.file = sent.file, ""
    sent.save(update_fields=["file"])
    transaction.on_commit(lambda: (folder() / name).unlink(missing_ok=True))
