"""In whose name a person acts for the length of one change: entries and papers name both."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from permissions.models import User

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
