"""Find what a person means, among what they may see."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL

from permissions.models import User
from processes.search import matching
from processes.search.models import Kind, SearchEntry
from processes.search.ranking import Row, has_all, ranked
from processes.search.scopes import Scope, scopes_of
from processes.search.spelling import corrected
from processes.search.words import beginnings, words_in

#: So many rows of a kind are compared with each other.
COMPARED = 120
#: So many hits among the newest rows mean that a word is frequent: older rows are not asked for.
ENOUGH = 20
SHORTEST, LONGEST = 2, 100
_GROWING = (Kind.CASE, Kind.DOCUMENT)


@dataclass(frozen=True)
class Group:
    """What was found of one kind, the best first, and whether there is more."""

    kind: Kind
    found: list[Any]
    more: bool


@dataclass(frozen=True)
class Findings:
    """What was found, and for which words: near ones where nothing has the words typed."""

    groups: list[Group]
    text: str
    near: bool = False

    @property
    def number(self) -> int:
        """How many rows are shown."""
        return sum(len(group.found) for group in self.groups)


def find(user: User, text: str, *, each: int) -> Findings:
    """So many of each kind at most, for what a person has typed so far."""
    text = text[:LONGEST].strip()
    if len("".join(words_in(text))) < SHORTEST:
        return Findings([], text)
    scopes = list(scopes_of(user))
    groups = [group for scope in scopes if (group := _group(user, scope, text, each)).found]
    if groups:
        return Findings(groups, text)
    for near in corrected(text):
        groups = [group for scope in scopes if (group := _group(user, scope, near, each)).found]
        if groups:
            return Findings(groups, near, near=True)
    return Findings([], text)


def _group(user: User, scope: Scope, text: str, each: int) -> Group:
    best = ranked(_rows(scope, text), text)
    found = scope.rows.in_bulk([row.ref for row in best[: 2 * each + 1]])
    shown = _once(found[row.ref] for row in best if row.ref in found)
    allowed = [one for one in shown if scope.allows(user, one)]
    return Group(scope.kind, allowed[:each], len(allowed) > each)


def _once(found: Iterator[Any]) -> Iterator[Any]:
    """Of several versions of one paper the one that comes first, which is the latest."""
    seen = set()
    for one in found:
        paper = (one.case_id, one.title, one.number) if hasattr(one, "sha256") else one.pk
        if paper not in seen:
            seen.add(paper)
            yield one


def _rows(scope: Scope, text: str) -> list[Row]:
    """Rows worth comparing. Raises nothing: words are letters and digits by now."""
    words, whole = beginnings(text), 0
    if scope.kind in _GROWING and connection.vendor == "postgresql":
        rows = _read(scope, matching.newest(scope.kind, words, scope.marks))
        if len(rows) >= ENOUGH:
            asked = sum(has_all(row, text) for row in rows) < ENOUGH
            return _with_whole(scope, text, rows) if asked else rows
        if rows:  # beginnings of frequent words are dear; the very words are not, and come first
            very = _with_whole(scope, text, rows)
            if sum(has_all(row, text) for row in very) >= ENOUGH:
                return very
        words, whole = matching.ended(scope.kind, words)
    rows = _some(scope, words, whole=whole)
    return _with_whole(scope, text, rows) if len(rows) == COMPARED else rows


def _with_whole(scope: Scope, text: str, rows: list[Row]) -> list[Row]:
    """Add those that have the very words: among so many they may not be the newest."""
    words = words_in(text)
    whole = _some(scope, words, whole=len(words))
    return list({row.ref: row for row in (*rows, *whole)}.values())


def _some(scope: Scope, words: Sequence[str], *, whole: int = 0) -> list[Row]:
    own = scope.tasks_of
    return _read(scope, matching.some(scope.kind, words, scope.marks, tasks_of=own, whole=whole))


def _read(scope: Scope, numbers: RawSQL) -> list[Row]:
    """The newest of these rows that the person may see.

    Rights are asked afterwards, of as many rows as are compared and of more only where some of
    them may not be seen: in one statement PostgreSQL would gather all that the person may see
    beforehand. SQLite has no marks that narrow what is compared, so there the rights do.
    """
    entries = SearchEntry.objects.filter(kind=scope.kind, ref__in=numbers)
    if connection.vendor == "sqlite":
        entries = entries.filter(ref__in=scope.rows.order_by().values("pk"))
    found = list(entries.order_by("-ref").values_list("ref", "head", "rest")[: 2 * COMPARED])
    rows: list[Row] = []
    for start in (0, COMPARED):
        block = found[start : start + COMPARED]
        if block and len(rows) < COMPARED:
            compared = [ref for ref, _head, _rest in block]
            seen = scope.rows.order_by().filter(pk__in=compared)
            visible = set(seen.values_list("pk", flat=True))
            rows += [Row(*one) for one in block if one[0] in visible]
    return rows[:COMPARED]
