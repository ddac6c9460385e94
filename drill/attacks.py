"""What the owner of the database could do to history; each is one function on a `Scene`.

The owner switches triggers off, changes rows with any SQL, and puts the triggers back. The owner
has no private key and does not reach the folder outside.
"""

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import connection

from processes.audit import triggers
from processes.audit.chain import FORMAT
from processes.audit.models import AuditEntry, ChainHead
from processes.audit.removal import remove
from processes.audit.trail import hash_of
from processes.dossiers.models import Document
from processes.log.models import Checkpoint, LogKey, LogLeaf, LogTile
from processes.log.notes import Mark, Verifier, digest, signed
from processes.log.sequencer import keep_tiles, tree
from processes.log.tree import grown, leaf_hash
from processes.talk.models import CommentText

#: The entry that is attacked; the case has many more.
SEQ = 4


@dataclass(frozen=True)
class Scene:
    """A case with its papers, another one, and a way back to a copy made earlier."""

    case: int
    other: int
    restore: Callable[[], None]


@contextmanager
def as_owner() -> Iterator[Any]:
    """Without triggers and foreign keys, which an owner can switch off."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        triggers.remove(connection)
        yield cursor
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        triggers.install(connection)


def change(scene: Scene) -> None:
    """Change what an entry says"""
    with as_owner() as cursor:
        cursor.execute(
            "UPDATE processes_auditentry SET outcome = 'other' WHERE chain = %s AND seq = %s",
            [scene.case, SEQ],
        )


def change_with_hash(scene: Scene) -> None:
    """Change an entry and give it a hash that fits"""
    entry = AuditEntry.objects.get(chain=scene.case, seq=SEQ)
    entry.reason = "Lý do khác"
    entry.hash = hash_of(entry)
    with as_owner():
        entry.save()


def delete(scene: Scene) -> None:
    """Delete an entry"""
    with as_owner() as cursor:
        cursor.execute(
            "DELETE FROM processes_auditentry WHERE chain = %s AND seq = %s", [scene.case, SEQ]
        )


def replace(scene: Scene) -> None:
    """Put another entry in the place of one, with all its numbers (a REPLACE)"""
    entry = AuditEntry.objects.get(chain=scene.case, seq=SEQ)
    with as_owner():
        AuditEntry.objects.filter(pk=entry.pk)._raw_delete("default")
        entry.outcome = "other"
        entry.save(force_insert=True)


def insert(scene: Scene) -> None:
    """Insert an entry in between, with numbers and hashes that fit"""
    with as_owner():
        entries = list(AuditEntry.objects.filter(chain=scene.case, seq__gte=SEQ).order_by("-seq"))
        for entry in entries:
            entry.seq += 1
            entry.save()
        forged = entries[-1]
        forged.pk, forged.seq, forged.reason = None, SEQ, "Được thêm sau"
        forged.save(force_insert=True)
        _rehash(scene.case)


def reorder(scene: Scene) -> None:
    """Let two entries change places, with hashes that fit"""
    with as_owner():
        one, other = AuditEntry.objects.filter(chain=scene.case, seq__in=[SEQ, SEQ + 1])
        for entry, seq in ((one, 0), (other, SEQ), (one, SEQ + 1)):
            entry.seq = seq
            entry.save()
        _rehash(scene.case)


def cut(scene: Scene) -> None:
    """Cut the end of a chain, and put the recorded end back"""
    with as_owner():
        tail = AuditEntry.objects.filter(chain=scene.case, seq__gt=SEQ)
        tail._raw_delete("default")
        _rehash(scene.case)


def cut_everywhere(scene: Scene) -> None:
    """Cut the end of a chain, of the log and of the tree alike"""
    cut(scene)
    with as_owner():
        _regrow()


def remove_case(scene: Scene) -> None:
    """Remove a whole case from every table"""
    with as_owner() as cursor:
        _remove_case(cursor, scene.other)


def remove_case_everywhere(scene: Scene) -> None:
    """Remove a whole case, and build log and tree anew without it"""
    with as_owner() as cursor:
        _remove_case(cursor, scene.other)
        _regrow()


def swap_file(scene: Scene) -> None:
    """Put another file in the place of a paper"""
    paper = Document.objects.filter(case=scene.case).earliest("pk")
    path = Path(settings.DOCUMENT_ROOT) / paper.file
    path.write_bytes(path.read_bytes() + b" ")


def swap_paper(scene: Scene) -> None:
    """Put another file in the place of a paper, and its digest into the row"""
    paper = Document.objects.filter(case=scene.case).earliest("pk")
    other = Document.objects.filter(case=scene.case).exclude(sha256=paper.sha256).earliest("pk")
    paper.file, paper.sha256, paper.size = other.file, other.sha256, other.size
    paper.save()


def restore(scene: Scene) -> None:
    """Put a backup back that is older than the last checkpoint"""
    scene.restore()


def rewrite(scene: Scene) -> None:
    """Rewrite a decision, and compute every hash and the whole tree anew"""
    with as_owner():
        _rewrite(scene)
        _regrow()


def rewrite_and_sign(scene: Scene) -> None:
    """Rewrite all that, and sign every checkpoint anew with a key of one's own"""
    with as_owner():
        _rewrite(scene)
        _regrow()
        _sign_anew()


def blank(scene: Scene) -> None:
    """Take content out of an entry as an order does, without an order"""
    entries = AuditEntry.objects.filter(chain=scene.case, format=FORMAT).exclude(facts={})
    with as_owner():
        remove(entries.order_by("seq")[0], ["facts"])


def erase_text(scene: Scene) -> None:
    """Delete what somebody said in the talk of a case"""
    texts = CommentText.objects.filter(version__comment__case=scene.case)
    with as_owner() as cursor:
        cursor.execute("DELETE FROM processes_commenttext WHERE id = %s", [texts[0].pk])


def no_triggers(scene: Scene) -> None:
    """Switch the triggers off and leave them off"""
    triggers.remove(connection)


#: Every attack, and how the report has to name the place.
ATTACKS: dict[Callable[[Scene], None], str] = {
    change: r"{case}\D+4: .*content",
    change_with_hash: r"{case}\D+(4|5): ",
    delete: r"{case}\D+4: .*missing",
    replace: r"{case}\D+4: .*content",
    insert: r"{case}\D+4: .*not in the log",
    reorder: r"{case}\D+4: ",
    cut: r"{case}\D+5: .*gone",
    cut_everywhere: r"{case}\D+5: .*another entry stood here",
    remove_case: r"{other}\D+1: .*gone",
    remove_case_everywhere: r"{other}\D+1: .*another entry stood here",
    swap_file: r"{case}: the stored paper .* changed",
    swap_paper: r"{case}\D+\d+: its paper [0-9a-f]+… is not kept",
    restore: r"checkpoint 2: .*missing here",
    rewrite: r"{case}\D+4: .*another entry stood here",
    rewrite_and_sign: r"checkpoint 1 .*no trusted key",
    blank: r"{case}\D+\d+: .*no order tells",
    erase_text: r"{case}: comment \d+, version 1, is gone",
    no_triggers: r"trigger processes_auditentry_no_update is missing",
}


def _rewrite(scene: Scene) -> None:
    entry = AuditEntry.objects.get(chain=scene.case, seq=SEQ)
    entry.outcome = "other"
    entry.save()
    _rehash(scene.case)


def _rehash(chain: int) -> None:
    """Give each entry of a chain the link and the hash that fit, and the chain its end."""
    last, entry = "", None
    for entry in AuditEntry.objects.filter(chain=chain).order_by("seq"):
        entry.prev_hash = last
        entry.hash = last = hash_of(entry)
        entry.save()
    assert entry is not None
    ChainHead.objects.filter(chain=chain).update(seq=entry.seq, hash=last)


def _regrow() -> None:
    """Build leaves and tiles anew from what entries there are."""
    LogLeaf.objects.all()._raw_delete("default")
    LogTile.objects.all()._raw_delete("default")
    rows = list(AuditEntry.objects.order_by("id").values_list("id", "chain", "seq", "hash"))
    LogLeaf.objects.bulk_create(
        LogLeaf(number=number, entry_id=row[0]) for number, row in enumerate(rows)
    )
    keep_tiles(grown(lambda *_: b"", 0, [leaf_hash(*row[1:]) for row in rows]).items())


def _sign_anew() -> None:
    """A key of the owner's own under the old name, and every checkpoint with it."""
    own, row = Ed25519PrivateKey.generate(), LogKey.objects.get()
    who = Verifier(row.origin, own.public_key().public_bytes_raw())
    row.public, row.code = b64encode(who.public).decode(), who.code
    row.save()
    assert b64decode(row.public) == who.public
    before = ""
    for checkpoint in Checkpoint.objects.order_by("number"):
        root = tree().root(checkpoint.size)
        mark = Mark(row.origin, checkpoint.size, root, checkpoint.at, before)
        checkpoint.root, checkpoint.note = root.hex(), signed(str(mark), row.origin, [own])
        checkpoint.save()
        before = digest(checkpoint.note)


def _remove_case(cursor: Any, number: int) -> None:
    """Every row that speaks of a case, in whatever table; foreign keys say where they are."""
    if connection.vendor == "postgresql":
        cursor.execute("SET session_replication_role = replica")
    else:
        cursor.execute("PRAGMA defer_foreign_keys = ON")
    cursor.execute("DELETE FROM processes_auditentry WHERE chain = %s", [number])
    cursor.execute("DELETE FROM processes_chainhead WHERE chain = %s", [number])
    _delete_from(cursor, "processes_case", "id", [number])
    if connection.vendor == "postgresql":
        cursor.execute("SET session_replication_role = DEFAULT")


def _delete_from(cursor: Any, table: str, column: str, numbers: list[Any]) -> None:
    """Rows of a table and all that point at them."""
    if not numbers:
        return
    marks = ", ".join(["%s"] * len(numbers))
    where = f"FROM {table} WHERE {column} IN ({marks})"
    if column != "id":
        cursor.execute(f"SELECT id {where}", numbers)
        numbers = [number for (number,) in cursor.fetchall()]
        _delete_from(cursor, table, "id", numbers)
        return
    for name in connection.introspection.table_names(cursor):
        for here, _their, there in _points(cursor, name):
            if there == table and name != table:
                _delete_from(cursor, name, here, numbers)
    cursor.execute(f"DELETE {where}", numbers)


def _points(cursor: Any, table: str) -> list[tuple[str, str, str]]:
    found = connection.introspection.get_relations(cursor, table)
    return [(here, column, there) for here, (column, there, *_more) in found.items()]
