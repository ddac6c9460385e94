"""Positions, their standards, and which body decides on them."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from processes.organisation.dating import in_order
from processes.organisation.horizon import YEARS_AHEAD
from processes.organisation.units import Dated, DatedQuerySet, Unit


class Confidence(models.TextChoices):
    """How sure we are of a rule kept as data (procedures.md section 0)."""

    VERIFIED = "verified", _("verified")
    RECALLED = "recalled", _("recalled, unconfirmed")
    DESIGN = "design", _("our own choice, unconfirmed")
    UNKNOWN = "unknown", _("unknown")


class Sourced(models.Model):
    """A rule kept as data names its source and how sure we are of it."""

    source = models.CharField(_("source"), max_length=200)
    confidence = models.CharField(
        _("confidence"), max_length=10, choices=Confidence.choices, default=Confidence.DESIGN
    )

    class Meta:
        abstract = True


class TitleGroup(models.Model):
    """Titles that the same rules treat alike (nhóm chức danh)."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    rank = models.PositiveSmallIntegerField(_("rank"), help_text=_("1 is the highest."))

    class Meta:
        ordering = ["rank"]
        verbose_name = _("title group")
        verbose_name_plural = _("title groups")

    def __str__(self) -> str:
        return self.name


class Position(Dated):  # type: ignore[django-manager-missing]
    """A post in a unit that a cadre may be appointed to."""

    class Kind(models.TextChoices):
        PARTY = "party", _("Party post")
        STATE = "state", _("State post")

    code = models.CharField(_("code"), max_length=40, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="positions", verbose_name=_("unit"))
    title = models.CharField(_("title"), max_length=200)
    group = models.ForeignKey(TitleGroup, models.PROTECT, verbose_name=_("title group"))
    kind = models.CharField(
        _("kind"),
        max_length=10,
        choices=Kind.choices,
        help_text=_("A State post needs a Party decision and a State decision."),
    )
    is_head = models.BooleanField(_("head of the unit"), default=False)
    seats = models.PositiveSmallIntegerField(
        _("seats"), default=1, help_text=_("More than one for seats of deputies and committees.")
    )
    term_years = models.PositiveSmallIntegerField(
        _("term in years"), null=True, blank=True, validators=[MaxValueValidator(YEARS_AHEAD)]
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = ["code"]
        constraints = [in_order("valid_from", "valid_to", "position_days_in_order")]

    def __str__(self) -> str:
        return f"{self.title}, {self.unit}"


class TitleStandard(Dated, Sourced):
    """What a holder of a title group must be (tiêu chuẩn chức danh), as dated data.

    Of the general ones the latest counts; what a province adds counts beside it.
    """

    group = models.ForeignKey(
        TitleGroup, models.PROTECT, related_name="standards", verbose_name=_("title group")
    )
    province = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("addition of a province"),
        help_text=_("Empty for the general standard."),
    )  # fmt: skip
    political_theory = models.CharField(_("political theory level"), max_length=20, blank=True)
    degrees = models.PositiveSmallIntegerField(_("university degrees"), default=0)

    one_of = ("group", "province")
    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("title standard")
        verbose_name_plural = _("title standards")
        constraints = [in_order("valid_from", "valid_to", "standard_days_in_order")]

    def __str__(self) -> str:
        return f"{self.group} ({self.valid_from:%d/%m/%Y})"


class StandardCondition(Sourced):
    """One thing more that a standard asks for; its kind says what the other columns mean."""

    class Kind(models.TextChoices):
        DEGREES = "degrees", _("university degrees, at least")
        THEORY = "theory", _("level of political theory, at least")
        MONTHS = "months_in_rank", _("months in posts of a group or a higher one, at least")
        EVALUATIONS = "evaluations", _("evaluations of so many years, at least at the level")
        AGE = "age", _("age in years, at most")
        PARTY = "party", _("months in the Party, at least")

    standard = models.ForeignKey(
        TitleStandard, models.PROTECT, related_name="conditions", verbose_name=_("standard")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    amount = models.PositiveSmallIntegerField(_("number"), default=0)
    level = models.CharField(_("level"), max_length=20, blank=True)
    group = models.ForeignKey(
        TitleGroup, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("title group"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("condition of a standard")
        verbose_name_plural = _("conditions of standards")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount or self.level}"


class Competence(Dated, Sourced):
    """A row of the competence matrix: who decides on a title group, and whether policy is asked."""

    class Action(models.TextChoices):
        APPOINT = "appoint", _("Appointment")
        NOMINATE = "nominate", _("Nomination")
        ROTATE = "rotate", _("Rotation")

    province = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("province"))
    group = models.ForeignKey(
        TitleGroup, models.PROTECT, related_name="competences", verbose_name=_("title group")
    )
    action = models.CharField(_("action"), max_length=10, choices=Action.choices)
    deciding_body = models.CharField(_("deciding body"), max_length=30)
    policy_request = models.BooleanField(_("policy request needed"), default=True)

    one_of = ("province", "group", "action")
    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("competence")
        verbose_name_plural = _("competence matrix")
        constraints = [in_order("valid_from", "valid_to", "competence_days_in_order")]

    def __str__(self) -> str:
        return f"{self.group}: {self.get_action_display()}"
