"""What an inspector has asked for that takes its time: evidence, a verification, an answer."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from processes.cases.models import Case


class Inquiry(models.Model):
    """Asked for, worked on in the background, then a file or a report."""

    class Kind(models.TextChoices):
        BUNDLE = "bundle", _("evidence of a case")
        VERIFICATION = "verification", _("verification of everything")
        EXPORT = "export", _("answer to be verified")

    class State(models.TextChoices):
        ASKED = "asked", _("to be made")
        BEGUN = "begun", _("being made")
        DONE = "done", _("made")
        FAILED = "failed", _("not made")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    question = models.ForeignKey(
        "processes.Question", models.PROTECT, null=True, related_name="exports"
    )
    state = models.CharField(_("state"), max_length=6, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    begun_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(_("made"), null=True)
    language = models.CharField(max_length=2)
    #: Whether papers lie in the bundle, and results that were not announced.
    with_papers = models.BooleanField(default=True)
    with_hidden = models.BooleanField(default=False)
    file = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    found = models.JSONField(default=dict)
    said = models.TextField(blank=True)

    class Meta:
        verbose_name = _("inquiry")
        verbose_name_plural = _("inquiries")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"
