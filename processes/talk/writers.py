"""What people do in the talk of a case: say, word anew, withdraw, move into the case.

Each writes one entry, which holds the digest of what was written and never the text.
"""

import re
import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from permissions.catalogue import GRANTS, Act, Role
from permissions.checks import holdings_of, units_where
from permissions.errors import Conflict, Refused
from permissions.models import User
from processes.audit.models import Event
from processes.audit.trail import record
from processes.cases.bars import personal_bar
from processes.cases.emergency import emergency_for
from processes.cases.models import Case
from processes.dossiers.store import put
from processes.dossiers.uploads import TYPES, checked
from processes.notices.kinds import Kind
from processes.notices.writers import notify
from processes.organisation.units import Unit
from processes.talk.models import Attachment, Comment, CommentText, CommentVersion, Mention
from processes.talk.queries import may_be_reached

#: A name after an at sign, which is no part of an address of mail.
HANDLE = re.compile(r"(?<![\w.@+-])@([\w.+-]*\w)")


@dataclass(frozen=True)
class Paper:
    """A file as it came: its bytes, what they are, and what it was called."""

    content: bytes
    mime: str
    name: str


def say(
    case: Case,
    *,
    by: User,
    text: str,
    unit: Unit | None = None,
    files: Iterable["File[bytes]"] = (),
) -> Comment:
    """Say something about a case: to all who read it, or as a note of one unit.

    Raises Refused and Conflict as `why_not_talk` says, ValidationError for an empty text, a
    file of another type, or a name that is nobody's whom the talk reaches.
    """
    papers = [_paper(file) for file in files]
    with locked(case, by=by) as case:
        if unit is not None and unit.pk not in note_units(by, case):
            raise Refused(_("You write no notes of %(unit)s.") % {"unit": unit})
        people = mentioned(text, case, unit)
        comment = Comment.objects.create(
            case=case, by=by, unit=unit or spoken_for(by, case), private=unit is not None
        )
        _attach(comment, papers)
        version = _write(comment, 1, text, people)
        _record(Event.COMMENTED, version, by, people)
    return comment


def reword(comment: Comment, *, by: User, text: str, seen: int) -> CommentVersion:
    """Give a comment another text; the former one stays to be read.

    `seen` is the version that the person had before them. Raises Conflict when another window
    was quicker or the comment is withdrawn, Refused when it is somebody else's.
    """
    with locked(comment.case, by=by) as case:
        last = _own_last(comment, by)
        if last.number != seen:
            raise Conflict(_("This comment has changed since you opened it; look at it again."))
        people = mentioned(text, case, comment.unit if comment.private else None)
        version = _write(comment, last.number + 1, text, people)
        before = set(last.mentions.values_list("person", flat=True))
        _record(Event.REWORDED, version, by, [p for p in people if p.pk not in before])
    return version


def withdraw(comment: Comment, *, by: User, reason: str = "") -> None:
    """Take a comment back: nobody reads it any more but inspectors. Raises like `reword`."""
    with locked(comment.case, by=by):
        last = _own_last(comment, by)
        version = CommentVersion.objects.create(
            comment=comment, number=last.number + 1, withdrawn=True
        )
        _record(Event.COMMENT_WITHDRAWN, version, by, reason=reason)


def why_not_talk(user: User, case: Case) -> str:
    """Why the person says nothing in this case; empty when they may."""
    if reason := personal_bar(user, case):
        return reason
    if emergency_for(user, case):
        return _("You read this case under an emergency access; reading is all that it allows.")
    return _("The case has ended; its talk is closed.") if case.finished else ""


def note_units(user: User, case: Case) -> set[int]:
    """Units of the case whose notes the person reads and writes."""
    taking_part = set(case.participants.values_list("unit", flat=True))
    return taking_part & units_where(user, Act.READ)


def spoken_for(user: User, case: Case) -> Unit:
    """The unit for which the person speaks: one that takes part, else that of their task."""
    units = sorted(note_units(user, case) or units_where(user, Act.READ))
    if not units:
        tasks = case.task_set.filter(owner=user, unit__isnull=False)
        units = list(tasks.values_list("unit", flat=True)[:1])
    return Unit.objects.get(pk=units[0]) if units else case.unit


def mentioned(text: str, case: Case, unit: Unit | None) -> list[User]:
    """Whom a text names. Raises ValidationError, the same for strangers and for nobody at all."""
    if not text.strip():
        raise ValidationError({"text": _("Write something.")})
    names = dict.fromkeys(HANDLE.findall(text))
    known = {one.username: one for one in User.objects.filter(username__in=names, is_active=True)}
    lost = [n for n in names if n not in known or not may_be_reached(known[n], case, unit)]
    if lost:
        said = _("“@%(name)s” is nobody who reads this. Choose from the list of people.")
        raise ValidationError({"text": [said % {"name": name} for name in lost]})
    return [known[name] for name in names]


@contextmanager
def locked(case: Case, *, by: User) -> Iterator[Case]:
    """Hold the case; raises Conflict when it has ended, Refused for whoever must keep out."""
    with transaction.atomic():
        held: Case = Case.objects.select_for_update(of=("self",), no_key=True).get(pk=case.pk)
        if not Case.objects.visible_to(by).filter(pk=case.pk).exists():
            raise Refused(_("You take no part in this case."))
        if reason := why_not_talk(by, held):
            raise (Conflict if held.finished else Refused)(reason)
        yield held


def _own_last(comment: Comment, by: User) -> CommentVersion:
    last: CommentVersion = comment.versions.order_by("-number")[0]
    if comment.by_id != by.pk:
        raise Refused(_("Only who wrote a comment changes or withdraws it."))
    if last.withdrawn:
        raise Conflict(_("This comment has been withdrawn."))
    return last


def _paper(file: "File[bytes]") -> Paper:
    content, mime = checked(file)
    return Paper(content, mime, str(file.name))


def _attach(comment: Comment, papers: Sequence[Paper]) -> None:
    for paper in papers:
        path, digest = put(str(comment.case_id), paper.content, TYPES[paper.mime])
        stem = paper.name.rpartition(".")[0] or paper.name
        Attachment.objects.create(
            comment=comment, name=f"{stem[:90]}.{TYPES[paper.mime]}", file=path, mime=paper.mime,
            size=len(paper.content), sha256=digest,
        )  # fmt: skip


def _write(comment: Comment, number: int, text: str, people: Iterable[User]) -> CommentVersion:
    salt = secrets.token_hex(16)
    version = CommentVersion.objects.create(
        comment=comment, number=number, digest=sha256((salt + text).encode()).hexdigest()
    )
    CommentText.objects.create(version=version, salt=salt, text=text)
    Mention.objects.bulk_create(Mention(version=version, person=person) for person in people)
    return version


def _record(
    event: Event,
    version: CommentVersion,
    by: User,
    told: Sequence[User] = (),
    *,
    reason: str = "",
) -> None:
    comment: Comment = version.comment
    facts = {"comment": comment.pk, "version": version.number, "sha256": version.digest}
    record(
        event,
        by=by,
        role=_role(by, comment.unit),
        case=comment.case,
        unit=comment.unit,
        reason=reason,
        documents=list(comment.attachments.values_list("sha256", flat=True)),
        facts=facts | ({"mentioned": [one.pk for one in told]} if told else {}),
    )
    notify(Kind.MENTION, told, key=f"comment:{version.pk}", by=by, case=comment.case)


def _role(user: User, unit: Unit) -> str:
    """The role in which a person reads for the unit."""
    held = {role for role, place in holdings_of(user) if place == unit.pk}
    return next((role for role in Role if role in held and Act.READ in GRANTS[role]), "")
