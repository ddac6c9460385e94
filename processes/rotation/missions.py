"""What a cadre is given to do, what was delivered, how it was judged, and what the cadre gets."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from processes.cases.models import Case
from processes.dossiers.models import Document
from processes.organisation.dating import in_order
from processes.organisation.people import Cadre, Evaluation
from processes.organisation.positions import Position, Sourced
from processes.organisation.units import Dated, DatedQuerySet, Unit


class ProductTargetSet(Dated, Sourced):
    """Posts whose holders are evaluated by products, rotated or not (đánh giá bằng sản phẩm).

    Which posts were chosen is not named in the sources: it is data, with dates.
    """

    province = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("province"))
    title = models.CharField(_("title"), max_length=200)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("posts evaluated by products")
        verbose_name_plural = _("sets of posts evaluated by products")
        constraints = [in_order("valid_from", "valid_to", "target_set_days_in_order")]

    def __str__(self) -> str:
        return self.title


class ChosenPost(models.Model):
    """A post of such a set."""

    target_set = models.ForeignKey(
        ProductTargetSet, models.PROTECT, related_name="posts", verbose_name=_("chosen posts")
    )
    position = models.ForeignKey(
        Position, models.PROTECT, related_name="+", verbose_name=_("position")
    )

    class Meta:
        verbose_name = _("chosen post")
        verbose_name_plural = _("chosen posts")
        constraints = [
            models.UniqueConstraint(fields=["target_set", "position"], name="post_chosen_once")
        ]

    def __str__(self) -> str:
        return str(self.position)


class MissionOrder(models.Model):
    """A mission given to a cadre: on rotation, by a case; else to the holder of a chosen post."""

    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="missions")
    target_set = models.ForeignKey(
        ProductTargetSet, models.PROTECT, null=True, related_name="missions"
    )
    cadre = models.ForeignKey(
        Cadre, models.PROTECT, related_name="missions", verbose_name=_("cadre")
    )
    position = models.ForeignKey(
        Position, models.PROTECT, related_name="missions", verbose_name=_("position")
    )
    province = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    source = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="missions", verbose_name=_("receiving unit")
    )
    number = models.CharField(_("number and symbol"), max_length=60, blank=True)
    ordered_on = models.DateField(_("ordered on"))
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True)
    ended_on = models.DateField(_("ended on"), null=True)

    class Meta:
        verbose_name = _("mission order")
        verbose_name_plural = _("mission orders")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_on__isnull=True), name="one_mission_of_a_case"
            ),
            models.CheckConstraint(
                condition=Q(case__isnull=False) | Q(target_set__isnull=False),
                name="mission_has_a_ground",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cadre}: {self.position}"


class MissionItem(models.Model):
    """One thing to be done, with the product that shows it."""

    order = models.ForeignKey(MissionOrder, models.PROTECT, related_name="items")
    title = models.CharField(_("task"), max_length=200)
    product = models.CharField(_("product"), max_length=200)
    measure = models.CharField(_("unit of measure"), max_length=40)
    target = models.DecimalField(_("target"), max_digits=12, decimal_places=2)
    weight = models.PositiveSmallIntegerField(_("weight"))
    due_on = models.DateField(_("due"))

    class Meta:
        verbose_name = _("item of a mission")
        verbose_name_plural = _("items of missions")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(target__gt=0), name="item_target_above_zero"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="item_weight_above_zero"),
        ]

    def __str__(self) -> str:
        return self.title


class ProductDelivery(models.Model):
    """A product handed in with its evidence; accepted with a score, or returned."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to be judged")
        ACCEPTED = "accepted", _("accepted")
        RETURNED = "returned", _("returned")

    item = models.ForeignKey(MissionItem, models.PROTECT, related_name="deliveries")
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    evidence = models.CharField(_("evidence: number and date of the paper"), max_length=300)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    delivered_on = models.DateField(_("delivered on"))
    delivered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.WAITING
    )
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    judged_on = models.DateField(_("judged on"), null=True)
    score = models.PositiveSmallIntegerField(
        _("score"), null=True, validators=[MaxValueValidator(100)]
    )
    remark = models.TextField(_("remark"), blank=True)

    class Meta:
        verbose_name = _("delivered product")
        verbose_name_plural = _("delivered products")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="accepted", score__isnull=False, accepted_by__isnull=False)
                | (~Q(state="accepted") & Q(score__isnull=True)),
                name="accepted_with_a_score",
            )
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.amount}"


class RotationReview(models.Model):
    """The review of a mission for a quarter, a year, or at any time (Quy định 366-QĐ/TW)."""

    class Kind(models.TextChoices):
        QUARTER = "quarter", _("quarter")
        YEAR = "year", _("year")
        UNSCHEDULED = "unscheduled", _("unscheduled")

    order = models.ForeignKey(MissionOrder, models.PROTECT, related_name="reviews")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("number"), default=0)
    opened_on = models.DateField(_("opened on"))
    concluded_on = models.DateField(_("concluded on"), null=True)
    concluded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    total = models.DecimalField(_("points"), max_digits=5, decimal_places=2, null=True)
    level = models.CharField(
        _("level"), max_length=10, choices=Evaluation.Grade.choices, blank=True
    )
    edition = models.CharField(_("edition"), max_length=30, blank=True)
    lines = models.JSONField(default=list)
    comment = models.TextField(_("comment"), blank=True)

    class Meta:
        verbose_name = _("review of a mission")
        verbose_name_plural = _("reviews of missions")
        ordering = ["-year", "-opened_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "kind", "year", "number"], name="one_review_of_a_period"
            )
        ]

    def __str__(self) -> str:
        return f"{self.order}: {self.period}"

    @property
    def period(self) -> str:
        """The period as documents write it: 2026, or II/2026 for its second quarter."""
        if self.kind != self.Kind.QUARTER:
            return f"{self.year}" if not self.number else f"{self.number}/{self.year}"
        return f"{('I', 'II', 'III', 'IV')[self.number - 1]}/{self.year}"


class Finding(models.Model):
    """Something a review found that may lead to a sanction (procedures.md section 0)."""

    class Kind(models.TextChoices):
        CONFLICT_AVOIDANCE = "conflict_avoidance", _("conflict avoidance")
        LOCALITY_ISOLATION = "locality_isolation", _("isolation by the receiving unit")

    review = models.ForeignKey(RotationReview, models.PROTECT, related_name="findings")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    cadre = models.ForeignKey(Cadre, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    text = models.TextField(_("what was found"))
    sanction = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        constraints = [
            models.CheckConstraint(
                condition=Q(cadre__isnull=False) | Q(unit__isnull=False),
                name="finding_is_about_somebody",
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Entitlement(models.Model):
    """What a rotated cadre is paid or given while on rotation (R65 Điều 8, 10, 11)."""

    class Kind(models.TextChoices):
        ALLOWANCE = "allowance", _("allowance")
        HOUSING = "housing", _("housing")
        TRAVEL = "travel", _("travel")
        PRESERVED_ALLOWANCE = "preserved", _("preserved position allowance")

    order = models.ForeignKey(MissionOrder, models.PROTECT, related_name="entitlements")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    amount = models.PositiveBigIntegerField(_("VND a month"))
    payer = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("paid by"))
    basis = models.CharField(_("basis"), max_length=200, blank=True)
    since = models.DateField(_("since"))
    reviewed_on = models.DateField(_("reviewed on"), null=True)
    closed_on = models.DateField(_("closed on"), null=True)

    class Meta:
        verbose_name = _("entitlement")
        verbose_name_plural = _("entitlements")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "kind"],
                condition=Q(closed_on__isnull=True),
                name="one_open_entitlement_of_a_kind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.order}"
