"""Statements that depend on rights, built once for each shape of rights (`permissions.shapes`)."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from permissions.checks import emergencies_of, stand_ins_of, today
from permissions.compiled import Compiled, padded
from permissions.models import User
from permissions.shapes import Shape, shape_of
from processes.cases.bars import close_for, closed_cases

Answer = TypeVar("Answer")


def find(
    build: Callable[[Any, User, date], Any],
    what: Any,
    user: User,
    ask: Callable[..., list[Any]] = Compiled.__call__,
) -> list[Any]:
    """What `build` finds for the person: `what`, as of today; a statement of their shape.

    `build` gives a queryset of values or instances, which depends on nothing of a person but
    their number, rights, closed cases, and whom they stand in for or what an emergency opens.
    """
    if has_no_shape(user):
        return list(build(what, user, today()))
    return find_in_shape(build, what, user, ask)


def has_no_shape(user: User) -> bool:
    """Whether what the person finds follows from more than rights: few people, asked anew."""
    return bool(stand_ins_of(user) or emergencies_of(user))


def find_in_shape(
    build: Callable[[Any, User, date], Any], what: Any, user: User, ask: Callable[..., Answer]
) -> Answer:
    """Let the statement of this person's shape do something with their own numbers."""
    shape, numbers = shape_of(user)
    closed = padded(closed) if (closed := closed_cases(user)) else ()
    places = _places(shape, len(closed))
    statement = _statement(build, what, shape, len(closed))
    filled = dict(zip(places, (*numbers, *closed), strict=True))
    return ask(statement, person=user.pk, on=today(), **filled)


def _places(shape: Shape, closed: int) -> list[str]:
    units = (f"unit_{place}" for place in range(shape.units))
    return [*units, *(f"closed_{place}" for place in range(closed))]


@lru_cache(maxsize=1024)
def _statement(
    build: Callable[[Any, User, date], Any], what: Any, shape: Shape, closed: int
) -> Compiled[Any]:
    """The statement as people of this shape ask it."""

    def built(person: int, on: date, **numbers: int) -> Any:
        found = list(numbers.values())
        stand_in = shape.stand_in(person, found[: shape.units])
        close_for(stand_in, found[shape.units :])
        return build(what, stand_in, on)

    places = dict.fromkeys(_places(shape, closed), int)
    return Compiled(built, person=int, on=date, **places).where_used()
