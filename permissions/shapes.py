"""People whose rights have the same shape ask the same statements, with other numbers in them.

A statement that depends on rights is long, and Django builds it anew for each page. What differs
between two clerks is who they are and which units they work for, and in what is asked both are
only numbers. So such a statement is built once for a stand-in: a person with the same acts, whose
units are places to be filled in (`permissions.compiled`). Rights themselves are never kept: they
are read in every request, and their shape says which statement is asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from permissions.checks import rights_of
from permissions.models import User


@dataclass(frozen=True)
class Shape:
    """Which acts a person may do, for the first, second, ... of so many units."""

    rights: frozenset[tuple[str, int]]
    units: int

    def stand_in(self, person: int, units: Sequence[int]) -> User:
        """Somebody of this shape with these numbers; not in the database, only to build with."""
        user = User(pk=person)
        rights = frozenset((act, units[place]) for act, place in self.rights)
        user.__dict__["_rights"] = frozenset(), rights, frozenset(), frozenset()
        return user


def shape_of(user: User) -> tuple[Shape, list[int]]:
    """The shape of a person's rights, and the units that stand in its places."""
    rights = rights_of(user)
    units = sorted({unit for _act, unit in rights})
    place = {unit: number for number, unit in enumerate(units)}
    return Shape(frozenset((act, place[unit]) for act, unit in rights), len(units)), units
