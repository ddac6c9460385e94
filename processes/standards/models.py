"""Courses that close gaps, and who is to take which one in which year."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from processes.organisation.people import Cadre, Theory
from processes.organisation.units import Unit


class TrainingCourse(models.Model):
    """A course that gives a level of political theory or a degree (khóa đào tạo, bồi dưỡng)."""

    class Gives(models.TextChoices):
        THEORY = "theory", _("a level of political theory")
        DEGREE = "degrees", _("a university degree")

    province = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("province"))
    name = models.CharField(_("name"), max_length=200)
    gives = models.CharField(_("gives"), max_length=10, choices=Gives.choices)
    level = models.CharField(
        _("level"), max_length=20, choices=Theory.choices, blank=True,
        help_text=_("Of political theory; empty for a degree."),
    )  # fmt: skip
    field = models.CharField(_("field of the degree"), max_length=100, blank=True)
    offered = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("training course")
        verbose_name_plural = _("training courses")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class TrainingLine(models.Model):
    """A line of the training plan: a cadre, a course and a year, and what came of it."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        TAKEN = "taken", _("taken, to be confirmed")
        CONFIRMED = "confirmed", _("confirmed and on file")
        DROPPED = "dropped", _("dropped")

    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="training")
    course = models.ForeignKey(TrainingCourse, models.PROTECT, verbose_name=_("course"))
    year = models.PositiveSmallIntegerField(_("year"))
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.PLANNED
    )
    certificate = models.CharField(_("certificate"), max_length=100, blank=True)
    taken_on = models.DateField(_("certificate of"), null=True, blank=True)
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("line of the training plan")
        verbose_name_plural = _("training plan")
        ordering = ["-year", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["cadre", "course"],
                condition=~models.Q(state="dropped"),
                name="a_course_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.course} ({self.year})"
