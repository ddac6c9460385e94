"""What an inspection consists of beside its case: rows that are added and never changed.

The inspection itself is a case (`processes.flows.inspection`), so that it has tasks, deadlines and
a chain of its own.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from processes.cases.models import Case
from processes.organisation.people import Cadre
from processes.organisation.units import Unit


class InspectedCase(models.Model):
    """A case that an inspection looks at."""

    inspection = models.ForeignKey(Case, models.PROTECT, related_name="inspected")
    case = models.ForeignKey(Case, models.PROTECT, related_name="inspections")

    class Meta:
        verbose_name = _("inspected case")
        verbose_name_plural = _("inspected cases")
        constraints = [
            models.UniqueConstraint(fields=["inspection", "case"], name="case_inspected_once")
        ]

    def __str__(self) -> str:
        return f"{self.inspection}: {self.case}"


class Said(models.Model):
    """Something that an inspector has written down, about one of the cases or about all."""

    inspection = models.ForeignKey(Case, models.PROTECT, related_name="%(class)ss")
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, related_name="+", verbose_name=_("case"), db_index=False
    )
    text = models.TextField(_("text"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.inspection}: {self.text[:40]}"


class InspectionNote(Said):
    """What an inspector keeps in mind; it is no finding yet."""

    class Meta:
        verbose_name = _("note of an inspection")
        verbose_name_plural = _("notes of inspections")


class InspectionFinding(Said):
    """What is not as it ought to be, about a unit or one of its people.

    `upheld` is empty until a conclusion says whether it stands after the explanation.
    """

    class Level(models.TextChoices):
        """The levels of a violation as the Party's regulation on discipline has them."""

        SHORTCOMING = "shortcoming", _("shortcoming")
        VIOLATION = "violation", _("violation")
        SERIOUS = "serious", _("serious violation")
        VERY_SERIOUS = "very_serious", _("very serious violation")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    cadre = models.ForeignKey(
        Cadre, models.PROTECT, null=True, related_name="+", verbose_name=_("cadre")
    )
    level = models.CharField(_("level"), max_length=20, choices=Level.choices)
    basis = models.CharField(_("rule or document that it rests on"), max_length=200)
    #: Whether a sanction begins once it is upheld, and the case that has begun.
    to_sanction = models.BooleanField(_("a sanction is to begin"), default=False)
    upheld = models.BooleanField(_("upheld"), null=True)
    sanction = models.ForeignKey(Case, models.PROTECT, null=True, related_name="found_by")

    class Meta:
        verbose_name = _("finding of an inspection")
        verbose_name_plural = _("findings of inspections")


class InspectionRequest(Said):
    """What a unit is asked to explain; sent together with the others, answered in writing."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    sent_on = models.DateField(_("sent on"), null=True)
    round = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("request for explanation")
        verbose_name_plural = _("requests for explanation")


class InspectionRecommendation(Said):
    """What a unit is recommended to do, until when."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    due_on = models.DateField(_("to be done by"), null=True)

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")


def parts(case: Case) -> dict[str, list[Any]]:
    """Everything that an inspection holds, in the order of writing: five statements."""
    found = InspectedCase.objects.filter(inspection=case).order_by("pk")
    rows = {"cases": list(found.select_related("case__unit"))}
    for name, model, related in (
        ("notes", InspectionNote, ()),
        ("findings", InspectionFinding, ("unit", "cadre", "sanction")),
        ("requests", InspectionRequest, ("unit",)),
        ("recommendations", InspectionRecommendation, ("unit",)),
    ):
        said = model._default_manager.filter(inspection=case).order_by("pk")
        rows[name] = list(said.select_related("by", "case", *related))  # type: ignore[arg-type]
    return rows
