"""The only writer of the trail."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils import timezone

from permissions.compiled import Compiled, execute, prepares
from permissions.writing import Insertion, insert
from processes.audit.behalf import in_whose_name, role_of_change
from processes.audit.chain import COVERED, FORMAT, digest, digest_2, instant, new_salts
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
    (numbers as integers or strings), old and new where something was changed. What a deputy
    does is in the name of whom they stand in for, also where `behalf` is not said; what comes of
    a step or an action is done in its role, also where `role` is not said.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("An entry is written in the transaction of its change.")
    if behalf is None and by is not None:
        behalf = in_whose_name()
    if not role and by is not None:
        role = role_of_change(by)
    entry = AuditEntry(
        event=event, by=by, case=case, unit=unit, role=role, behalf=behalf, task=task, step=step,
        outcome=outcome, reason=reason, edition=edition or (case.edition if case else ""),
        documents=list(documents), facts=dict(facts or {}), format=FORMAT, salts=new_salts(),
    )  # fmt: skip
    chain = case.pk if case else SITE_CHAIN
    _append(entry, chain, head=case.head if case else None)
    if case:
        case.head = (entry.seq, entry.hash)
    return entry


def _append(entry: AuditEntry, chain: int, *, head: tuple[int, str] | None) -> None:
    """Give the entry its place at the end of the chain.

    `head` is where the caller, who holds the case's lock, has seen the chain stand. It is only
    a hope: the head moves on from there or not at all, and then it is read under its own lock.
    """
    seq, last = head or _locked_head(chain)
    entry.chain, entry.at = chain, timezone.now()
    while True:
        entry.seq, entry.prev_hash = seq + 1, last
        entry.hash = hash_of(entry)
        if _written(entry, after=(chain, seq, last)):
            break
        seq, last = _locked_head(chain)


#: Written out, because every decision waits for it: Django would build it anew for each entry.
_MOVE_ON = (
    f"UPDATE {ChainHead._meta.db_table} SET seq = %s, hash = %s"  # noqa: S608 -- no value in it
    " WHERE chain = %s AND seq = %s AND hash = %s"
)
#: The same with the entry itself, which is inserted where the head has moved.
_MOVE_ON_AND_INSERT = Insertion(AuditEntry, behind=f"{_MOVE_ON} RETURNING 1")


def _written(entry: AuditEntry, *, after: tuple[int, int, str]) -> bool:
    """Whether the head stood where the entry follows it; then it stands at the entry."""
    places = [entry.seq, entry.hash, *after]
    if prepares():
        return _MOVE_ON_AND_INSERT(entry, *places)
    with connection.cursor() as cursor:
        execute(cursor, _MOVE_ON, places)
        moved = bool(cursor.rowcount)
    if moved:
        insert(entry)
    return moved


def _locked_head(chain: int) -> tuple[int, str]:
    """Number and hash of the last entry of a chain, which stays so until the transaction ends."""
    found = _heads(chain=chain)
    if not found:
        ChainHead.objects.get_or_create(chain=chain)
        found = _heads(chain=chain)
    return found[0]


_heads = Compiled(
    lambda chain: (
        ChainHead.objects.select_for_update(no_key=True)
        .filter(chain=chain)
        .values_list("seq", "hash")
    ),
    chain=int,
)


def covered(entry: AuditEntry) -> list[Any]:
    """The columns of an entry that its hash covers, as they are hashed."""
    return [instant(entry.at) if name == "at" else getattr(entry, name) for name in COVERED]


def hash_of(entry: AuditEntry) -> str:
    """The hash that an entry ought to have."""
    if entry.format == 1:
        return digest(covered(entry))
    return digest_2(covered(entry), entry.salts, entry.removed)
