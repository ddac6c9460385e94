"""What the record of a unit keeps of a violation that was found in it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from processes.organisation.units import Unit


class UnitNote(models.Model):
    """A reminder or a disciplinary decision about a unit; what concerns a person is `Discipline`.

    Which forms there are for collectives is [recalled: unverified]; dissolution is left out,
    because it is not an outcome of a personnel procedure.
    """

    class Form(models.TextChoices):
        REMINDER = "reminder", _("reminder")
        REPRIMAND = "reprimand", _("reprimand")
        WARNING = "warning", _("warning")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="notes", verbose_name=_("unit"))
    form = models.CharField(_("form"), max_length=10, choices=Form.choices)
    text = models.TextField(_("what was found"))
    noted_on = models.DateField(_("noted on"))
    document = models.CharField(_("document"), max_length=100)

    class Meta:
        verbose_name = _("note about a unit")
        verbose_name_plural = _("notes about units")

    def __str__(self) -> str:
        return f"{self.unit}: {self.get_form_display()} ({self.noted_on:%d/%m/%Y})"
