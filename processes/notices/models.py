"""Notices, the mails that carry them, and how each person wants to be told."""

from datetime import time

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from processes.cases.models import Case, CaseTask
from processes.notices.kinds import Kind, Mailing
from processes.notices.queries import NoticeQuerySet

PERSON = settings.AUTH_USER_MODEL


class NoticeSettings(models.Model):
    """The language in which a person gets mail, and at what time the daily one goes out."""

    person = models.OneToOneField(PERSON, models.PROTECT, related_name="notice_settings")
    language = models.CharField(
        _("language of mails"), max_length=5, choices=settings.LANGUAGES, default="vi"
    )
    digest_at = models.TimeField(_("time of the daily mail"), default=time(7))

    class Meta:
        verbose_name = _("settings of notices")
        verbose_name_plural = _("settings of notices")

    def __str__(self) -> str:
        return str(self.person)


class NoticeChoice(models.Model):
    """How a person wants to be told of one kind; without a row the default of the kind holds."""

    person = models.ForeignKey(PERSON, models.PROTECT, related_name="notice_choices")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    page = models.BooleanField(_("in the page"))
    desktop = models.BooleanField(_("on the desktop"))
    mail = models.CharField(_("by mail"), max_length=10, choices=Mailing.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="one_choice_a_kind")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.kind}"


class Mail(models.Model):
    """A mail to one person, kept until the mail server has taken it.

    `key` makes its Message-ID, so that a mail that is sent again after a crash is the same mail.
    """

    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    key = models.CharField(max_length=60, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    next_try_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        indexes = [
            models.Index(
                fields=["next_try_at"],
                name="mail_to_send",
                condition=Q(next_try_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.key


class Notice(models.Model):
    """One thing that one person is told; written in the transaction of what it tells of.

    It holds numbers only. What it says is found when it is read, by the rights of that moment.
    """

    person = models.ForeignKey(PERSON, models.PROTECT, related_name="notices", db_index=False)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    task = models.ForeignKey(CaseTask, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+", db_index=False)
    key = models.CharField(max_length=80)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()
    page = models.BooleanField()
    desktop = models.BooleanField()
    mailing = models.CharField(max_length=10, choices=Mailing.choices)
    mail = models.ForeignKey(Mail, models.SET_NULL, null=True, related_name="notices")
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="told_once")]
        indexes = [
            models.Index(fields=["person", "-id"], name="notice_shown", condition=Q(page=True)),
            models.Index(
                fields=["person"], name="notice_unread", condition=Q(page=True, read_at=None)
            ),
            models.Index(
                fields=["mailing", "person"],
                name="notice_to_mail",
                condition=Q(mail=None, mailing__in=["now", "digest"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.kind}"
