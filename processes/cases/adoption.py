"""The trail says which text of the rules the site runs by, and since when."""

from collections.abc import Iterator

from django.db import transaction

from processes.audit.models import SITE_CHAIN, AuditEntry, Event
from processes.audit.trail import record
from processes.rules import Edition, load


@transaction.atomic
def adopt() -> list[str]:
    """Enter every edition whose text is new or has changed since it was last adopted; their keys.

    Rules are files that are installed with the program, so nobody signs for them here: the entry
    is the clock's, and keeps the digest of what was read.
    """
    changed = list(unadopted())
    for edition, before in changed:
        facts = {"digest": edition.digest, "before": before}
        record(Event.ADOPTED, by=None, edition=edition.key, facts=facts)
    return [edition.key for edition, _before in changed]


def unadopted() -> Iterator[tuple[Edition, str]]:
    """Editions that differ from what the trail knows of them, with the digest that it knows."""
    entries = AuditEntry.objects.filter(chain=SITE_CHAIN, event=Event.ADOPTED).order_by("seq")
    known = {key: facts["digest"] for key, facts in entries.values_list("edition", "facts")}
    for edition in load().editions:
        before = known.get(edition.key, "")
        if before != edition.digest:
            yield edition, before
