"""What lists have in common: pages without counting, and a search by words."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from processes.search.matching import having
from processes.search.models import Kind
from processes.search.words import beginnings

SIZE = 25
#: Whoever wants to go further narrows the list instead.
LAST_PAGE = 200


@dataclass(frozen=True)
class Page:
    """One page of a list, with the addresses of its neighbours; empty where there is none."""

    rows: list[Any]
    number: int
    before: str
    after: str


def page_of(rows: QuerySet[Any], request: HttpRequest) -> Page:
    """Cut out the page that the address names; one row more tells whether another follows."""
    number = _number(request.GET.get("page", ""))
    start = (number - 1) * SIZE
    found = list(rows[start : start + SIZE + 1])
    more = len(found) > SIZE and number < LAST_PAGE
    return Page(
        rows=found[:SIZE],
        number=number,
        before=address(request, page=number - 1) if number > 1 else "",
        after=address(request, page=number + 1) if more else "",
    )


def address(request: HttpRequest, **changed: object) -> str:
    """The present address with some of its parameters changed; None takes one away."""
    wish = request.GET.copy()
    for name, value in changed.items():
        wish.pop(name, None)
        if value is not None:
            wish[name] = str(value)
    return f"{request.path}?{wish.urlencode()}"


def words_of(text: str, *, field: str = "pk", kind: Kind = Kind.CASE) -> Q:
    """Rows in which every word begins a word of what the search knows them by.

    `field` names the row, or what points to it. Nothing typed narrows nothing; signs alone find
    nothing.
    """
    if not text.strip():
        return Q()
    words = beginnings(text)
    return Q(**{f"{field}__in": having(kind, words)}) if words else Q(pk__in=())


def _number(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    return min(max(number, 1), LAST_PAGE)
