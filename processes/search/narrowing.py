"""Narrow the list of cases by words, so that the plan does not hang on how frequent they are.

PostgreSQL cannot tell that a frequent family name and a frequent given name never meet: it would
walk through every case, the newest first, and find nothing. So it is asked first how frequent
the words are, in two questions that read a bounded number of rows; what they answer chooses the
way, and either way finds every case that has the words.
"""

from collections.abc import Sequence

from django.db import connection
from django.db.models import BooleanField, OuterRef, Q, Subquery
from django.db.models.expressions import RawSQL

from permissions.models import User
from processes.cases.deputed import deputed
from processes.search import matching, postgresql
from processes.search.models import Kind, SearchEntry
from processes.search.scopes import case_marks
from processes.search.words import beginnings

#: So many hits among the newest rows: a page is full before many others were read.
FREQUENT = 100
#: So many cases are named by their numbers.
FEW = 10_000


def cases_having(user: User, text: str) -> Q:
    """Cases that have words beginning so, for a list of what this person may see."""
    words = beginnings(text)
    if not words:
        return Q() if not text.strip() else Q(pk__in=())
    if connection.vendor != "postgresql":
        return Q(pk__in=matching.having(Kind.CASE, words))
    # What a deputy sees as one is not marked in the index.
    marks = case_marks(user) if deputed(user) is None else ()
    if len(_read(matching.newest(Kind.CASE, words, marks), FREQUENT)) == FREQUENT:
        return _each_asked(words)
    tasks_of = user.pk if marks else None
    found = matching.some(Kind.CASE, words, marks, tasks_of=tasks_of, most=FEW)
    numbers = _read(found, FEW)
    return Q(pk__in=numbers) if len(numbers) < FEW else _each_asked(words)


def _each_asked(words: Sequence[str]) -> Q:
    """A subquery for a value: unlike EXISTS it is asked row by row, until the page is full."""
    has = RawSQL("words @@ %s::tsquery", [postgresql.query(words)], output_field=BooleanField())
    entry = SearchEntry.objects.filter(kind=Kind.CASE, ref=OuterRef("pk"))
    return Q(Subquery(entry.values(has=has)))


def _read(found: RawSQL, most: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ref FROM ({found.sql}) AS found LIMIT {most}", found.params)  # noqa: S608 -- ours
        return [ref for (ref,) in cursor.fetchall()]
