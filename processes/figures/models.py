"""What is counted over cases that are over: so many of a kind, in a month. Derived, not kept."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from processes.organisation.units import Unit


class Figure(models.Model):
    """How many of something the cases of a procedure had in a month.

    For a whole province by days (no unit), so that there are medians; for each unit without days.

    Derived from cases, tasks and the trail, and made anew from them at any time: no entry tells of
    it. Medians come from the days, so that no page reads the tasks of a million cases.
    """

    class What(models.TextChoices):
        ENDED = "ended", _("cases ended")
        LATE = "late", _("cases ended that were late")
        TOOK = "took", _("steps done")
        WAITED = "waited", _("steps taken")
        AGAIN = "again", _("steps done again")
        DEVIATED = "deviated", _("deviations")
        LAPSING = "lapsing", _("papers that lapse within 30 days")
        LAPSED = "lapsed", _("papers that have lapsed")

    province = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="+")
    procedure = models.CharField(max_length=60)
    month = models.DateField()
    what = models.CharField(max_length=10, choices=What.choices)
    #: The end of the case, the step, the kind of deviation, or the paper.
    name = models.CharField(max_length=60)
    days = models.PositiveSmallIntegerField(default=0)
    number = models.PositiveIntegerField()

    class Meta:
        indexes = [
            models.Index(
                fields=["province", "what", "procedure", "month"],
                name="figure_of_province",
                condition=models.Q(unit__isnull=True),
            ),
            models.Index(
                fields=["unit", "what", "month"],
                name="figure_of_unit",
                condition=models.Q(unit__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure} {self.month:%Y-%m} {self.what} {self.name}: {self.number}"


class FiguresMade(models.Model):
    """When the figures were last made, and up to which moment they count."""

    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
