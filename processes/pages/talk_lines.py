"""The talk of a case as one person reads it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from permissions.catalogue import Act
from permissions.checks import units_where
from permissions.models import User
from processes.cases.models import Case
from processes.talk.models import Comment, CommentVersion
from processes.talk.moving import why_not_move
from processes.talk.writers import HANDLE, why_not_talk


@dataclass(frozen=True)
class Line:
    """A comment with what the person may read of it and do with it."""

    comment: Comment
    last: CommentVersion
    former: list[tuple[CommentVersion, SafeString]]
    text: SafeString
    readable: bool
    mine: bool
    movable: bool

    @property
    def moved(self) -> Any:
        """How it was moved into the case, if it was."""
        return next((v.moved for v in self.comment.versions.all() if hasattr(v, "moved")), None)


def lines_of(case: Case, user: User) -> list[Line]:
    """Every comment that the person reads, the oldest first, in as many statements however many."""
    found = Comment.objects.filter(case=case).visible_to(user)
    comments = found.select_related("by", "unit").prefetch_related(
        "attachments", "versions__content", "versions__mentions__person", "versions__moved__by"
    )
    inspects = case.province_id in units_where(user, Act.INSPECT)
    may_move, may_talk = not why_not_move(user, case), not why_not_talk(user, case)
    return [
        _line(one, user, inspects=inspects, may_move=may_move, may_talk=may_talk)
        for one in comments.order_by("pk")
    ]


def _line(comment: Comment, user: User, *, inspects: bool, may_move: bool, may_talk: bool) -> Line:
    *former, last = sorted(comment.versions.all(), key=lambda one: one.number)
    withdrawn = last.withdrawn
    readable = inspects or not withdrawn
    moved = any(hasattr(one, "moved") for one in (*former, last))
    return Line(
        comment=comment,
        last=last,
        former=[(one, said(one)) for one in former] if readable else [],
        text=mark_safe("") if withdrawn else said(last),
        readable=readable,
        mine=may_talk and not withdrawn and comment.by_id == user.pk,
        movable=may_move and not withdrawn and not moved,
    )


def said(version: CommentVersion) -> SafeString:
    """A text with the names of those whom it mentions; or that it was erased."""
    content = getattr(version, "content", None)
    if content is None:
        return format_html("<em>{}</em>", _("This text has been erased."))
    people = {one.person.username: one.person for one in version.mentions.all()}
    return _named(content.text, people)


def _named(text: str, people: dict[str, User]) -> SafeString:
    parts: list[str] = []
    at = 0
    for match in HANDLE.finditer(text):
        person = people.get(match[1])
        parts.append(escape(text[at : match.start()]))
        mention = format_html('<strong class="mention">@{}</strong>', person) if person else ""
        parts.append(mention or escape(match[0]))
        at = match.end()
    parts.append(escape(text[at:]))
    return mark_safe("".join(parts))  # noqa: S308 -- every part is escaped


def handles(people: Iterable[User]) -> list[tuple[str, str, str]]:
    """People as they are chosen: what is written, who it is, and their title."""
    return [(f"@{one.username}", str(one), one.title) for one in people]
