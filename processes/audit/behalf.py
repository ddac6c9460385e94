"""In whose name and in which role a person acts for the length of one change.

Entries and papers name both; an entry that says no role of its own has the role of the change.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from permissions.models import User

#: Who carries something out, and what says in which role.
_actor: ContextVar["tuple[int, Callable[[], str]] | None"] = ContextVar("actor", default=None)
_principal: ContextVar["User | None"] = ContextVar("principal", default=None)


def in_whose_name() -> "User | None":
    """Whom the person who acts now stands in for; None where they act in their own name."""
    return _principal.get()


@contextmanager
def in_the_name_of(principal: "User | None") -> Iterator[None]:
    """Let everything that is recorded inside by a person be in the name of another."""
    token = _principal.set(principal)
    try:
        yield
    finally:
        _principal.reset(token)


def role_of_change(by: "User") -> str:
    """The role in which the person carries out what is going on; empty where that is not theirs."""
    actor = _actor.get()
    return actor[1]() if actor and actor[0] == by.pk else ""


@contextmanager
def in_role(by: "User | None", role: Callable[[], str]) -> Iterator[None]:
    """Let what the person does inside be done in one role, which is asked when it is needed."""
    token = _actor.set((by.pk, role) if by else None)
    try:
        yield
    finally:
        _actor.reset(token)
