"""What is hashed and how: SHA-256 over the canonical JSON of an entry, the hash before it included.

The canonical JSON is an array: UTF-8, no white space, keys of objects sorted. An array, because a
verification reads it from the row as it is. `docs/audit-format.md` says it for other programs.

Format 1 holds the columns themselves. Format 2 holds salted digests of the columns that can be
taken out (`REMOVABLE`): the hash can still be recomputed when they are left out or erased.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from os import urandom
from typing import Any

import orjson

#: The format in which entries are written today; older ones keep theirs.
FORMAT = 2
#: The columns that the hash of an entry of format 1 covers. Their order is part of every hash.
COVERED = (
    "chain", "seq", "prev_hash", "at", "event", "by_id", "role", "behalf_id", "unit_id",
    "case_id", "task", "step", "outcome", "reason", "edition", "documents", "facts",
)  # fmt: skip
#: The columns that may be taken out of an entry of format 2. Their order is the one of their salts.
REMOVABLE = ("outcome", "reason", "facts")
#: The columns that stand in the hash of format 2 as they are, before the digests of the removable.
KEPT = tuple(name for name in COVERED if name not in REMOVABLE)
#: Letters of one salt: 128 bits, so that not even a yes or no can be guessed from its digest.
SALT = 32
#: What stands in the place of the salt of a removed column.
NO_SALT = "-" * SALT


def instant(at: datetime) -> str:
    """A moment as it is hashed: UTC, microseconds always written."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")


def new_salts() -> str:
    """A salt for each removable column, one after the other."""
    return urandom(SALT // 2 * len(REMOVABLE)).hex()


def digest(values: Sequence[Any]) -> str:
    """Hash of an entry of format 1 from its covered columns, in hexadecimal."""
    return sha256(orjson.dumps(values, option=orjson.OPT_SORT_KEYS)).hexdigest()


def commitment(salt: str, value: Any) -> str:
    """The digest that stands for a removable column; nothing stands for nothing."""
    if not value:
        return ""
    if isinstance(value, str):
        return sha256((salt + value).encode()).hexdigest()
    content = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    return sha256(salt.encode() + content).hexdigest()


def digest_2(values: Sequence[Any], salts: str, removed: Mapping[str, str] | None = None) -> str:
    """Hash of an entry of format 2 from its covered columns, in the order of `COVERED`.

    `removed` holds the digests of columns that are no longer there; one that is there
    nevertheless was put there by somebody, and then there is no hash.
    """
    outcome, reason, edition, documents, facts = values[12:]
    taken = [
        commitment(salts[:SALT], outcome),
        commitment(salts[SALT : 2 * SALT], reason),
        commitment(salts[2 * SALT :], facts),
    ]
    for place, name in enumerate(REMOVABLE):
        if removed and name in removed:
            if taken[place]:
                return ""
            taken[place] = removed[name]
    return digest((FORMAT, *values[:12], edition, documents, *taken))
