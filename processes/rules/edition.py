"""An edition of the rules and its parameters, each with where it comes from."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from processes.rules.errors import UnknownKey


class Confidence(StrEnum):
    """How sure we are of a value; only a verified one is confirmed."""

    VERIFIED = "verified"
    RECALLED = "recalled"
    DESIGN = "design"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Parameter:
    """One value of one edition; `stated_in` is the edition whose file has it."""

    key: str
    value: Any
    unit: str | None
    article: str
    source: str
    confidence: Confidence
    note: str
    stated_in: str
    edition: str
    confirmed: bool

    @property
    def inherited(self) -> bool:
        """Tell whether the value stands in another edition's file."""
        return self.stated_in != self.edition

    def content(self) -> dict[str, Any]:
        """Give the parameter as plain data, for digests and for keeping with a case."""
        return {
            "value": thawed(self.value),
            "unit": self.unit,
            "article": self.article,
            "source": self.source,
            "confidence": self.confidence.value,
            "stated_in": self.stated_in,
            "confirmed": self.confirmed,
        }


@dataclass(frozen=True)
class Edition:
    """A regulation as it stood between two days; `effective_until` is the first day after it."""

    key: str
    title: str
    title_en: str
    family: str
    effective_from: date
    effective_until: date | None
    inherits: str | None
    parameters: Mapping[str, Parameter] = field(repr=False)

    def covers(self, on: date) -> bool:
        """Tell whether the edition is in force on the day."""
        return self.effective_from <= on and (
            self.effective_until is None or on < self.effective_until
        )

    def get(self, key: str) -> Parameter:
        """Give the parameter, stated or inherited.

        Raises UnknownKey.
        """
        try:
            return self.parameters[key]
        except KeyError:
            raise UnknownKey(key, self.key) from None

    def states(self, key: str) -> bool:
        """Tell whether this edition's own file has the key."""
        return key in self.parameters and not self.parameters[key].inherited

    def keys(self) -> tuple[str, ...]:
        """Name every parameter, stated and inherited, in order."""
        return tuple(sorted(self.parameters))

    def stated(self) -> tuple[str, ...]:
        """Name the parameters of this edition's own file, in order."""
        return tuple(filter(self.states, self.keys()))

    @property
    def digest(self) -> str:
        """Identify the edition's content: any change of a value or its origin changes it."""
        return hashlib.sha256(self.canonical.encode()).hexdigest()

    @property
    def canonical(self) -> str:
        """All that the edition says, as the text whose hash is its digest."""
        content = {
            "key": self.key,
            "title": self.title,
            "family": self.family,
            "effective": [str(self.effective_from), str(self.effective_until or "")],
            "inherits": self.inherits,
            "parameters": {key: self.parameters[key].content() for key in self.keys()},
        }
        return canonical(content)


def canonical(content: object) -> str:
    """Plain data as JSON with sorted keys and without spaces."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(content: object) -> str:
    """Hash plain data in its canonical JSON form (sorted keys, UTF-8, no spaces)."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def frozen(value: Any) -> Any:
    """Make read-only what was read from a file: editions are shared by all requests."""
    if isinstance(value, Mapping):
        return MappingProxyType({key: frozen(part) for key, part in value.items()})
    if isinstance(value, list):
        return tuple(frozen(part) for part in value)
    return value


def thawed(value: Any) -> Any:
    """Turn a read-only value back into plain dictionaries (with text keys) and lists."""
    if isinstance(value, Mapping):
        return {str(key): thawed(part) for key, part in value.items()}
    if isinstance(value, tuple):
        return [thawed(part) for part in value]
    return value
