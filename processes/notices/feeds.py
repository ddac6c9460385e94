"""Calendar feeds: an address with a token that a person opens, renews and closes."""

import hashlib
import secrets

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from permissions.models import User
from processes.audit.models import Event
from processes.audit.trail import record


class CalendarFeed(models.Model):
    """An address under which a person's calendar is read; only the hash of its token is kept."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="feeds")
    digest = models.CharField(max_length=64, unique=True)
    opened_at = models.DateTimeField(_("opened at"))
    closed_at = models.DateTimeField(_("closed at"), null=True)

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(closed_at__isnull=True), name="one_open_feed"
            )
        ]

    def __str__(self) -> str:
        return str(self.person)


@transaction.atomic
def open_feed(*, by: User) -> str:
    """Open a feed and close the one before it; the token is told this once."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    close_feed(by=by)
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.create(person=by, digest=_digest(token), opened_at=timezone.now())
    record(Event.FEED_OPENED, by=by)
    return token


@transaction.atomic
def close_feed(*, by: User) -> bool:
    """Close the person's feed; whether there was one."""
    closed = CalendarFeed.objects.filter(person=by, closed_at__isnull=True)
    if not closed.update(closed_at=timezone.now()):
        return False
    record(Event.FEED_CLOSED, by=by)
    return True


def reader_of(token: str) -> User | None:
    """Whose calendar a token opens; None when it is closed or its account is."""
    feeds = CalendarFeed.objects.filter(closed_at__isnull=True, person__is_active=True)
    feed = feeds.select_related("person__cadre").filter(digest=_digest(token)).first()
    return feed.person if feed else None


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
