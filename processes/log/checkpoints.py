"""Checkpoints: what the log was at a moment, signed, linked, and copied to places outside."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from processes.audit.models import Event
from processes.audit.trail import record
from processes.log import keys
from processes.log.models import Checkpoint, Delivery
from processes.log.notes import Mark, digest, signed
from processes.log.sequencer import LOCK, sequence_all, size, tree

if TYPE_CHECKING:
    from permissions.models import User

HOURLY = timedelta(hours=1)


def checkpoint(*, by: "User | None", role: str = "") -> Checkpoint:
    """Sign what the log is now, for every place outside. Raises keys.NoKey.

    One that a person asked for is an entry; that entry is in the checkpoint after it.
    """
    sequence_all()
    with transaction.atomic():
        made = _sign(timezone.now(), places())
        if by is not None:
            facts = {"number": made.number, "size": made.size, "root": made.root}
            record(Event.CHECKPOINTED, by=by, role=role, facts=facts)
    return made


def checkpoint_in_passing() -> Checkpoint:
    """Sign what the log is now, because a question or a bundle rests on it. Raises keys.NoKey.

    Inspectors ask often, and nobody keeps all messages of a mailbox that gets one each time. So
    only folders get a copy; the one that is mailed within the hour holds all entries of this one.
    """
    sequence_all()
    with transaction.atomic():
        return _sign(timezone.now(), drops())


def due(now: datetime) -> bool:
    """Whether an hour has gone by since the last one that went to every place."""
    recent = Checkpoint.objects.filter(at__gt=now - HOURLY)
    if settings.LOG_MAIL:
        recent = recent.filter(deliveries__kind=Delivery.Kind.MAIL)
    return not recent.exists()


def _sign(now: datetime, where: list[tuple[str, str]]) -> Checkpoint:
    _wait_for_others()
    key = keys.must_be_in_use()
    secret = keys.private(key)
    last = Checkpoint.objects.first()
    number, count = (last.number + 1 if last else 1), size()
    now = now.replace(microsecond=0)
    root = tree().root(count)
    text = str(Mark(key.origin, count, root, now, digest(last.note) if last else ""))
    made = Checkpoint.objects.create(
        number=number, size=count, root=root.hex(), at=now, key=key,
        note=signed(text, key.origin, [secret]),
    )  # fmt: skip
    Delivery.objects.bulk_create(
        Delivery(checkpoint=made, kind=kind, place=place) for kind, place in where
    )
    return made


def places() -> list[tuple[str, str]]:
    """Where copies go, by the settings."""
    return [*drops(), *((Delivery.Kind.MAIL, address) for address in settings.LOG_MAIL)]


def drops() -> list[tuple[str, str]]:
    """The folders among them."""
    return [(Delivery.Kind.DROP, place) for place in settings.LOG_DROPS]


def _wait_for_others() -> None:
    """One signs at a time, so that each names the one before; SQLite sees to it by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK + 1])
