"""What is hashed and how: SHA-256 over the canonical JSON of an entry, the hash before it included.

The canonical JSON is the array of the covered columns in the order of `COVERED`: UTF-8, no white
space, keys of objects sorted. An array, because a verification reads it from the row as it is.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import orjson

#: The columns of an entry that its hash covers. Their order is part of every hash: never change it.
COVERED = (
    "chain", "seq", "prev_hash", "at", "event", "by_id", "role", "behalf_id", "unit_id",
    "case_id", "task", "step", "outcome", "reason", "edition", "documents", "facts",
)  # fmt: skip


def instant(at: datetime) -> str:
    """A moment as it is hashed: UTC, microseconds always written."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")


def digest(values: Sequence[Any]) -> str:
    """Hash of an entry's covered columns, in hexadecimal."""
    return sha256(orjson.dumps(values, option=orjson.OPT_SORT_KEYS)).hexdigest()
