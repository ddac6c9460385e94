"""Entries get their place in the log, after they are committed; nobody who decides waits for it.

It locks nothing that a writer of the trail locks. Each run takes what is committed and not in the
log: all of it, because numbers of entries become visible in another order than they were given.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import Q

from processes.audit.models import AuditEntry
from processes.log.models import LogLeaf, LogMark, LogTile
from processes.log.tree import Tile, Tree, grown, leaf_hash

PORTION = 5_000
#: Any number that no other lock of the site has.
LOCK = 6_209_162

_FOUND = f"""
    SELECT e.id, e.chain, e.seq, e.hash FROM {AuditEntry._meta.db_table} e
    WHERE e.id > %s AND NOT EXISTS (
        SELECT 1 FROM {LogLeaf._meta.db_table} l WHERE l.entry_id = e.id)
    ORDER BY e.id LIMIT %s
"""  # noqa: S608 -- no value in it
_HORIZON = f"""
    SELECT pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint,
        (SELECT COALESCE(max(id), 0) FROM {AuditEntry._meta.db_table})
    FROM pg_current_snapshot() s
"""  # noqa: S608


def size() -> int:
    """How many entries have a place in the log."""
    last = LogLeaf.objects.order_by("-number").values_list("number", flat=True).first()
    return 0 if last is None else last + 1


def tree() -> Tree:
    """The tree, read from its tiles."""
    return Tree(read_tiles)


def read_tiles(wanted: Iterable[Tile]) -> dict[Tile, bytes]:
    """What there is of these tiles; one statement."""
    by_level: dict[int, list[int]] = {}
    for level, place in wanted:
        by_level.setdefault(level, []).append(place)
    one = Q(pk__in=())
    for level, places in by_level.items():
        one |= Q(level=level, place__in=places)
    rows = LogTile.objects.filter(one).values_list("level", "place", "hashes")
    return {(level, place): bytes(hashes) for level, place, hashes in rows}


def read_tile(level: int, place: int) -> bytes:
    """One tile; nothing where there is none yet."""
    return read_tiles([(level, place)]).get((level, place), b"")


def sequence_all() -> int:
    """Give a place to everything that is committed; how many entries that were."""
    total = 0
    while done := sequence():
        total += done
        if done < PORTION:
            break
    return total


def sequence() -> int:
    """Give the next entries their place, at most a portion; none while another one does it."""
    with transaction.atomic(), _alone() as free:
        return _append() if free else 0


def _append() -> int:
    mark = LogMark.objects.get_or_create(pk=1)[0]
    running, after, last = _horizon()
    with connection.cursor() as cursor:
        cursor.execute(_FOUND, [mark.below, PORTION])
        rows = cursor.fetchall()
    if rows:
        start = size()
        LogLeaf.objects.bulk_create(
            LogLeaf(number=number, entry_id=row[0]) for number, row in enumerate(rows, start)
        )
        keep_tiles(grown(read_tile, start, (leaf_hash(*row[1:]) for row in rows)).items())
    if running >= mark.next_after:
        _move_on(mark, after, last, rows[-1][0] if len(rows) == PORTION else None)
    return len(rows)


def _move_on(mark: LogMark, after: int, last: int, reached: int | None) -> None:
    """All up to the next mark was committed before this run looked, so it has its place now.

    `reached` is where the portion ended, if there was more than a portion.
    """
    below = mark.next_below if reached is None else min(mark.next_below, reached)
    if (below, last) != (mark.below, mark.next_below):
        mark.below, mark.next_below, mark.next_after = below, last, after
        mark.save()


def keep_tiles(tiles: Iterable[tuple[Tile, bytes]]) -> None:
    """Write tiles that have grown."""
    LogTile.objects.bulk_create(
        [LogTile(level=level, place=place, hashes=hashes) for (level, place), hashes in tiles],
        update_conflicts=True,
        unique_fields=["level", "place"],
        update_fields=["hashes"],
    )


def _horizon() -> tuple[int, int, int]:
    """The oldest running transaction, the next one, and the last entry that can be seen.

    `record` moves the head of the chain before it takes a number for its entry, so it is a
    transaction with a number by then: an entry up to the last one that is still to come, comes
    from a transaction before the next one. SQLite has one writer at a time.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_HORIZON)
            row: tuple[int, int, int] = cursor.fetchone()
            return row
    last = AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return 0, 0, last


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether no other sequencer is at work; SQLite lets only one transaction write."""
    if connection.vendor != "postgresql":
        yield True
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        (free,) = cursor.fetchone()
    yield free
