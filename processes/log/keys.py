"""The keys of the log: private ones in a folder outside the database, public ones in both."""

from base64 import b64decode, b64encode
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from processes.audit.models import Event
from processes.audit.trail import record
from processes.log.models import LogKey
from processes.log.notes import MOMENT, BadNote, Verifier, opened, signed


class NoKey(Exception):
    """There is no key to sign with; the message says what to do."""


def in_use() -> LogKey | None:
    """The key that signs now."""
    return LogKey.objects.last()


def must_be_in_use() -> LogKey:
    """The key that signs now. Raises NoKey."""
    if key := in_use():
        return key
    raise NoKey(_("The log has no key yet. Make one: manage.py log_key --new"))


def private(key: LogKey) -> Ed25519PrivateKey:
    """The private half, from its file. Raises NoKey."""
    path = folder() / f"{key.code}.pem"
    try:
        found = load_pem_private_key(path.read_bytes(), None)
    except (OSError, ValueError):
        words = {"path": path}
        raise NoKey(_("The key of the log cannot be read from %(path)s.") % words) from None
    if not isinstance(found, Ed25519PrivateKey):
        raise NoKey(_("The key of the log cannot be read from %(path)s.") % {"path": path})
    return found


def folder() -> Path:
    """Where the private keys lie; never below the folder of documents, never in a copy of both."""
    return Path(settings.LOG_KEYS)


def verifier(key: LogKey) -> Verifier:
    """The public half as it is printed."""
    return Verifier(key.origin, b64decode(key.public))


def trusted() -> list[Verifier]:
    """The public keys that lie in the folder, where the owner of the database does not reach."""
    files = sorted(folder().glob("*.vkey")) if folder().is_dir() else []
    return [Verifier.parse(path.read_text("utf-8")) for path in files]


@transaction.atomic
def new_key(origin: str = "") -> LogKey:
    """Make a key and put it into use; the one before signs that it hands over. Raises NoKey.

    The entry says which key it is and holds what was signed.
    """
    former = in_use()
    origin = former.origin if former else origin
    key = Ed25519PrivateKey.generate()
    who = Verifier(origin, key.public_key().public_bytes_raw())
    now = timezone.now()
    handover = ""
    if former is not None:
        text = f"{origin}\nkey\nold {verifier(former)}\nnew {who}\ntime {now:{MOMENT}}\n"
        handover = signed(text, origin, [private(former), key])
    _keep(key, who)
    public = b64encode(who.public).decode()
    made = LogKey.objects.create(
        code=who.code, origin=origin, public=public, made_at=now, handover=handover
    )
    record(
        Event.REKEYED,
        by=None,
        facts={"key": str(who), "former": former.code if former else "", "note": handover},
    )
    return made


def handed_over(first: list[Verifier], keys: list[LogKey]) -> list[Verifier]:
    """The trusted keys and those that they handed over to, one after the other."""
    known = list(first)
    for key in keys:
        who = verifier(key)
        if who in known or not key.handover:
            continue
        try:
            text, _old = opened(key.handover, known)
        except BadNote:
            continue
        if f"\nnew {who}\n" in text:
            known.append(who)
    return known


def _keep(key: Ed25519PrivateKey, who: Verifier) -> None:
    """Write both halves; the private one is for the service's user only."""
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path = folder() / f"{who.code}.pem"
    path.touch(mode=0o600, exist_ok=False)
    path.write_bytes(pem)
    (folder() / f"{who.code}.vkey").write_text(f"{who}\n", "utf-8")
