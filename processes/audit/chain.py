"""What is hashed and how: SHA-256 over the canonical JSON of an entry and the hash before it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import orjson

#: The columns of an entry that its hash covers, in no particular order (keys are sorted).
COVERED = (
    "chain", "seq", "prev_hash", "at", "event", "by_id", "role", "behalf_id", "unit_id",
    "case_id", "task", "step", "outcome", "reason", "edition", "documents", "facts",
)  # fmt: skip


def instant(at: datetime) -> str:
    """A moment as it is hashed: UTC, microseconds always written."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")


def canonical(content: Mapping[str, Any]) -> bytes:
    """Canonical JSON: UTF-8, sorted keys, no white space."""
    return orjson.dumps(content, option=orjson.OPT_SORT_KEYS)


def digest(content: Mapping[str, Any]) -> str:
    """Hash of an entry's covered columns (`prev_hash` among them), in hexadecimal."""
    return sha256(canonical(content)).hexdigest()
