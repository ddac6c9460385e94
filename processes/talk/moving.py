"""Move what was said into the case: only then is it part of what the decision rests on."""

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from permissions.catalogue import Act
from permissions.checks import role_for, today
from permissions.errors import Conflict, Refused
from permissions.models import User
from processes.audit.models import Event
from processes.audit.trail import record
from processes.cases.models import Case, CaseTask
from processes.dossiers.drawing import draw
from processes.dossiers.models import Document
from processes.dossiers.store import keep, read
from processes.talk.models import Attachment, Comment, CommentVersion, MovedComment
from processes.talk.writers import locked, why_not_talk

KIND = "talk_extract"


def step_of(user: User, case: Case) -> CaseTask | None:
    """The open task of the case that is the person's to carry out now."""
    tasks = CaseTask.objects.filter(process=case, owner=user, finished__isnull=True, seat="")
    for task in tasks.select_related("unit", "owner", "process").order_by("pk"):
        if not task.flow_task.why_not(user, task):
            return task
    return None


def why_not_move(user: User, case: Case) -> str:
    """Why the person moves nothing into the case; empty when they may."""
    if reason := why_not_talk(user, case):
        return reason
    return "" if step_of(user, case) else _("Only who has an open step of the case moves it there.")


@transaction.atomic
def move(comment: Comment, *, by: User) -> Document:
    """Draw up a paper of what was said, with who and when, and keep it in the dossier.

    Its attachments become papers too. Raises Refused as `why_not_move` says, Conflict when it is
    there already or was withdrawn.
    """
    with locked(comment.case, by=by) as case:
        task = step_of(by, case)
        if task is None:
            raise Refused(why_not_move(by, case))
        version: CommentVersion = comment.versions.order_by("-number")[0]
        if version.withdrawn:
            raise Conflict(_("This comment has been withdrawn."))
        if MovedComment.objects.filter(version=version).exists():
            raise Conflict(_("This comment is in the case already."))
        document = draw(case, KIND, by=by, context=_told(version, by), organ=task.unit)
        papers = [_paper(case, one, by) for one in comment.attachments.order_by("pk")]
        MovedComment.objects.create(version=version, document=document, by=by)
        _record(version, task, by, [document, *papers])
    return document


def _told(version: CommentVersion, by: User) -> dict[str, str]:
    comment = version.comment
    return {
        "author": str(comment.by),
        "author_unit": str(comment.unit),
        "written_at": f"{localtime(version.at):%d/%m/%Y %H:%M}",
        "mover": str(by),
        "said": version.content.text,
        "attachments": "; ".join(one.name for one in comment.attachments.order_by("pk")),
    }


def _paper(case: Case, attachment: Attachment, by: User) -> Document:
    content = read(attachment.file, attachment.sha256, attachment.name, case.pk)
    return keep(
        case, content, by=by, item="talk_attachment", title=attachment.name,
        mime=attachment.mime, extension=attachment.file.rpartition(".")[2], issued_on=today(),
    )  # fmt: skip


def _record(version: CommentVersion, task: CaseTask, by: User, documents: list[Document]) -> None:
    record(
        Event.COMMENT_MOVED,
        by=by,
        role=role_for(by, Act(task.act), task.unit_id),
        case=task.process,
        unit=task.unit,
        task=task.pk,
        step=task.flow_task.name,
        documents=[one.sha256 for one in documents],
        facts={
            "comment": version.comment_id,
            "version": version.number,
            "sha256": version.digest,
            "user": version.comment.by_id,
        },
    )
