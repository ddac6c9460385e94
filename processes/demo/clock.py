"""The demo's own clock: it stands still within an action and goes forward between actions.

It moves only while `office_clock` is open, and only in this process.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from random import Random

import time_machine
from django.utils import timezone

from processes.cases.workdays import add_working_days

#: When the offices of the demo work, and after when they begin nothing new.
MORNING, AFTERNOON = (time(7, 30), time(11, 30)), (time(13, 0), time(17, 0))
NOTHING_NEW = time(16, 0)
#: Seconds from one action to the next.
PAUSE = (45, 180)


class OfficeClock:
    """Goes forward only, so that every chain of the trail is in the order of its times."""

    def __init__(self, traveller: time_machine.Traveller, chance: Random) -> None:
        self._traveller, self._chance = traveller, chance

    def show(self, moment: datetime) -> None:
        """Go forward to a moment; a moment that is over changes nothing."""
        if moment > timezone.now():
            self._traveller.move_to(moment.timestamp())

    def next_start(self, planned: datetime, *, before: date) -> datetime:
        """When a planned visit can begin: at its time, or when those before it are done.

        Late in the day it waits for the next morning; for the last one, before the day
        `before`, the offices stay longer.
        """
        moment = max(planned, timezone.localtime())
        morning = at(add_working_days(moment.date(), 1), MORNING[0])
        if moment.time() <= NOTHING_NEW or morning.date() >= before:
            return moment
        return morning

    def pause(self) -> None:
        """Some minutes until the next action, and the lunch break where it falls there."""
        moment = timezone.localtime() + timedelta(seconds=self._chance.randint(*PAUSE))
        if MORNING[1] <= moment.time() < AFTERNOON[0]:
            moment += at(moment.date(), AFTERNOON[0]) - at(moment.date(), MORNING[1])
        self.show(moment)


@contextmanager
def office_clock(start: datetime, chance: Random) -> Iterator[OfficeClock]:
    """Turn the clock of this process back to `start`; the true time comes back at the end."""
    with time_machine.travel(start.timestamp(), tick=False) as traveller:
        yield OfficeClock(traveller, chance)


def at(day: date, hour: time) -> datetime:
    """A moment by the clocks of the province."""
    return timezone.make_aware(datetime.combine(day, hour))
