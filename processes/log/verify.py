"""Recompute the log from the entries: every leaf, tile and checkpoint, here and outside."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.db import connection, models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from processes.audit.models import AuditEntry
from processes.audit.verify import snapshot
from processes.log import keys
from processes.log.models import Checkpoint, LogKey, LogLeaf, LogMark, LogTile
from processes.log.notes import BadNote, Mark, Verifier, digest, opened
from processes.log.places import leaves_in, notes_in
from processes.log.sequencer import read_tiles
from processes.log.tree import BYTES, EMPTY, WIDTH, Tree, fold, leaf_hash

PORTION = WIDTH * 20
#: So many of one kind are named; the first of them say where to look.
NAMED = 20


class Flaw(models.TextChoices):
    """What can be wrong with the log."""

    GONE = "gone", _("the entry that has this place in the log is gone")
    LEAF = "leaf", _("the entry is not the one that was put here")
    PLACE = "place", _("the place is missing from the log")
    UNPLACED = "unplaced", _("the entry stands in its chain and not in the log")
    TILE = "tile", _("stored hashes of the tree do not follow from those below")
    SIGNATURE = "signature", _("no trusted key has signed the checkpoint")
    LINK = "link", _("the checkpoint does not name the one before it")
    ROOT = "root", _("the log is not what it was at this checkpoint")
    SHORT = "short", _("the log is shorter than it was at this checkpoint")
    LACKING = "lacking", _("the checkpoint lies outside and is missing here")
    OTHER = "other", _("the checkpoint that lies outside says something else")
    REWRITTEN = "rewritten", _("outside it is written that another entry stood here")


@dataclass(frozen=True)
class Trouble:
    """One thing that is wrong, and where: at a place of the log, or at a checkpoint."""

    flaw: Flaw
    place: int | None = None
    chain: int | None = None
    seq: int | None = None
    checkpoint: int | None = None


@dataclass
class LogReport:
    """What was read and found."""

    leaves: int = 0
    checkpoints: int = 0
    outside: int = 0
    troubles: list[Trouble] = field(default_factory=list)

    def add(self, trouble: Trouble) -> None:
        """Keep it, unless so many of its kind are kept that more say nothing."""
        if (
            trouble not in self.troubles
            and sum(one.flaw == trouble.flaw for one in self.troubles) < NAMED
        ):
            self.troubles.append(trouble)


Progress = Callable[[int], None]
Row = tuple[int, int | None, int | None, str | None]


def verify_log(
    outside: Iterable[Path] = (),
    trusted: Sequence[Verifier] = (),
    progress: Progress | None = None,
) -> LogReport:
    """Check the log in one snapshot of the database, against the folders outside as well."""
    report = LogReport()
    with snapshot():
        tiles = {(t.level, t.place): bytes(t.hashes) for t in LogTile.objects.filter(level__gt=0)}
        folded = _walk(report, progress)
        _check_tiles(report, tiles, folded)
        _check_unplaced(report)
        tree = Tree(read_tiles)
        known = list(trusted) or keys.trusted()
        known = keys.handed_over(known, list(LogKey.objects.all()))
        notes = dict(Checkpoint.objects.order_by("number").values_list("number", "note"))
        _check_links(report, notes)
        _check_marks(report, tree, notes, known)
        for folder in outside:
            _check_outside(report, tree, folder, notes, known)
    return report


def first_gone() -> int | None:
    """The first place in the log whose entry is not there any more; None where all are.

    A chain that was cut at its end and whose head was set back is whole in itself: the log knows.
    """
    there = AuditEntry.objects.filter(pk=OuterRef("entry_id"))
    lost = LogLeaf.objects.filter(~Exists(there)).order_by("number")
    return lost.values_list("number", flat=True).first()


def _walk(report: LogReport, progress: Progress | None) -> bytes:
    """Compare each leaf with its entry; the roots of the full tiles of leaves."""
    folded = bytearray()
    for rows in _rows():
        for start in range(0, len(rows), WIDTH):
            part = rows[start : start + WIDTH]
            stored = _level_0(report.leaves // WIDTH)
            hashes = b"".join(_leaves(part, report, stored))
            if hashes != stored:
                _name_leaves(report, part, hashes, stored)
            if len(stored) == WIDTH * BYTES:
                folded += fold(stored)
            report.leaves += len(part)
        if progress:
            progress(report.leaves)
    return bytes(folded)


def _leaves(rows: Sequence[Row], report: LogReport, stored: bytes) -> Iterator[bytes]:
    for expected, (number, chain, seq, entry_hash) in enumerate(rows, report.leaves):
        if number != expected:
            report.add(Trouble(Flaw.PLACE, place=expected))
        if entry_hash is None or chain is None or seq is None:
            report.add(Trouble(Flaw.GONE, place=number))
            at = (expected - report.leaves) * BYTES
            yield stored[at : at + BYTES]
        else:
            yield leaf_hash(chain, seq, entry_hash)


def _name_leaves(report: LogReport, rows: Sequence[Row], found: bytes, stored: bytes) -> None:
    """Name the entries whose hash is not the stored one."""
    for number, (place, chain, seq, _hash) in enumerate(rows):
        at = slice(number * BYTES, number * BYTES + BYTES)
        if found[at] != stored[at]:
            report.add(Trouble(Flaw.LEAF, place=place, chain=chain, seq=seq))
    if len(stored) > len(found):
        report.add(Trouble(Flaw.PLACE, place=report.leaves + len(rows)))


def _rows() -> Iterator[Sequence[Row]]:
    leaf, entry = LogLeaf._meta.db_table, AuditEntry._meta.db_table
    sql = (
        f"SELECT l.number, e.chain, e.seq, e.hash FROM {leaf} l"  # noqa: S608
        f" LEFT JOIN {entry} e ON e.id = l.entry_id ORDER BY l.number"
    )
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql)
        while rows := cursor.fetchmany(PORTION):
            yield rows


def _level_0(place: int) -> bytes:
    row = LogTile.objects.filter(level=0, place=place).values_list("hashes", flat=True).first()
    return b"" if row is None else bytes(row)


def _check_tiles(report: LogReport, tiles: dict[tuple[int, int], bytes], folded: bytes) -> None:
    """Each hash of a tile above is the root of a full tile below it."""
    level = 1
    while folded:
        above = bytearray()
        for place, start in enumerate(range(0, len(folded), WIDTH * BYTES)):
            part = folded[start : start + WIDTH * BYTES]
            if tiles.get((level, place), b"") != part:
                report.add(Trouble(Flaw.TILE, place=place * WIDTH ** (level + 1)))
            if len(part) == WIDTH * BYTES:
                above += fold(part)
        level, folded = level + 1, bytes(above)


def _check_unplaced(report: LogReport) -> None:
    """Entries that a sequencer has passed by can only have been put in behind its back.

    It has passed by what stands below its mark, and before an entry of the same chain.
    """
    below = LogMark.objects.values_list("below", flat=True).first() or 0
    later = AuditEntry.objects.filter(
        chain=OuterRef("chain"), seq__gt=OuterRef("seq"), leaf__isnull=False
    )
    passed = AuditEntry.objects.filter(leaf__isnull=True).filter(Q(pk__lte=below) | Exists(later))
    for chain, seq in passed.order_by("pk").values_list("chain", "seq")[:NAMED]:
        report.add(Trouble(Flaw.UNPLACED, chain=chain, seq=seq))


def _check_links(report: LogReport, notes: dict[int, str]) -> None:
    """Each checkpoint names the one before, and none is left out."""
    before, expected = "", 1
    for number, note in notes.items():
        try:
            previous = Mark.parse(note.rpartition("\n\n")[0]).previous
        except BadNote:
            previous = "?"
        if previous != before or number != expected:
            report.add(Trouble(Flaw.LINK, checkpoint=number))
        before, expected = digest(note), number + 1


def _check_marks(
    report: LogReport, tree: Tree, notes: dict[int, str], known: Sequence[Verifier]
) -> None:
    for number, note in notes.items():
        report.checkpoints += 1
        _check_mark(report, tree, number, note, known)


def _check_mark(
    report: LogReport, tree: Tree, number: int, note: str, known: Sequence[Verifier]
) -> bool:
    """Whether a checkpoint is signed and the log still has its root."""
    try:
        mark = Mark.parse(opened(note, known)[0])
    except BadNote:
        report.add(Trouble(Flaw.SIGNATURE, checkpoint=number))
        return False
    if mark.size > report.leaves:
        report.add(Trouble(Flaw.SHORT, place=report.leaves, checkpoint=number))
        return False
    if _root(tree, mark.size) != mark.root:
        report.add(Trouble(Flaw.ROOT, checkpoint=number))
        return False
    return True


def _root(tree: Tree, size: int) -> bytes:
    """The root of the tree as it is stored; nothing where its tiles do not reach."""
    try:
        return tree.root(size) if size else EMPTY
    except LookupError:
        return b""


def _check_outside(
    report: LogReport, tree: Tree, folder: Path, notes: dict[int, str], known: Sequence[Verifier]
) -> None:
    """Compare with what lies in a folder outside; where it differs, name the first entry."""
    named = False
    for number, note in notes_in(folder).items():
        report.outside += 1
        if number not in notes:
            report.add(Trouble(Flaw.LACKING, checkpoint=number))
        elif notes[number] != note:
            report.add(Trouble(Flaw.OTHER, checkpoint=number))
        if not _check_mark(report, tree, number, note, known) and not named:
            named = _name_first(report, leaves_in(folder, number))
    _name_gone(report, folder)


def _name_first(report: LogReport, written: Sequence[tuple[int, int, int, str]]) -> bool:
    """Name the first entry that is not the one of which a hash lies outside."""
    if not written:
        return False
    rows = AuditEntry.objects.filter(
        leaf__number__gte=written[0][0], leaf__number__lte=written[-1][0]
    )
    here: dict[int, Any] = {
        number: rest for number, *rest in rows.values_list("leaf__number", "chain", "seq", "hash")
    }
    for number, chain, seq, entry_hash in written:
        if here.get(number) != [chain, seq, entry_hash]:
            report.add(Trouble(Flaw.REWRITTEN, place=number, chain=chain, seq=seq))
            return True
    return False


def _name_gone(report: LogReport, folder: Path) -> None:
    """Say which entries are gone, as far as their hashes lie outside."""
    gone = {t.place for t in report.troubles if t.flaw == Flaw.GONE and t.chain is None}
    if not gone:
        return
    names = {
        place: (chain, seq)
        for number in notes_in(folder)
        for place, chain, seq, _hash in leaves_in(folder, number)
        if place in gone
    }
    for at, trouble in enumerate(report.troubles):
        if trouble.flaw == Flaw.GONE and trouble.place in names:
            chain, seq = names[trouble.place]
            report.troubles[at] = replace(trouble, chain=chain, seq=seq)
