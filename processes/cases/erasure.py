"""What an order has taken out of the record, and what must not be taken out: legal holds.

Content goes, its digest stays: entries of the trail, papers and texts can still be proven to be
the ones that stood there. Rows are answered, carried out or lifted, and never removed.
"""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from processes.cases.models import Case
from processes.organisation.people import Cadre
from processes.organisation.units import Unit

#: Either about a case or about the record of a person.
ONE_SUBJECT = Q(case__isnull=False, cadre__isnull=True) | Q(case__isnull=True, cadre__isnull=False)


class ErasureOrder(models.Model):
    """Somebody asks, on a competent authority's order, that content be erased; a second approves.

    It is carried out when the days for an objection are over (`due_on`), unless it is revoked or a
    legal hold stands in its way. What it names is fixed when it is asked for, but for places where
    the same content has come to stand since.
    """

    province = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="erasures")
    cadre = models.ForeignKey(Cadre, models.PROTECT, null=True, related_name="erasures")
    authority = models.CharField(_("ordered by"), max_length=200)
    document = models.CharField(_("number of the order"), max_length=100)
    issued_on = models.DateField(_("issued on"))
    reason = models.TextField(_("reason"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+",
        verbose_name=_("answered by"),
    )  # fmt: skip
    answered_at = models.DateTimeField(_("answered at"), null=True)
    answer = models.TextField(_("answer"), blank=True)
    #: Set where it was approved: the first day on which it is carried out.
    due_on = models.DateField(_("carried out from"), null=True)
    carried_out_at = models.DateTimeField(_("carried out at"), null=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("order of erasure")
        verbose_name_plural = _("orders of erasure")
        constraints = [
            models.CheckConstraint(condition=ONE_SUBJECT, name="erasure_has_one_subject"),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("asked_by")),
                name="nobody_approves_their_own_erasure",
            ),
            models.CheckConstraint(
                condition=Q(carried_out_at__isnull=True)
                | Q(due_on__isnull=False, answered_by__isnull=False, revoked_at__isnull=True),
                name="erasure_is_approved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}: {self.case or self.cadre}"

    @property
    def over(self) -> bool:
        """Whether nothing comes of it any more: carried out, revoked or denied."""
        denied = self.answered_by_id is not None and self.due_on is None
        return denied or self.carried_out_at is not None or self.revoked_at is not None


class ErasureItem(models.Model):
    """One thing that an order takes out, by the number of its row, and the digest that stays."""

    class Kind(models.TextChoices):
        ENTRY = "entry", _("entry of the trail")
        PAPER = "paper", _("paper")
        ATTACHMENT = "attachment", _("attachment")
        COMMENT = "comment", _("comment")
        ROW = "row", _("text of the case")
        FACT = "fact", _("fact of the record")

    order = models.ForeignKey(ErasureOrder, models.PROTECT, related_name="items")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    number = models.BigIntegerField()
    #: The column where only that goes, the model where a row has a column or goes whole.
    name = models.CharField(max_length=60, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    title = models.CharField(_("what"), max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order", "kind", "number", "name"], name="erased_once_by_an_order"
            )
        ]
        indexes = [
            models.Index(fields=["kind", "number"], name="erasure_by_row"),
            models.Index(fields=["digest"], name="erasure_by_digest", condition=~Q(digest="")),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        """How a form names it (`processes.retention.content.Place.key`)."""
        return f"{self.kind}:{self.number}:{self.name}"


class LegalHoldQuerySet(models.QuerySet["LegalHold"]):
    """Legal holds; ask for those in force."""

    def in_force(self) -> Self:
        """Those that nobody has lifted."""
        return self.filter(lifted_at__isnull=True)


class LegalHold(models.Model):
    """Nothing of a case, or of whatever is about a person, is erased until it is lifted."""

    province = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="legal_holds")
    cadre = models.ForeignKey(Cadre, models.PROTECT, null=True, related_name="legal_holds")
    basis = models.CharField(_("written basis"), max_length=200)
    reason = models.TextField(_("reason"))
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("placed by")
    )
    placed_at = models.DateTimeField(_("placed at"), auto_now_add=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+",
        verbose_name=_("lifted by"),
    )  # fmt: skip
    lifted_at = models.DateTimeField(_("lifted at"), null=True)
    lifted_because = models.TextField(_("reason to lift it"), blank=True)

    objects = LegalHoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal hold")
        verbose_name_plural = _("legal holds")
        constraints = [
            models.CheckConstraint(condition=ONE_SUBJECT, name="legal_hold_has_one_subject"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(lifted_at__isnull=True), name="one_legal_hold_a_case"
            ),
            models.UniqueConstraint(
                fields=["cadre"], condition=Q(lifted_at__isnull=True), name="one_legal_hold_a_cadre"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.basis}: {self.case or self.cadre}"


def erased_by(digest: str, case: int) -> ErasureOrder | None:
    """The order that has taken the content with this digest out of a case, if one has."""
    done = ErasureOrder.objects.filter(case=case, carried_out_at__isnull=False)
    return done.filter(items__digest=digest).order_by("pk").first()


#: The flag of a case from which an order has taken something.
ERASED_FLAG = "erased"
