"""Levels and units: where people work, with the names that were valid on a day."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from permissions.catalogue import Act, Lane
from permissions.compiled import Compiled
from processes.organisation.dating import check_alone, check_days, in_order


def in_force(on: date, prefix: str = "") -> Q:
    """Rows whose dates hold on that day; `valid_to` is the first day that no longer counts."""
    ended = Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": on})
    return Q(**{f"{prefix}valid_from__lte": on}) & ended


class DatedQuerySet(models.QuerySet[Any]):
    """Rows with `valid_from` and `valid_to`."""

    def in_force(self, on: date) -> Self:
        """Only the rows that hold on that day."""
        return self.filter(in_force(on))


class Dated(models.Model):
    """Something that holds from one day up to, not including, another."""

    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    #: What a row is about: of these columns only one row holds at a time. Empty: several may.
    one_of: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Days in order and within reach, and no other row of the same at the same time."""
        super().clean()
        check_days(self, past=(), spans=[("valid_from", "valid_to")])
        check_alone(self, self.one_of)


class Level(models.Model):
    """A tier of the system: province, district (until 1/7/2025), commune, or an organ of one."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    rank = models.PositiveSmallIntegerField(_("rank"), help_text=_("1 is the highest."))

    class Meta:
        ordering = ["rank"]
        verbose_name = _("level")
        verbose_name_plural = _("levels")

    def __str__(self) -> str:
        return self.name


class Unit(Dated):  # type: ignore[django-manager-missing]
    """An organ or a locality. It keeps its id when renamed; a merger gives it a successor."""

    code = models.CharField(_("code"), max_length=20, db_index=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=30, blank=True)
    level = models.ForeignKey(Level, models.PROTECT, verbose_name=_("level"))
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("parent unit"),
    )
    province = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("province")
    )
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("successor"),
    )

    one_of = ("province", "code")
    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["code"]
        permissions = list(Act.choices)
        constraints = [
            models.UniqueConstraint(
                fields=["province", "code", "valid_from"], name="unit_code_from_day"
            ),
            in_order("valid_from", "valid_to", "unit_days_in_order"),
        ]

    def __str__(self) -> str:
        return self.name

    def name_on(self, day: date) -> str:
        """The name that the unit bore on that day."""
        former = _former_names(unit=self.pk, on=day)
        return former[0][0] if former else self.name


class UnitName(Dated):
    """A name that a unit bore before its present one."""

    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="former_names", verbose_name=_("unit")
    )
    name = models.CharField(_("name"), max_length=200)

    one_of = ("unit",)

    class Meta:
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        constraints = [in_order("valid_from", "valid_to", "unit_name_days_in_order")]

    def __str__(self) -> str:
        return self.name


_former_names = Compiled(
    lambda unit, on: (
        UnitName.objects.filter(in_force(on), unit=unit).order_by("pk").values_list("name")[:1]
    ),
    unit=int,
    on=date,
)


class LaneUnit(Dated):
    """Which unit stands in a lane of the procedures in a province, from one day to another."""

    province = models.ForeignKey(
        Unit, models.PROTECT, related_name="lanes", verbose_name=_("province")
    )
    lane = models.CharField(_("lane"), max_length=20, choices=Lane.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    consulted = models.BooleanField(
        _("consulted"), default=False, help_text=_("Asked for an opinion before the appraisal.")
    )

    one_of = ("province", "lane")
    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("lane")
        verbose_name_plural = _("lanes")
        constraints = [in_order("valid_from", "valid_to", "lane_days_in_order")]

    def __str__(self) -> str:
        return f"{self.get_lane_display()}: {self.unit}"
