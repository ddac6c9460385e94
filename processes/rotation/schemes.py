"""Rotation schemes with their targets, and moves that are planned on paper before cases start."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from processes.cases.models import Case
from processes.organisation.dating import in_order
from processes.organisation.people import Cadre
from processes.organisation.positions import Position
from processes.organisation.units import Dated, DatedQuerySet, Unit


class Direction(models.TextChoices):
    """From where to where cadres are rotated (procedures.md section 0).

    The two with the district are historical since 1/7/2025.
    """

    DOWN_PROVINCE_DISTRICT = "down_province_district", _("from the province to a district")
    DOWN_DISTRICT_COMMUNE = "down_district_commune", _("from a district to a commune")
    DOWN_PROVINCE_COMMUNE = "down_province_commune", _("from the province to a commune")
    LATERAL_LOCALITY = "lateral_locality", _("sideways between localities")
    LATERAL_SECTOR = "lateral_sector", _("sideways between sectors")
    WITH_TRANSFER = "with_transfer", _("together with a transfer")
    WITH_APPOINTMENT = "with_appointment", _("together with an appointment")


#: Directions that ended with the level of the districts.
OF_DISTRICTS = frozenset({Direction.DOWN_PROVINCE_DISTRICT, Direction.DOWN_DISTRICT_COMMUNE})


class RotationScheme(Dated):
    """The rotation scheme of a term (đề án luân chuyển cán bộ)."""

    province = models.ForeignKey(
        Unit, models.PROTECT, related_name="rotation_schemes", verbose_name=_("province")
    )
    term = models.CharField(_("term"), max_length=20)
    title = models.CharField(_("title"), max_length=200)
    document = models.CharField(_("document"), max_length=100, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("rotation scheme")
        verbose_name_plural = _("rotation schemes")
        constraints = [in_order("valid_from", "valid_to", "scheme_days_in_order")]
        ordering = ["-valid_from", "-pk"]

    def __str__(self) -> str:
        return self.title


class SchemeTarget(models.Model):
    """How many moves a scheme wants in a direction, in a year, into a unit (empty means any)."""

    scheme = models.ForeignKey(
        RotationScheme, models.PROTECT, related_name="targets", verbose_name=_("scheme")
    )
    direction = models.CharField(_("direction"), max_length=30, choices=Direction.choices)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("receiving unit"),
    )  # fmt: skip
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("moves wanted"))

    class Meta:
        verbose_name = _("target of a rotation scheme")
        verbose_name_plural = _("targets of rotation schemes")
        ordering = ["year", "direction", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "direction", "unit", "year"], name="scheme_target_once"
            ),
            models.UniqueConstraint(
                fields=["scheme", "direction", "year"],
                condition=models.Q(unit__isnull=True),
                name="scheme_target_any_unit_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.get_direction_display()}"


class SchemeMove(models.Model):
    """A rotation case as a line of a scheme: what it counts towards."""

    scheme = models.ForeignKey(RotationScheme, models.PROTECT, related_name="moves")
    case = models.OneToOneField(Case, models.PROTECT, related_name="scheme_move")
    direction = models.CharField(_("direction"), max_length=30, choices=Direction.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))

    class Meta:
        verbose_name = _("line of a rotation scheme")
        verbose_name_plural = _("lines of rotation schemes")

    def __str__(self) -> str:
        return f"{self.scheme}: {self.case}"


class MoveChain(models.Model):
    """Moves that are tried together on paper: each one may open the post of the next."""

    province = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    scheme = models.ForeignKey(
        RotationScheme, models.PROTECT, null=True, blank=True, related_name="chains",
        verbose_name=_("rotation scheme"),
    )  # fmt: skip
    title = models.CharField(_("title"), max_length=200)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_on = models.DateField(_("made on"))
    started_on = models.DateField(_("cases started on"), null=True)
    dropped_on = models.DateField(_("dropped on"), null=True)

    class Meta:
        verbose_name = _("chain of planned moves")
        verbose_name_plural = _("chains of planned moves")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        """Whether moves may still be added and taken out."""
        return self.started_on is None and self.dropped_on is None


class PlannedMove(models.Model):
    """One cadre who is to move to one post; a case only once the chain is started."""

    chain = models.ForeignKey(MoveChain, models.PROTECT, related_name="moves")
    cadre = models.ForeignKey(
        Cadre, models.PROTECT, related_name="planned_moves", verbose_name=_("cadre")
    )
    position = models.ForeignKey(
        Position, models.PROTECT, related_name="planned_moves", verbose_name=_("position")
    )
    direction = models.CharField(_("direction"), max_length=30, choices=Direction.choices)
    note = models.CharField(_("note"), max_length=300, blank=True)
    case = models.OneToOneField(Case, models.PROTECT, null=True, related_name="planned_move")

    class Meta:
        verbose_name = _("planned move")
        verbose_name_plural = _("planned moves")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.cadre}: {self.position}"
