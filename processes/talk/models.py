"""Comments with every former text, whom they mention, and what is attached to them.

What was written stays: rows are appended and never altered. The text lies apart from its digest,
so that it can be erased by order while the digest, and the trail, still prove what was there.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from processes.cases.models import Case
from processes.dossiers.models import Document
from processes.organisation.units import Unit
from processes.talk.queries import CommentQuerySet


class Comment(models.Model):
    """Something said about a case, to all who may read it or to one unit."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="comments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    private = models.BooleanField(_("note of the unit"), default=False)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment of the talk")
        verbose_name_plural = _("comments of the talk")

    def __str__(self) -> str:
        return f"{self.case_id}: {self.pk}"


class CommentVersion(models.Model):
    """One text of a comment, known by its digest; the last may say that it was withdrawn."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    digest = models.CharField(max_length=64, blank=True)
    withdrawn = models.BooleanField(default=False)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "number"], name="comment_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.comment_id} v{self.number}"


class CommentText(models.Model):
    """The text of a version; its digest is of salt and text, so that nobody can guess it back."""

    version = models.OneToOneField(CommentVersion, models.PROTECT, related_name="content")
    salt = models.CharField(max_length=32)
    text = models.TextField(_("text"))

    def __str__(self) -> str:
        return self.text[:40]


class Mention(models.Model):
    """Somebody whom a version names, and who may know of the case."""

    version = models.ForeignKey(CommentVersion, models.PROTECT, related_name="mentions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "person"], name="mentioned_once")]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.person_id}"


class Attachment(models.Model):
    """A file that came with a comment; its content is known by its SHA-256."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="attachments")
    name = models.CharField(_("name"), max_length=100)
    file = models.CharField(max_length=200)
    mime = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.name


class MovedComment(models.Model):
    """A version that somebody whose step it was has moved into the case, and the paper of it."""

    version = models.OneToOneField(CommentVersion, models.PROTECT, related_name="moved")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.version_id} → {self.document_id}"
