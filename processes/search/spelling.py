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


def corrected(text: str) -> Iterator[str]:
    """The text with words that nobody has replaced by the nearest that somebody has."""
    words = words_in(text)
    near = [_nearest(word) for word in words]
    if near != words:
        yield " ".join(near)


def _nearest(word: str) -> str:
    if len(word) < SHORTEST or word.isdigit():
        return word
    known = _neighbours(word)
    if any(one.startswith(word) for one in known):
        return word
    close = get_close_matches(word, known, n=1, cutoff=ALIKE)
    return close[0] if close else word


def _neighbours(word: str) -> list[str]:
    """Words that look like this one, in a firm order."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT term FROM processes_searchword WHERE length(term) > 1")
            return sorted(term for (term,) in cursor.fetchall())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL pg_trgm.word_similarity_threshold = %s", [NEAR])
        cursor.execute(
            "SELECT search_plain(head) FROM processes_searchentry WHERE kind IN %s"
            " AND %s <%% search_plain(head) LIMIT %s",
            [NEAR_KINDS, word, _NEIGHBOURS],
        )
        return sorted({one for (head,) in cursor.fetchall() for one in head.split()})
