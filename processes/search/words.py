"""Words as they are searched: without diacritics, in small letters."""

import re
import unicodedata

#: No mark that could be taken off: the stroke is part of the letter. The last two are Icelandic
#: and look the same; some keyboards give them.
_STROKES = str.maketrans("đĐðÐ", "dddd")
_APART = re.compile(r"[^a-z0-9]+")


def plain(text: str) -> str:
    """The text without diacritics, in small letters, with one blank between words.

    The database does the same with what it stores (`search_plain`, and the tokenizer of FTS5).
    """
    parts = unicodedata.normalize("NFD", text.translate(_STROKES))
    letters = "".join(char for char in parts if not unicodedata.combining(char))
    return _APART.sub(" ", letters.lower()).strip()


def words_in(text: str) -> list[str]:
    """The words of what a person has typed, each once."""
    return list(dict.fromkeys(plain(text).split()))


def beginnings(text: str) -> list[str]:
    """The words by which rows are found: single letters only where nothing else is said.

    “Nguyễn Văn A” would otherwise find whoever has a word that begins with A.
    """
    words = words_in(text)
    return [word for word in words if len(word) > 1] or words
