"""Places outside: folders on another host or medium, mailboxes; tried until each has its copy."""

import os
from collections.abc import Callable
from pathlib import Path

from django.core.mail import EmailMessage
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from processes.audit.models import AuditEntry
from processes.log.models import Checkpoint, Delivery

#: Copies tried in one go, so that a place that is away does not hold up the others for long.
PORTION = 100
SUFFIX = ".checkpoint"


class Other(Exception):
    """Another checkpoint lies where this one belongs: somebody has written history anew."""


def deliver() -> int:
    """Try every copy that has not arrived; how many have now."""
    done = 0
    waiting = Delivery.objects.filter(done_at__isnull=True).select_related("checkpoint")
    for copy in waiting.order_by("tries", "id")[:PORTION]:
        done += _try(copy)
    return done


def _try(copy: Delivery) -> bool:
    row = Delivery.objects.filter(pk=copy.pk)
    try:
        _DELIVER[copy.kind](copy.checkpoint, copy.place)
    except (OSError, Other) as error:
        row.update(tries=F("tries") + 1, error=str(error)[:300])
        return False
    row.update(tries=F("tries") + 1, error="", done_at=timezone.now())
    return True


def drop(checkpoint: Checkpoint, place: str) -> None:
    """Put the note and the hashes of the entries since the last one into a folder.

    Nothing that lies there is ever overwritten. Raises OSError and Other.
    """
    folder = Path(place)
    name = f"{checkpoint.number:08}"
    _put(folder / f"{name}.leaves", leaves(checkpoint))
    _put(folder / f"{name}{SUFFIX}", checkpoint.note.encode())


def mail(checkpoint: Checkpoint, address: str) -> None:
    """Send the note as text and as a file. Raises OSError."""
    words = {"number": checkpoint.number, "size": checkpoint.size}
    message = EmailMessage(
        _("Checkpoint %(number)s of the trail: %(size)s entries") % words,
        _("Keep this message. It shows later that nothing before it was changed.")
        + f"\n\n{checkpoint.note}",
        to=[address],
    )
    message.attach(f"{checkpoint.number:08}{SUFFIX}", checkpoint.note, "text/plain")
    message.send()


def leaves(checkpoint: Checkpoint) -> bytes:
    """Chain, number and hash of each entry that is in this checkpoint and in none before."""
    before = Checkpoint.objects.filter(number__lt=checkpoint.number).first()
    start = before.size if before else 0
    rows = AuditEntry.objects.filter(leaf__number__gte=start, leaf__number__lt=checkpoint.size)
    told = rows.order_by("leaf__number").values_list("leaf__number", "chain", "seq", "hash")
    return "".join(f"{n} {chain} {seq} {h}\n" for n, chain, seq, h in told.iterator()).encode()


def notes_in(folder: Path) -> dict[int, str]:
    """The checkpoints that lie in a folder, by their number. Raises FileNotFoundError."""
    if not folder.is_dir():
        raise FileNotFoundError(folder)
    found = sorted(folder.glob(f"*{SUFFIX}"))
    return {int(path.stem): path.read_text("utf-8") for path in found if path.stem.isdigit()}


def leaves_in(folder: Path, number: int) -> list[tuple[int, int, int, str]]:
    """Number in the log, chain, number in the chain and hash, as they were put there."""
    path = folder / f"{number:08}.leaves"
    if not path.is_file():
        return []
    lines = (line.split() for line in path.read_text("utf-8").splitlines())
    return [(int(n), int(chain), int(seq), h) for n, chain, seq, h in lines]


def _put(path: Path, content: bytes) -> None:
    """Write a file that was not there; the same once more is no harm."""
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o444)
    except FileExistsError:
        if path.read_bytes() == content:
            return
        raise Other(_("Another checkpoint lies in %(path)s.") % {"path": path}) from None
    try:
        with open(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink(missing_ok=True)  # half a file would later look like another checkpoint
        raise


_DELIVER: dict[str, Callable[[Checkpoint, str], None]] = {
    Delivery.Kind.DROP: drop,
    Delivery.Kind.MAIL: mail,
}
