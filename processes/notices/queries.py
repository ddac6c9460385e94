"""Which notices a person may read now; rights are those of the moment of reading."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from processes.cases.bars import closed_cases
from processes.cases.models import Case
from processes.notices.kinds import Kind

if TYPE_CHECKING:
    from permissions.models import User


class NoticeQuerySet(models.QuerySet[Any]):
    """Notices; begin with `for_reader`."""

    def for_reader(self, user: "User") -> Self:
        """What the person was told and may still know of.

        Of a case that is closed to them only what is their own task in it.
        """
        visible = Q(case__isnull=True) | Q(case__in=Case.objects.visible_to(user).order_by())
        found = self.filter(visible, person=user.pk)
        closed = closed_cases(user)
        return found.exclude(~Q(task__owner=user.pk), case__in=closed) if closed else found

    def in_page(self, user: "User") -> Self:
        """Those that the person wants to see in the page."""
        return self.for_reader(user).filter(page=True)

    def unread(self, user: "User") -> Self:
        """Those in the page that the person has not read and that still ask for something."""
        return self.in_page(user).filter(read_at__isnull=True).still_due(user)

    def still_due(self, user: "User") -> Self:
        """Without tasks of the unit that somebody else has taken or concluded meanwhile."""
        gone = Q(task__finished__isnull=False) | Q(task__owner__isnull=False)
        return self.exclude(gone & ~Q(task__owner=user.pk), kind=Kind.UNIT_TASK)
