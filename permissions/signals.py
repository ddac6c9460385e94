"""Signing in and out, entered in the trail of the site."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db import transaction
from django.dispatch import receiver

from permissions.models import User
from processes.audit.models import Event
from processes.audit.trail import record


@receiver(user_logged_in)
def signed_in(user: User, **_: Any) -> None:
    """Enter that a person has come."""
    _enter(Event.SIGNED_IN, user)


@receiver(user_logged_out)
def signed_out(user: User | None, **_: Any) -> None:
    """Enter that a person has gone; nobody has when the session was over already."""
    if user is not None:
        _enter(Event.SIGNED_OUT, user)


@transaction.atomic
def _enter(event: Event, user: User) -> None:
    record(event, by=user)
