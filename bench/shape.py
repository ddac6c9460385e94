"""What both sides are filled with: the same cases, tasks and people, in the same order.

A tenth of the tasks is open, the rest is history. The people who are measured find the same
work at every size - so many tasks of their own, so many waiting at their desk - and what
grows is everybody else's: a page that reads more than its own work shows it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count

START = datetime(2023, 1, 2, 1, 0, tzinfo=UTC)


@dataclass(frozen=True)
class CaseRow:
    """A case with the numbers of its tasks; the last one is open unless the case is over."""

    number: int
    unit: int
    tasks: list[int]
    over: bool
    owner: int | None  # of the open task
    doers: list[int]  # of the tasks that are done

    @property
    def created(self) -> datetime:
        return START + timedelta(minutes=self.number * 7 % 1_500_000)


@dataclass(frozen=True)
class Shape:
    """How much of everything; units and users are numbered from 1."""

    tasks: int
    users: int = 10_000
    units: int = 300
    desks: int = 3  # units whose people are measured
    waiting: int = 160  # tasks to take at each of these desks
    people: int = 20  # people who are measured
    own: int = 15  # tasks of each of them

    @property
    def open_cases(self) -> int:
        return max(self.tasks // 10, self.desks * self.waiting + self.people * self.own)

    def unit_of(self, user: int) -> int:
        return (user - 1) % self.units + 1

    def has_both_roles(self, user: int) -> bool:
        """Every other person of a unit has a second role there."""
        return (user - 1) // self.units % 2 == 0

    def measured(self) -> list[int]:
        """The people who are measured, of the desks in turn."""
        found = (user for user in range(1, self.users + 1) if self.unit_of(user) <= self.desks)
        return [user for user, _ in zip(found, range(self.people), strict=False)]

    def cases(self) -> Iterator[CaseRow]:
        """Every case; the open ones first. Open ones have two or three tasks, others four."""
        numbers, tasks, used = count(1), count(1), 0
        for unit, owner in self._open():
            number = next(numbers)
            length = 2 + number % 2
            used += length
            yield self._case(number, unit, [next(tasks) for _ in range(length)], False, owner)
        for _ in range((self.tasks - used) // 4):
            number = next(numbers)
            unit = number % self.units + 1
            yield self._case(number, unit, [next(tasks) for _ in range(4)], True, None)

    def _case(
        self, number: int, unit: int, tasks: list[int], over: bool, owner: int | None
    ) -> CaseRow:
        doers = [self._somebody(number + step, unit) for step in range(3)]
        return CaseRow(number, unit, tasks, over, owner, doers)

    def _open(self) -> Iterator[tuple[int, int | None]]:
        """Unit and owner of every open task: the measured desks and people, then the others."""
        for place in range(self.desks * self.waiting):
            yield place % self.desks + 1, None
        for user in self.measured():
            for _ in range(self.own):
                yield self.unit_of(user), user
        others = self.units - self.desks
        left = self.open_cases - self.desks * self.waiting - self.people * self.own
        for place in range(left):
            unit = self.desks + 1 + place % others
            yield unit, self._somebody(place // others, unit) if place // others % 2 else None

    def _somebody(self, number: int, unit: int) -> int:
        return unit + self.units * (number % (self.users // self.units))
