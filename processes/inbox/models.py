"""How a person has arranged the inbox: no part of any case, so it may change and go."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from permissions.catalogue import Role
from processes.cases.models import CaseTask
from processes.organisation.units import Unit


class SavedFilter(models.Model):
    """A list that a person has named: private, or shared with a role or a unit of theirs.

    It keeps what is asked, never what was found: whoever opens it sees with their own rights.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="saved_filters"
    )
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=1000)
    role = models.CharField(_("shared with role"), max_length=30, choices=Role.choices, blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("shared with unit")
    )

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="filter_named_once")]

    def __str__(self) -> str:
        return self.name


class Desk(models.Model):
    """The columns that a person wants to see, the filter with which they begin, their tour."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, primary_key=True, related_name="desk"
    )
    columns = models.JSONField(default=list)
    start = models.ForeignKey(SavedFilter, models.SET_NULL, null=True, related_name="+")
    #: When the person has seen the tour, or did not want to see it.
    toured_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.person)


class Snooze(models.Model):
    """A task that a person does not want to see before a day; for others nothing changes."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    task = models.ForeignKey(CaseTask, models.PROTECT, related_name="snoozes")
    until = models.DateField(_("until"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "person"], name="snoozed_once")]

    def __str__(self) -> str:
        return f"{self.task_id}: {self.until}"
