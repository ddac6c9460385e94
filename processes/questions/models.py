"""A question as it was asked: its parameters, the checkpoint it rests on, and what came of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from processes.log.models import Checkpoint


class Question(models.Model):
    """Asked once, never altered; whoever asks it again reads the same entries.

    What it finds are entries below the size of its checkpoint, so later ones change nothing.
    `digest` is the one of `processes.questions.asking`.
    """

    name = models.CharField(_("question"), max_length=30)
    title = models.CharField(_("title"), max_length=200, blank=True)
    #: What was asked for, in codes and numbers of rows; typed names were resolved then.
    values = models.JSONField(default=dict)
    #: Provinces that it reaches, and cases that were closed to whoever asked.
    scope = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="+")
    rows = models.PositiveIntegerField(_("lines"))
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("question to the trail")
        verbose_name_plural = _("questions to the trail")
        ordering = ["-id"]
        indexes = [models.Index(fields=["by", "-id"], name="question_by_person")]

    def __str__(self) -> str:
        return f"{self.name} {self.pk}"
