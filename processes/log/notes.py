"""Signed notes and checkpoints as text, in the manner of C2SP; knows no framework.

https://c2sp.org/signed-note, https://c2sp.org/tlog-checkpoint; `docs/audit-format.md` says it too.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
MOMENT = "%Y-%m-%dT%H:%M:%SZ"


class BadNote(ValueError):
    """The text is no signed note, or nobody who is trusted has signed it."""


@dataclass(frozen=True)
class Verifier:
    """A public key with its name, as it is printed and handed on: `name+code+key`."""

    name: str
    public: bytes

    @property
    def code(self) -> str:
        """Four bytes that say which key has signed."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public).hexdigest()[:8]

    def __str__(self) -> str:
        return f"{self.name}+{self.code}+{b64encode(ED25519 + self.public).decode()}"

    @classmethod
    def parse(cls, text: str) -> "Verifier":
        """Read a printed key. Raises BadNote."""
        try:
            name, code, key = text.strip().split("+", 2)
            raw = b64decode(key, validate=True)
        except ValueError:
            raise BadNote("This is no public key.") from None
        found = cls(name, raw[1:])
        if raw[:1] != ED25519 or len(raw) != 33 or found.code != code:
            raise BadNote("This is no public key for Ed25519, or a letter of it is wrong.")
        return found


@dataclass(frozen=True)
class Mark:
    """What a checkpoint says; `previous` is the digest of the whole text of the one before."""

    origin: str
    size: int
    root: bytes
    at: datetime
    previous: str

    def __str__(self) -> str:
        lines = [
            self.origin,
            str(self.size),
            b64encode(self.root).decode(),
            f"time {self.at:{MOMENT}}",
        ]
        lines += [f"previous {self.previous}"] if self.previous else []
        return "\n".join(lines) + "\n"

    @classmethod
    def parse(cls, text: str) -> "Mark":
        """Read the text of a checkpoint. Raises BadNote."""
        origin, size, root, *rest = [*text.splitlines(), "", ""]
        said = dict(line.split(" ", 1) for line in rest if " " in line)
        try:
            at = datetime.strptime(said["time"], MOMENT).replace(tzinfo=UTC)
            return cls(
                origin, int(size), b64decode(root, validate=True), at, said.get("previous", "")
            )
        except (KeyError, ValueError):
            raise BadNote("This is no checkpoint.") from None


def signed(text: str, name: str, keys: Iterable[Ed25519PrivateKey]) -> str:
    """The note: the text, an empty line, and a line for each signature."""
    lines = []
    for key in keys:
        who = Verifier(name, key.public_key().public_bytes_raw())
        stamp = bytes.fromhex(who.code) + key.sign(text.encode())
        lines.append(f"— {name} {b64encode(stamp).decode()}\n")
    return f"{text}\n{''.join(lines)}"


def opened(note: str, trusted: Iterable[Verifier]) -> tuple[str, Verifier]:
    """The text of a note and who of the trusted has signed it. Raises BadNote."""
    text, found, stamps = note.rpartition("\n\n")
    text += "\n"
    if not found:
        raise BadNote("This is no signed note.")
    known = {(one.name, one.code): one for one in trusted}
    for line in stamps.splitlines():
        _dash, name, stamp = [*line.split(" "), "", ""][:3]
        raw = _stamp(stamp)
        who = known.get((name, raw[:4].hex()))
        if who and _holds(who, raw[4:], text):
            return text, who
    raise BadNote("No trusted key has signed it.")


def digest(note: str) -> str:
    """How the next checkpoint names this one."""
    return b64encode(sha256(note.encode()).digest()).decode()


def _stamp(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except ValueError:
        return b""


def _holds(who: Verifier, signature: bytes, text: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(who.public).verify(signature, text.encode())
    except InvalidSignature:
        return False
    return True
