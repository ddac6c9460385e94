"""Reading the editions' files; what they say is checked in `validation` before it is used."""

from collections.abc import Hashable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from processes.rules.edition import Confidence, Edition, Parameter, frozen
from processes.rules.errors import RuleError
from processes.rules.rulebook import Rulebook
from processes.rules.validation import (
    Files,
    check_confirmed,
    check_files,
    check_sequence,
    check_whole,
)

DATA = Path(__file__).parent / "data"
SOURCES = "sources.yaml"


def load(folder: Path | None = None) -> Rulebook:
    """Read and check all editions of a folder; the packaged ones are read once.

    Raises RuleError.
    """
    return _packaged() if folder is None else _read(folder)


@cache
def _packaged() -> Rulebook:
    return _read(DATA)


def _read(folder: Path) -> Rulebook:
    sources = _parse(folder / SOURCES)
    paths = sorted(path for path in folder.glob("*.yaml") if path.name != SOURCES)
    files = {path.name: _parse(path) for path in paths}
    check_files(files, sources)
    editions = _resolved(files)
    check_confirmed(files, editions)
    check_sequence(editions)
    check_whole(editions)
    order = sorted(editions.values(), key=lambda edition: (edition.family, edition.effective_from))
    return Rulebook(tuple(order))


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML in which a key said twice is an error, not the last one wins."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:
        seen = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node)
            if key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key!r} stands twice")
            seen.add(key)
        return super().construct_mapping(node, deep)


def _parse(path: Path) -> dict[str, Any]:
    """Read one file that has to be a mapping.

    Raises RuleError.
    """
    try:
        content = _Loader(path.read_text(encoding="utf-8")).get_single_data()
    except FileNotFoundError:
        raise RuleError(path.name, "file", "is missing") from None
    except (yaml.YAMLError, UnicodeDecodeError, TypeError) as error:
        raise RuleError(path.name, "file", f"cannot be read as YAML: {error}") from error
    if not isinstance(content, dict):
        raise RuleError(path.name, "file", "is not a mapping of keys")
    return content


def _resolved(files: Files) -> dict[str, Edition]:
    """Build every edition, an heir after the edition it inherits from; by file name."""
    by_key = {content["key"]: (name, content) for name, content in files.items()}
    built: dict[str, Edition] = {}

    def build(key: str) -> Edition:
        if key not in built:
            content = by_key[key][1]
            parent = build(content["inherits"]) if content["inherits"] else None
            built[key] = _edition(content, parent)
        return built[key]

    return {name: build(key) for key, (name, _) in by_key.items()}


def _edition(content: Mapping[str, Any], parent: Edition | None) -> Edition:
    kept = content.get("inherited_confirmed", ())
    inherited = {} if parent is None else parent.parameters
    parameters = {key: _heir(old, content["key"], kept) for key, old in inherited.items()}
    stated = content["parameters"].items()
    parameters |= {key: _parameter(key, facts, content["key"]) for key, facts in stated}
    return Edition(
        key=content["key"],
        title=content["title"],
        title_en=content["title_en"],
        family=content["family"],
        effective_from=content["effective"][0],
        effective_until=content["effective"][1],
        inherits=content["inherits"],
        parameters=frozen(parameters),
    )


def _parameter(key: str, facts: Mapping[str, Any], edition: str) -> Parameter:
    confidence = Confidence(facts["confidence"])
    return Parameter(
        key=key,
        value=frozen(facts["value"]),
        unit=facts.get("unit"),
        article=facts["article"],
        source=facts["source"],
        confidence=confidence,
        note=facts.get("note", ""),
        stated_in=edition,
        edition=edition,
        confirmed=confidence is Confidence.VERIFIED,
    )


def _heir(old: Parameter, edition: str, kept: Mapping[str, Any] | tuple[str, ...]) -> Parameter:
    """Hand a parameter down; it stays confirmed only where the heir says that it does."""
    confirmed = old.confirmed and old.key in kept
    facts = {**vars(old), "edition": edition, "confirmed": confirmed}
    return Parameter(**facts)
