"""The kinds of notices, and how each reaches a person who has chosen nothing."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a person is told of."""

    TASK = "task", _("A task came to me")
    UNIT_TASK = "unit_task", _("A task came to my unit")
    REMINDER = "reminder", _("A deadline is near")
    ESCALATION = "escalation", _("A deadline has passed")
    PAPER = "paper", _("A paper counts no more soon")
    EXTENSION = "extension", _("A deadline was extended")
    MENTION = "mention", _("Somebody mentioned me")
    HANDOVER = "handover", _("A task was handed over to me")
    EMERGENCY = "emergency", _("Emergency access to a case")
    RETENTION = "retention", _("Erasure by order, and legal holds")
    DECISION = "decision", _("A case that I took part in was decided")


class Mailing(models.TextChoices):
    """When a notice goes out by mail."""

    OFF = "off", _("no mail")
    DIGEST = "digest", _("in the daily mail")
    NOW = "now", _("at once")


@dataclass(frozen=True)
class Channels:
    """How a notice reaches a person."""

    page: bool = True
    desktop: bool = False
    mail: Mailing = Mailing.DIGEST


_URGENT = Channels(desktop=True, mail=Mailing.NOW)
_CALM = Channels()

#: What holds until a person chooses: mail at once where waiting a day would be too late.
DEFAULTS: dict[Kind, Channels] = {
    Kind.TASK: Channels(desktop=True),
    Kind.UNIT_TASK: _CALM,
    Kind.REMINDER: _URGENT,
    Kind.ESCALATION: _URGENT,
    Kind.PAPER: _CALM,
    Kind.EXTENSION: _CALM,
    Kind.MENTION: _URGENT,
    Kind.HANDOVER: _URGENT,
    Kind.EMERGENCY: _URGENT,
    Kind.RETENTION: _URGENT,
    Kind.DECISION: _CALM,
}
