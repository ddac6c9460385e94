"""An import of people on its way: the file, the fate of each row, who sent it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from processes.intake.fates import Fate


class PeopleImport(models.Model):
    """A file that somebody sent. The rows are seen before anything is entered."""

    class State(models.TextChoices):
        SENT = "sent", _("to be checked")
        CHECKED = "checked", _("checked")
        WRONG = "wrong", _("to be corrected")
        APPROVED = "approved", _("to be entered")
        DONE = "done", _("entered")

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(_("file"), max_length=200)
    file = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.SENT)
    said = models.TextField(blank=True)
    counts = models.JSONField(default=dict)
    sent_at = models.DateTimeField(_("sent"), auto_now_add=True)

    class Meta:
        verbose_name = _("import of people")
        verbose_name_plural = _("imports of people")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name


class ImportedRow(models.Model):
    """What becomes, or became, of one row of the file."""

    of = models.ForeignKey(PeopleImport, models.PROTECT, related_name="rows")
    sheet = models.CharField(_("sheet"), max_length=200)
    number = models.PositiveIntegerField(_("row"))
    label = models.CharField(_("person"), max_length=200)
    fate = models.CharField(_("what becomes of it"), max_length=10, choices=Fate.choices)
    faults = models.JSONField(default=list)

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of an import")
        ordering = ["id"]
        indexes = [models.Index(fields=["of", "fate", "id"], name="row_by_fate")]

    def __str__(self) -> str:
        return f"{self.sheet} {self.number}"
