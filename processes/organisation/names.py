"""How Vietnamese names are ordered: by given name, then family and middle name."""

import unicodedata

_LETTERS = "0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: index + 2 for index, letter in enumerate(_LETTERS)}
_TONES = {"": 1, "\u0300": 2, "\u0309": 3, "\u0303": 4, "\u0301": 5, "\u0323": 6}


def _split_tone(char: str) -> tuple[str, str]:
    """Split a letter from its tone mark; the marks of ă â ê ô ơ ư belong to the letter."""
    parts = unicodedata.normalize("NFD", char)
    tone = "".join(mark for mark in parts if mark in _TONES)
    letter = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in _TONES))
    return letter, tone


def word_key(word: str) -> bytes:
    """Letters first, tones second (none, huyền, hỏi, ngã, sắc, nặng)."""
    pairs = [_split_tone(char) for char in unicodedata.normalize("NFC", word.lower())]
    letters = bytes(_RANK.get(letter, 60) for letter, _tone in pairs)
    tones = bytes(_TONES.get(tone, 1) for _letter, tone in pairs)
    return letters + b"\x00" + tones


def sort_key(full_name: str) -> bytes:
    """Key of a whole name: given name, family name, then the middle names."""
    words = full_name.split()
    if not words:
        return b""
    order = [words[-1], *words[:-1]]
    return b"\x01".join(word_key(word) for word in order)
