"""Accounts, and the roles that they hold on units with dates."""

from datetime import date
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
    granted_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)

    objects = HoldingQuerySet.as_manager()

    class Meta:
        verbose_name = _("role held")
        verbose_name_plural = _("roles held")
        indexes = [models.Index(fields=["user", "valid_until"])]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()} ({self.unit})"
