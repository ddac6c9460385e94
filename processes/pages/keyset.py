"""Pages of a long list that cost the same at its end as at its beginning.

A page is found by the row before it, not by counting rows: the address carries that row's keys.
Whoever looks for the end gets it read backwards.
"""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import Combinable
from django.http import HttpRequest

from processes.pages.listing import SIZE, address

#: Kept in the address instead of a row: begin at the end and go backwards.
END = "end"

_READ: dict[type, Callable[[Any], Any]] = {
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    bytes: bytes.fromhex,
    int: int,
    str: str,
}


@dataclass(frozen=True)
class Key:
    """What a list is ordered by; rows that have no such value come last."""

    by: str | Combinable
    kind: type
    descending: bool = False
    nullable: bool = False


#: Decides where all other keys are the same.
PK = Key("pk", int)


@dataclass(frozen=True)
class Place:
    """Where a page begins: behind a row, before it, or at the end; without values at the start."""

    values: tuple[Any, ...] | None = None
    backwards: bool = False


@dataclass(frozen=True)
class Page:
    """The rows of a page, with the addresses of its neighbours; empty where there is none."""

    rows: list[Any]
    first: str
    before: str
    after: str
    last: str


def beginning(rows: QuerySet[Any], keys: Sequence[Key]) -> QuerySet[Any]:
    """The first page of a list in the order of these keys, and one row more."""
    return _sliced(_keyed(rows, keys), (*keys, PK), Place())


def ending(rows: QuerySet[Any], keys: Sequence[Key]) -> QuerySet[Any]:
    """The last page of a list read backwards, and one row more."""
    return _sliced(_keyed(rows, keys), (*keys, PK), Place(backwards=True))


def page_of(
    rows: Callable[[], QuerySet[Any]],
    request: HttpRequest,
    *keys: Key,
    start: Callable[[bool], list[Any]] | None = None,
) -> Page:
    """Cut out the page that the address names, in the order of these keys.

    `start` reads what `beginning` gives, or `ending` when told so, for whoever has those
    statements at hand.
    """
    ordered = (*keys, PK)
    place = _place(request, ordered)
    if start is not None and place.values is None:
        found, more = _cut(start(place.backwards), place)
    else:
        all_rows = _keyed(rows(), keys)
        found, more = _cut(list(_sliced(all_rows, ordered, place)), place)
        if place.backwards and place.values and not more:  # the page before is the first one
            place = Place()
            found, more = _cut(list(_sliced(all_rows, ordered, place)), place)
    has_before = more if place.backwards else place.values is not None
    has_after = place.values is not None if place.backwards else more
    return Page(
        rows=found,
        first=address(request, after=None, before=None) if has_before else "",
        before=_at(request, before=_token(found[0], ordered)) if found and has_before else "",
        after=_at(request, after=_token(found[-1], ordered)) if found and has_after else "",
        last=_at(request, before=END) if has_after else "",
    )


def _at(request: HttpRequest, **place: str) -> str:
    return address(request, **{"after": None, "before": None, **place})


def _keyed(rows: QuerySet[Any], keys: Sequence[Key]) -> QuerySet[Any]:
    """With the keys of each row, so that its place can be told."""
    named = {
        f"key_{n}": F(key.by) if isinstance(key.by, str) else key.by for n, key in enumerate(keys)
    }
    return rows.annotate(**named)


def _sliced(rows: QuerySet[Any], keys: Sequence[Key], place: Place) -> QuerySet[Any]:
    """The rows of one page in the direction of reading, and one more."""
    if place.values is not None:
        rows = rows.filter(_beyond(keys, place))
    order = [_order(name, key, place.backwards) for name, key in _named(keys)]
    return rows.order_by(*order)[: SIZE + 1]


def _cut(found: list[Any], place: Place) -> tuple[list[Any], bool]:
    """The rows of one page in the order of the list, and whether there are more."""
    page = found[:SIZE]
    return page[::-1] if place.backwards else page, len(found) > SIZE


def _named(keys: Sequence[Key]) -> list[tuple[str, Key]]:
    return [(key.by if key.by == "pk" else f"key_{n}", key) for n, key in enumerate(keys)]


def _order(name: str, key: Key, backwards: bool) -> Any:
    falling = key.descending != backwards
    nulls = {"nulls_first" if backwards else "nulls_last": True} if key.nullable else {}
    return F(name).desc(**nulls) if falling else F(name).asc(**nulls)


def _beyond(keys: Sequence[Key], place: Place) -> Q:
    """Rows behind the place: further by a key, and the same by all keys before it."""
    assert place.values is not None  # noqa: S101 -- asked by the caller
    found, same = Q(), Q()
    for (name, key), value in zip(_named(keys), place.values, strict=True):
        found |= same & _further(name, key, value, place.backwards)
        same &= Q(**{f"{name}__isnull": True}) if value is None else Q(**{name: value})
    return _bound(keys[0], place) & found


def _bound(key: Key, place: Place) -> Q:
    """Said besides, because an index can use it: not before the place by the first key."""
    value = place.values[0] if place.values else None
    if value is None or key.nullable:
        return Q()
    return Q(**{f"key_0__{'lte' if key.descending != place.backwards else 'gte'}": value})


def _further(name: str, key: Key, value: Any, backwards: bool) -> Q:
    if value is None:
        return Q(**{f"{name}__isnull": False}) if backwards else Q(pk__in=())
    sign = "lt" if key.descending != backwards else "gt"
    found = Q(**{f"{name}__{sign}": value})
    return found | Q(**{f"{name}__isnull": True}) if key.nullable and not backwards else found


def _token(row: Any, keys: Sequence[Key]) -> str:
    values = [_written(getattr(row, name)) for name, _key in _named(keys)]
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _written(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return value.isoformat() if isinstance(value, date) else value


def _place(request: HttpRequest, keys: Sequence[Key]) -> Place:
    """What the address says; a place that fits no row of this order is the start."""
    before = request.GET.get("before", "")
    if before == END:
        return Place(None, backwards=True)
    values = _values(before or request.GET.get("after", ""), keys)
    return Place(values, backwards=bool(before and values))


def _values(token: str, keys: Sequence[Key]) -> tuple[Any, ...] | None:
    if not token:
        return None
    try:
        said = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        pairs = list(zip(said, keys, strict=True))
        return tuple(None if v is None and k.nullable else _READ[k.kind](v) for v, k in pairs)
    except (ValueError, TypeError, binascii.Error):
        return None
