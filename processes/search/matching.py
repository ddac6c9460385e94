"""Which rows have the words that a person has typed, as conditions on the rows' numbers."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL

from processes.search import postgresql, sqlite
from processes.search.models import Kind

#: So many of the newest rows are read before the index is asked: a frequent word is among them.
NEWEST = 3_000
#: So many rows at most are taken out of the index before rights are asked.
MOST = 1_000

_ENTRIES = "SELECT ref FROM processes_searchentry WHERE kind = '{kind}'"
_RECENT = (
    "SELECT n.ref FROM (SELECT ref, words FROM processes_searchentry WHERE kind = '{kind}'"
    " ORDER BY ref DESC LIMIT %s) AS n WHERE n.words @@ %s::tsquery"
)
#: So few of the newest rows have every word that is frequent.
_SAMPLE = (
    "SELECT words FROM processes_searchentry WHERE kind = '{kind}' ORDER BY ref DESC LIMIT 500"
)
_TEXT = (
    "SELECT e.ref FROM processes_searchtext t JOIN processes_searchentry e ON e.id = t.rowid"
    " WHERE processes_searchtext MATCH %s AND e.kind = '{kind}'"
)
#: So that the index is asked: for some rows of a kind that seems to have many PostgreSQL would
#: rather read the table from its beginning, and to its end where the kind has none.
_APART = "WITH apart AS MATERIALIZED ({}) SELECT ref FROM apart"
_OWN = "SELECT process_id FROM processes_casetask WHERE owner_id = %s"
_OWN_PAPERS = (
    "SELECT d.id FROM processes_document d JOIN processes_casetask t ON t.process_id = d.case_id"
    " WHERE t.owner_id = %s"
)


def having(kind: Kind, words: Sequence[str]) -> RawSQL:
    """Numbers of all rows of the kind that have words which begin so."""
    if connection.vendor == "sqlite":
        return _raw(_TEXT, kind, sqlite.query(words))
    return _raw(f"{_ENTRIES} AND words @@ %s::tsquery", kind, postgresql.query(words))


def newest(kind: Kind, words: Sequence[str], marks: Sequence[str]) -> RawSQL:
    """The same among the newest rows only, whatever their number of hits."""
    return _raw(_RECENT, kind, NEWEST, postgresql.query(words, marks))


def ended(kind: Kind, words: Sequence[str]) -> tuple[list[str], int]:
    """The words, those first that are asked as they stand, and how many these are.

    Whoever types a word has ended those before it. One that is frequent as it stands is such a
    word and no beginning: to ask for all words that begin so is what makes a search dear.
    """
    *before, last = words
    if not before:
        return [last], 0
    stand = ", ".join("bool_or(n.words @@ %s::tsquery)" for _word in before)
    sql = f"SELECT {stand} FROM ({_SAMPLE.format(kind=kind.value)}) AS n"  # noqa: S608 -- ours
    with connection.cursor() as cursor:
        cursor.execute(sql, [postgresql.query([word], whole=1) for word in before])
        known = [word for word, stands in zip(before, cursor.fetchone(), strict=True) if stands]
    return [*known, *(word for word in words if word not in known)], len(known)


def some(
    kind: Kind,
    words: Sequence[str],
    marks: Sequence[str],
    *,
    tasks_of: int | None = None,
    whole: int = 0,
    most: int = MOST,
) -> RawSQL:
    """Numbers of some rows that have the words and that may come into question for a person.

    `tasks_of` is an account: what it had a task in comes into question as well. So many of the
    first words as `whole` says are asked as they stand, the others as beginnings.
    """
    if connection.vendor == "sqlite":
        return _raw(_TEXT, kind, sqlite.query(words, whole=whole >= len(words)))
    found = f"{_ENTRIES} AND words @@ %s::tsquery"
    sql = f"{_APART.format(found)} LIMIT {most}"
    asked = [postgresql.query(words, marks, whole=whole)]
    if tasks_of is None:
        return _raw(sql, kind, *asked)
    own = _OWN_PAPERS if kind is Kind.DOCUMENT else _OWN
    sql = f"({sql}) UNION ({found} AND ref IN ({own}) LIMIT {most})"
    return _raw(sql, kind, *asked, postgresql.query(words, whole=whole), tasks_of)


def _raw(sql: str, kind: Kind, *params: Any) -> RawSQL:
    # The kind stands in the text, so that PostgreSQL takes the index of this kind.
    return RawSQL(sql.format(kind=kind.value), params)  # noqa: S611 -- no word of a person
