"""How a person wants to be told: read and kept, each change an entry."""

from collections.abc import Mapping
from datetime import time

from django.db import transaction
from django.utils.translation import gettext as _

from permissions.errors import Refused
from permissions.models import User
from processes.audit.models import Event
from processes.audit.trail import record
from processes.notices.kinds import DEFAULTS, Channels, Kind, Mailing
from processes.notices.models import NoticeChoice, NoticeSettings


def channels_of(person: User) -> dict[Kind, Channels]:
    """How each kind reaches the person now."""
    chosen = {
        Kind(one.kind): Channels(one.page, one.desktop, Mailing(one.mail))
        for one in NoticeChoice.objects.filter(person=person)
    }
    return DEFAULTS | chosen


@transaction.atomic
def choose(channels: Mapping[Kind, Channels], *, language: str, digest_at: time, by: User) -> bool:
    """Keep what the person has chosen; whether anything changed."""
    before, now = _known(by), {"language": language, "digest_at": f"{digest_at:%H:%M}"}
    now |= {kind.value: _words(want) for kind, want in channels.items()}
    new = {name: value for name, value in now.items() if before.get(name) != value}
    if not new:
        return False
    NoticeSettings.objects.update_or_create(
        person=by, defaults={"language": language, "digest_at": digest_at}
    )
    for kind, want in channels.items():
        values = {"page": want.page, "desktop": want.desktop, "mail": want.mail}
        NoticeChoice.objects.update_or_create(person=by, kind=kind, defaults=values)
    old = {name: before[name] for name in new}
    facts = {"model": "processes.noticesettings", "label": str(by), "old": old, "new": new}
    record(Event.CHANGED, by=by, facts=facts)
    return True


@transaction.atomic
def enter_address(address: str, *, by: User) -> None:
    """Keep the person's own mail address where none is known. Raises Refused where one is.

    Whoever could exchange an address could read what another is told.
    """
    person = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if person.email:
        raise Refused(_("Your mail address is known; the process administrator maintains it."))
    by.email = person.email = address
    person.save(update_fields=["email"])
    facts = {
        "model": "permissions.user", "id": by.pk, "label": str(by),
        "old": {"email": ""}, "new": {"email": address},
    }  # fmt: skip
    record(Event.CHANGED, by=by, facts=facts)


def _known(person: User) -> dict[str, str]:
    found = NoticeSettings.objects.filter(person=person).first() or NoticeSettings(person=person)
    known = {"language": found.language, "digest_at": f"{found.digest_at:%H:%M}"}
    return known | {kind.value: _words(want) for kind, want in channels_of(person).items()}


def _words(want: Channels) -> str:
    shown = [name for name in ("page", "desktop") if getattr(want, name)]
    return " ".join([*shown, f"mail:{want.mail.value}"])
