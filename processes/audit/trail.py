"""The only writer of the trail."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils import timezone

from processes.audit.chain import COVERED, digest, instant
from processes.audit.models import SITE_CHAIN, AuditEntry, ChainHead, Event

if TYPE_CHECKING:
    from permissions.models import User
    from processes.cases.models import Case
    from processes.organisation.units import Unit


def record(
    event: Event,
    *,
    by: "User | None",
    case: "Case | None" = None,
    unit: "Unit | None" = None,
    role: str = "",
    behalf: "User | None" = None,
    task: int | None = None,
    step: str = "",
    outcome: str = "",
    reason: str = "",
    edition: str = "",
    documents: Iterable[str] = (),
    facts: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Append an entry to the case's chain, or to the site's where there is no case.

    Runs inside the transaction of the change that it tells of, so that neither can be
    without the other. `by` is None only for the clock. `facts` holds JSON values only
    (numbers as integers or strings), old and new where something was changed.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("An entry is written in the transaction of its change.")
    entry = AuditEntry(
        event=event, by=by, case=case, unit=unit, role=role, behalf=behalf, task=task, step=step,
        outcome=outcome, reason=reason, edition=edition or (case.edition if case else ""),
        documents=list(documents), facts=dict(facts or {}),
    )  # fmt: skip
    _append(entry, case.pk if case else SITE_CHAIN)
    return entry


def _append(entry: AuditEntry, chain: int) -> None:
    """Give the entry its place at the end of the chain, under the lock of the chain's head."""
    head = ChainHead.objects.select_for_update().filter(chain=chain).first()
    if head is None:
        ChainHead.objects.get_or_create(chain=chain)
        head = ChainHead.objects.select_for_update().get(chain=chain)
    entry.chain = chain
    entry.seq = head.seq + 1
    entry.prev_hash = head.hash
    entry.at = timezone.now()
    entry.hash = digest(covered(entry))
    entry.save(force_insert=True)
    ChainHead.objects.filter(chain=chain).update(seq=entry.seq, hash=entry.hash)


def covered(entry: AuditEntry) -> list[Any]:
    """The columns of an entry that its hash covers, as they are hashed."""
    return [instant(entry.at) if name == "at" else getattr(entry, name) for name in COVERED]
