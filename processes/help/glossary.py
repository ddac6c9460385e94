"""The words of the matter and of the site, as glossary.yaml has them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from processes.organisation.names import word_key
from processes.rules import load

DATA = Path(__file__).parent / "glossary.yaml"
#: The language that explains where the asked one has no words.
USUAL = "vi"


@dataclass(frozen=True)
class Term:
    """A word in the language of the reader, with its word in the other one."""

    name: str
    word: str
    meaning: str
    #: The same in the other language.
    other: str
    #: Titles of the editions that rule it.
    editions: tuple[str, ...]
    #: The word and other spellings of it, as pages may say it.
    spellings: tuple[str, ...]


@cache
def terms(language: str) -> Mapping[str, Term]:
    """Every term by its name, in the order of the language's alphabet.

    Raises UnknownKey for an edition that does not exist.
    """
    found = [_term(name, facts, language) for name, facts in _read().items()]
    return {one.name: one for one in sorted(found, key=_alphabet)}


def _read() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return read


def _term(name: str, facts: Mapping[str, Any], language: str) -> Term:
    here, there = (language, "en") if language == USUAL else ("en", USUAL)
    word, meaning = facts[here]
    return Term(
        name=name,
        word=word,
        meaning=meaning,
        other=facts[there][0],
        editions=tuple(_title(key, language) for key in facts["ruled_in"]),
        spellings=(word, *facts.get("also", {}).get(here, ())),
    )


def _title(key: str, language: str) -> str:
    edition = load().edition(key)
    return edition.title if language == USUAL else edition.title_en


def _alphabet(term: Term) -> list[bytes]:
    """Vietnamese order, which holds for English words as well."""
    return [word_key(word) for word in term.word.split()]


@cache
def spelt(language: str) -> tuple[re.Pattern[str], Mapping[str, Term]]:
    """What finds the words of the glossary in a text, and the term of each spelling."""
    known = {word.lower(): one for one in terms(language).values() for word in one.spellings}
    longest = sorted(known, key=len, reverse=True)
    plural = "s?" if language != USUAL else ""
    pattern = rf"(?<!\w)({'|'.join(map(re.escape, longest))}){plural}(?!\w)"
    return re.compile(pattern, re.IGNORECASE), known
