"""Words that were probably meant, where nobody has the words that were typed.

They come from names and titles of the whole site, so they are only searched for; what is shown is
what the person finds by them within their rights.
"""

from collections.abc import Iterator
from difflib import get_close_matches

from django.db import connection, transaction

from processes.search.postgresql import NEAR_KINDS
from processes.search.words import words_in

#: Shorter words have too many neighbours.
SHORTEST = 3
ALIKE = 0.7
#: How much of its trigrams a word shares with a name that it is compared with.
NEAR = 0.4
_NEIGHBOURS = 200
_NEAR = (
    "(SELECT %s, search_plain(head) FROM processes_searchentry WHERE kind IN %s"
    " AND %s <%% search_plain(head) LIMIT %s)"
)


def corrected(text: str) -> Iterator[str]:
    """The text with words that nobody has replaced by the nearest that somebody has."""
    words = words_in(text)
    asked = {word for word in words if len(word) >= SHORTEST and not word.isdigit()}
    known = _neighbours(sorted(asked)) if asked else {}
    near = [_nearest(word, known[word]) if word in known else word for word in words]
    if near != words:
        yield " ".join(near)


def _nearest(word: str, known: list[str]) -> str:
    if any(one.startswith(word) for one in known):
        return word
    close = get_close_matches(word, known, n=1, cutoff=ALIKE)
    return close[0] if close else word


def _neighbours(words: list[str]) -> dict[str, list[str]]:
    """Words that look like each of these, in a firm order."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT term FROM processes_searchword WHERE length(term) > 1")
            return dict.fromkeys(words, sorted(term for (term,) in cursor.fetchall()))
    found: dict[str, set[str]] = {word: set() for word in words}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL pg_trgm.word_similarity_threshold = %s", [NEAR])
        params = [one for word in words for one in (word, NEAR_KINDS, word, _NEIGHBOURS)]
        cursor.execute(" UNION ALL ".join([_NEAR] * len(words)), params)
        for word, head in cursor.fetchall():
            found[word].update(head.split())
    return {word: sorted(near) for word, near in found.items()}
