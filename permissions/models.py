"""Accounts, and the roles that they hold on units with dates."""

from datetime import date, timedelta
from typing import Any, ClassVar, NoReturn, Self

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from permissions.catalogue import Role


class NeverDeleted(Exception):
    """An account is closed, never deleted: the trail names it."""


class AccountQuerySet(models.QuerySet["User"]):
    """Accounts; closed, never deleted."""

    def delete(self) -> NoReturn:
        """Refuse: accounts are closed by `is_active`."""
        raise NeverDeleted


class AccountManager(UserManager.from_queryset(AccountQuerySet)):  # type: ignore[misc]
    """Creates accounts; deletes none."""


class User(AbstractUser):  # type: ignore[django-manager-missing]
    """A person's account. Closed by `is_active = False`; there is no deletion."""

    title = models.CharField(_("title"), max_length=200, blank=True)

    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def get_short_name(self) -> str:
        """The whole name: a given name alone is no form of address here."""
        return self.get_full_name()

    def get_full_name(self) -> str:
        """Family name first, as Vietnamese names are written."""
        return f"{self.last_name} {self.first_name}".strip()

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: accounts are closed by `is_active`."""
        raise NeverDeleted


class HoldingQuerySet(models.QuerySet["Holding"]):
    """Roles held; ask for those in force."""

    def in_force(self, on: date) -> Self:
        """Holdings that count on that day; the last day counts."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on), valid_from__lte=on)

    def overlapping(self, since: date, until: date | None) -> Self:
        """Holdings that count on any of these days; without a last day, from the first one on.

        One that was ended on its first day never counted.
        """
        begun = Q() if until is None else Q(valid_from__lte=until)
        lasting = Q(valid_until__gte=since) & Q(valid_until__gte=F("valid_from"))
        return self.filter(begun, Q(valid_until__isnull=True) | lasting)


class Holding(models.Model):
    """A role that a person holds on a unit from one day to another; ended, never removed."""

    user = models.ForeignKey(
        User, models.PROTECT, related_name="holdings", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    unit = models.ForeignKey(
        "processes.Unit", models.PROTECT, related_name="holdings", verbose_name=_("unit")
    )
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"), null=True, blank=True)
    granted_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("granted by")
    )

    objects = HoldingQuerySet.as_manager()

    class Meta:
        verbose_name = _("role held")
        verbose_name_plural = _("roles held")
        indexes = [models.Index(fields=["user", "valid_until"])]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()} ({self.unit})"


class StandInQuerySet(models.QuerySet["StandIn"]):
    """Times of deputies; ask for those in force."""

    def in_force(self, on: date) -> Self:
        """Those that count on that day: begun, not over, not ended by then."""
        open_ended = Q(ended_on__isnull=True) | Q(ended_on__gt=on)
        return self.filter(open_ended, valid_from__lte=on, valid_until__gte=on)

    def overlapping(self, since: date, until: date) -> Self:
        """Those that count on any of these days."""
        lasting = Q(ended_on__isnull=True) | Q(ended_on__gt=since) & Q(ended_on__gt=F("valid_from"))
        return self.filter(lasting, valid_from__lte=until, valid_until__gte=since)


class StandIn(models.Model):
    """One person does another's tasks from one day to another; ended, never removed.

    It is no authorisation to sign in the name of a body: that is a procedure of its own, with a
    resolution (`processes.flows.delegation`).
    """

    principal = models.ForeignKey(
        User, models.PROTECT, related_name="deputies", verbose_name=_("stood in for")
    )
    deputy = models.ForeignKey(
        User, models.PROTECT, related_name="stands_in_for", verbose_name=_("deputy")
    )
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"))
    #: What it covers, by the names that the database has for them; nothing named means all.
    procedures = models.JSONField(_("procedures"), default=list)
    steps = models.JSONField(_("steps"), default=list)
    units = models.JSONField(_("units"), default=list)
    reason = models.TextField(_("reason"))
    document = models.CharField(_("authorisation document"), max_length=200)
    issued_on = models.DateField(_("issued on"))
    file = models.CharField(max_length=200)
    mime = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    appointed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    appointed_at = models.DateTimeField(auto_now_add=True)
    ended_on = models.DateField(_("ended on"), null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = StandInQuerySet.as_manager()

    class Meta:
        verbose_name = _("time of a deputy")
        verbose_name_plural = _("times of deputies")
        indexes = [
            models.Index(fields=["deputy", "valid_until"]),
            models.Index(fields=["principal", "valid_until"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(principal=F("deputy")), name="nobody_is_their_own_deputy"
            )
        ]

    def __str__(self) -> str:
        days = f"{self.valid_from:%d/%m/%Y}–{self.last_day:%d/%m/%Y}"
        return f"{self.deputy} → {self.principal}: {days}"

    @property
    def last_day(self) -> date:
        """The last day on which it counts."""
        ended = self.ended_on - timedelta(days=1) if self.ended_on else self.valid_until
        return min(self.valid_until, ended)

    def counts(self, on: date) -> bool:
        """Whether it counts on that day."""
        return self.valid_from <= on <= self.last_day

    def covers(self, procedure: str, step: str, unit_id: int | None) -> bool:
        """Whether a task is in what it covers."""
        return (
            (not self.procedures or procedure in self.procedures)
            and (not self.steps or step in self.steps)
            and (not self.units or unit_id in self.units)
        )

    def meets(self, other: "StandIn") -> bool:
        """Whether there may be a task that both cover."""
        pairs = (
            (self.procedures, other.procedures),
            (self.steps, other.steps),
            (self.units, other.units),
        )
        return all(not one or not two or set(one) & set(two) for one, two in pairs)


class EmergencyQuerySet(models.QuerySet["EmergencyAccess"]):
    """Emergency accesses; ask for those that may still be open."""

    def open_on(self, on: date) -> Self:
        """Those that end on that day or later; `until` says to the minute."""
        return self.filter(until_on__gte=on, ended_at__isnull=True)


class EmergencyAccess(models.Model):
    """Somebody asks to read one case in an emergency, somebody else lets them, for some hours.

    It is instead of an account that may read everything: it gives no right but to read that
    case, it ends by itself, and inspectors are told at once. Rows are ended, never removed.
    """

    reader = models.ForeignKey(
        User, models.PROTECT, related_name="emergencies", verbose_name=_("asked by"),
        db_index=False,
    )  # fmt: skip
    province = models.ForeignKey("processes.Unit", models.PROTECT, related_name="+")
    #: What was asked for, as it was typed: whoever asks is not told whether there is such a case.
    code = models.CharField(_("case number"), max_length=30)
    hours = models.PositiveSmallIntegerField(_("hours"))
    reason = models.TextField(_("reason"))
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered at"), null=True)
    answer = models.TextField(_("answer"), blank=True)
    #: Set where it was approved.
    case = models.ForeignKey("processes.Case", models.PROTECT, null=True, related_name="+")
    until = models.DateTimeField(_("until"), null=True)
    until_on = models.DateField(null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = EmergencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("emergency access")
        verbose_name_plural = _("emergency accesses")
        indexes = [models.Index(fields=["reader", "until_on"], name="emergency_of_reader")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True)
                | Q(answered_by__isnull=False) & Q(case__isnull=False),
                name="emergency_is_approved",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("reader")),
                name="nobody_approves_their_own_emergency",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.reader}"
