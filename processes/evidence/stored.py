"""Papers and texts as they are stored, against rows and trail: unaltered, or gone by order."""

from collections.abc import Callable, Iterator
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from processes.audit.models import AuditEntry, Event
from processes.dossiers.models import Document
from processes.talk.models import Attachment, CommentVersion

#: Case and digest of something.
Known = set[tuple[int, str]]


def stored_papers(told: Callable[[int, int], None]) -> Iterator[str]:
    """A sentence for each paper, attachment and comment that is not what was kept."""
    erased_files, erased_texts = _erased()
    total, kept = Document.objects.count(), set()
    for done, paper in enumerate(Document.objects.order_by("case_id", "pk").iterator(), start=1):
        known = (paper.case_id, paper.sha256)
        kept.add(known)
        told(done, total)
        yield from _stored(known, paper.file, str(paper), gone=known in erased_files)
    yield from _named(kept)
    yield from _attachments(erased_files)
    yield from _comments(erased_texts)


def _erased() -> tuple[Known, Known]:
    """Files and texts of which the trail tells that an order has taken them out."""
    files: Known = set()
    texts: Known = set()
    rows = _told_of(Event.ERASED).values_list("chain", "documents", "facts__texts")
    for chain, documents, written in rows:
        files |= {(chain, digest) for digest in documents}
        texts |= {(chain, digest) for digest in written or ()}
    return files, texts


def _stored(known: tuple[int, str], file: str, paper: str, *, gone: bool) -> Iterator[str]:
    """Whether a file is what was stored, or is gone where the trail tells of its erasure."""
    case, digest = known
    there = _digest(Path(settings.DOCUMENT_ROOT) / file)
    words = {"case": case, "paper": paper}
    if gone and there:
        yield _("Case %(case)s: “%(paper)s” was erased by order and is still kept.") % words
    elif not gone and there != digest:
        yield _("Case %(case)s: the stored paper “%(paper)s” is gone or was changed.") % words


def _named(kept: Known) -> Iterator[str]:
    """What entries and rows say of each other's papers."""
    rows = _told_of(Event.UPLOADED, Event.GENERATED).order_by("chain", "seq")
    for chain, seq, digests in rows.values_list("chain", "seq", "documents").iterator():
        for digest in digests:
            if (chain, digest) not in kept:
                words = {"chain": chain, "seq": seq, "digest": digest[:16]}
                yield _("Case %(chain)s, entry %(seq)s: its paper %(digest)s… is not kept.") % words


def _attachments(erased: Known) -> Iterator[str]:
    files = Attachment.objects.order_by("pk").select_related("comment")
    for file in files.iterator():
        known = (file.comment.case_id, file.sha256)
        yield from _stored(known, file.file, file.name, gone=known in erased)


def _comments(erased: Known) -> Iterator[str]:
    """Each text is the one that its entry names, or is gone by order."""
    written: set[Any] = set(
        _told_of(Event.COMMENTED, Event.REWORDED).values_list("chain", "facts__sha256")
    )
    versions = CommentVersion.objects.filter(withdrawn=False).order_by("pk")
    for version in versions.select_related("comment", "content").iterator():
        known = (version.comment.case_id, version.digest)
        text = getattr(version, "content", None)
        right = known in erased if text is None else _salted(text) == version.digest
        if known not in written or not right:
            words = {"case": known[0], "comment": version.comment_id, "version": version.number}
            said = _("Case %(case)s: comment %(comment)s, version %(version)s, is gone or changed.")
            yield said % words


def _salted(content: Any) -> str:
    return sha256((content.salt + content.text).encode()).hexdigest()


def _told_of(*events: Event) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(event__in=events, case__isnull=False)


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
