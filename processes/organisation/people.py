"""Cadres and the facts about them that eligibility needs."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from processes.organisation.dating import check_after, check_days, in_order
from processes.organisation.horizon import year_so_far
from processes.organisation.names import sort_key
from processes.organisation.positions import Position, TitleGroup
from processes.organisation.units import Unit

OWN_KIN = _("Nobody is their own relative; choose somebody else.")


class Theory(models.TextChoices):
    """Level of political theory."""

    NONE = "none", _("none")
    PRIMARY = "primary", _("primary")
    INTERMEDIATE = "intermediate", _("intermediate")
    ADVANCED = "advanced", _("advanced")


class Cadre(models.Model):  # type: ignore[django-manager-missing]
    """A person whom personnel decisions are about (cán bộ); may have an account."""

    class Sex(models.TextChoices):
        MALE = "male", _("male")
        FEMALE = "female", _("female")

    code = models.CharField(_("identity number"), max_length=20, unique=True)
    family_name = models.CharField(_("family name"), max_length=40)
    middle_name = models.CharField(_("middle name"), max_length=60, blank=True)
    given_name = models.CharField(_("given name"), max_length=40)
    name_sort = models.BinaryField(max_length=400, editable=False, db_index=True)
    born_on = models.DateField(_("date of birth"))
    sex = models.CharField(_("sex"), max_length=6, choices=Sex.choices)
    origin = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("origin")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="cadres", verbose_name=_("unit"))
    party_joined_on = models.DateField(_("joined the Party on"), null=True, blank=True)
    theory = models.CharField(
        _("political theory"), max_length=20, choices=Theory.choices, default=Theory.NONE
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cadre",
        verbose_name=_("account"),
    )

    class Meta:
        verbose_name = _("cadre")
        verbose_name_plural = _("cadres")
        ordering = ["name_sort"]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args, **kwargs) -> None:  # type: ignore[no-untyped-def]
        """Keep the key that sorts by given name, as Vietnamese lists do."""
        self.name_sort = sort_key(self.full_name)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Born before today, and before joining the Party."""
        super().clean()
        days = ("born_on", "party_joined_on")
        check_days(self, past=days, spans=[days])

    @property
    def full_name(self) -> str:
        """Family, middle and given name, in this order."""
        return " ".join(filter(None, (self.family_name, self.middle_name, self.given_name)))


class CadreFact(models.Model):
    """One dated fact about a cadre."""

    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="%(class)ss")

    #: Columns of days on which something has happened: they are not in the future.
    past: ClassVar[tuple[str, ...]] = ()
    #: Columns of a beginning and an end.
    spans: ClassVar[tuple[tuple[str, str], ...]] = ()

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Days in order and within reach, and none from before the person was born."""
        super().clean()
        check_days(self, past=self.past, spans=self.spans)
        born_on = getattr(getattr(self, "cadre", None), "born_on", None)
        if isinstance(born_on, date):
            check_after(self, born_on)


class PostHeld(CadreFact):
    """A post that the cadre holds or held."""

    position = models.ForeignKey(
        Position,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="holders",
        verbose_name=_("position"),
    )
    title = models.CharField(_("title"), max_length=200)
    group = models.ForeignKey(
        TitleGroup, models.PROTECT, related_name="+", verbose_name=_("title group")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    term_ends_on = models.DateField(_("term ends on"), null=True, blank=True)

    spans = (("since", "until"), ("since", "term_ends_on"))

    class Meta:
        verbose_name = _("post held")
        verbose_name_plural = _("posts held")
        constraints = [in_order("since", "until", "post_days_in_order")]

    def __str__(self) -> str:
        return f"{self.title} ({self.since:%d/%m/%Y})"


class Planning(CadreFact):
    """Approval in succession planning (quy hoạch) for titles of a group in a unit."""

    group = models.ForeignKey(
        TitleGroup, models.PROTECT, related_name="+", verbose_name=_("title group")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    approved_on = models.DateField(_("approved on"))
    until = models.DateField(_("until"), null=True, blank=True)
    document = models.CharField(_("document"), max_length=100, blank=True)

    past = ("approved_on",)
    spans = (("approved_on", "until"),)

    class Meta:
        verbose_name = _("planning")
        verbose_name_plural = _("planning")
        constraints = [in_order("approved_on", "until", "planning_days_in_order")]

    def __str__(self) -> str:
        return f"{self.group} ({self.approved_on:%d/%m/%Y})"


class Degree(CadreFact):
    """A diploma."""

    class Rank(models.TextChoices):
        BACHELOR = "bachelor", _("bachelor")
        MASTER = "master", _("master")
        DOCTOR = "doctor", _("doctor")

    rank = models.CharField(_("rank"), max_length=10, choices=Rank.choices)
    field = models.CharField(_("field"), max_length=100)
    awarded_on = models.DateField(_("awarded on"))

    past = ("awarded_on",)

    class Meta:
        verbose_name = _("degree")
        verbose_name_plural = _("degrees")

    def __str__(self) -> str:
        return f"{self.get_rank_display()}: {self.field}"


class Discipline(CadreFact):
    """A disciplinary decision."""

    class Form(models.TextChoices):
        REPRIMAND = "reprimand", _("reprimand")
        WARNING = "warning", _("warning")
        REMOVAL = "removal", _("removal")

    form = models.CharField(_("form"), max_length=10, choices=Form.choices)
    decided_on = models.DateField(_("decided on"))
    document = models.CharField(_("document"), max_length=100, blank=True)

    past = ("decided_on",)

    class Meta:
        verbose_name = _("discipline")
        verbose_name_plural = _("disciplines")

    def __str__(self) -> str:
        return f"{self.get_form_display()} ({self.decided_on:%d/%m/%Y})"


class Evaluation(CadreFact):
    """The annual evaluation."""

    class Grade(models.TextChoices):
        EXCELLENT = "excellent", _("completed excellently")
        GOOD = "good", _("completed well")
        COMPLETED = "completed", _("completed")
        FAILED = "failed", _("not completed")

    year = models.PositiveSmallIntegerField(_("year"))
    grade = models.CharField(_("grade"), max_length=10, choices=Grade.choices)

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        constraints = [
            models.UniqueConstraint(fields=["cadre", "year"], name="one_evaluation_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.get_grade_display()}"

    def clean(self) -> None:
        """Nobody is evaluated for a year that has not begun."""
        super().clean()
        if isinstance(self.year, int):
            try:
                year_so_far(self.year)
            except ValidationError as error:
                raise ValidationError({"year": error}) from error


class PendingMatter(CadreFact):
    """An investigation, prosecution, discipline or inspection that is not concluded."""

    matter = models.CharField(_("matter"), max_length=200)
    opened_on = models.DateField(_("opened on"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    past = ("opened_on", "closed_on")
    spans = (("opened_on", "closed_on"),)

    class Meta:
        verbose_name = _("pending matter")
        verbose_name_plural = _("pending matters")
        constraints = [in_order("opened_on", "closed_on", "matter_days_in_order")]

    def __str__(self) -> str:
        return self.matter


class HealthCertificate(CadreFact):
    """A health certificate of a competent clinic."""

    issued_on = models.DateField(_("issued on"))
    fit = models.BooleanField(_("fit"), default=True)

    past = ("issued_on",)

    class Meta:
        verbose_name = _("health certificate")
        verbose_name_plural = _("health certificates")

    def __str__(self) -> str:
        return f"{self.issued_on:%d/%m/%Y}"


class AssetDeclaration(CadreFact):
    """A declaration of assets and income, and its verification."""

    declared_on = models.DateField(_("declared on"))
    verified_on = models.DateField(_("verified on"), null=True, blank=True)

    past = ("declared_on", "verified_on")
    spans = (("declared_on", "verified_on"),)

    class Meta:
        verbose_name = _("asset declaration")
        verbose_name_plural = _("asset declarations")

    def __str__(self) -> str:
        return f"{self.declared_on:%d/%m/%Y}"


class Kinship(CadreFact):
    """A family tie that bars one from the other's case; entered once, holds both ways."""

    relative = models.ForeignKey(
        Cadre, models.PROTECT, related_name="+", verbose_name=_("relative")
    )
    relation = models.CharField(_("relation"), max_length=60)

    class Meta:
        verbose_name = _("kinship")
        verbose_name_plural = _("kinships")
        constraints = [
            models.CheckConstraint(
                condition=~Q(cadre=F("relative")),
                name="nobody_is_their_own_kin",
                violation_error_message=OWN_KIN,
            )
        ]

    def __str__(self) -> str:
        return f"{self.cadre} - {self.relative}: {self.relation}"

    def clean(self) -> None:
        """Two people; the page of a cadre does not ask the database's own check."""
        super().clean()
        if self.cadre_id is not None and self.cadre_id == self.relative_id:
            raise ValidationError({"relative": OWN_KIN})
