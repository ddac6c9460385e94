"""The demo's past, lived through day by day: visits to the cases, and the sweep of each day."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from permissions.checks import today
from processes.cases.models import Case, Clock
from processes.cases.workdays import add
from processes.demo.clock import OfficeClock, at
from processes.demo.favourites import Favourites
from processes.demo.timetable import Visit
from processes.demo.walk import Walk
from processes.organisation.people import Cadre
from processes.organisation.positions import Position
from processes.rules import load
from processes.steps.flow import CaseFlow
from processes.steps.sweep import sweep


class DatedWalk(Walk):
    """A case whose actions take time, and whose votes have a favourite."""

    clock: OfficeClock
    favourites: Favourites
    plan: str

    def done(self) -> None:
        """Let some minutes pass."""
        super().done()
        self.clock.pause()

    def ranked(self, slip: list[Cadre]) -> list[Cadre]:
        """The plan's favourite first."""
        return self.favourites.ranked(self.plan, slip)


class Past:
    """From the first visit until today."""

    def __init__(
        self, flow_class: type[CaseFlow], posts: dict[str, Position], clock: OfficeClock
    ) -> None:
        self._flow_class, self._posts, self._clock = flow_class, posts, clock
        self._walks: dict[str, DatedWalk] = {}
        self._swept = today()

    def live(self, visits: Iterable[Visit], favourites: Favourites, until: date) -> list[Case]:
        """Make every visit at its time, and sweep up to that day; the cases in their order."""
        for visit in visits:
            moment = self._clock.next_start(visit.moment, before=until)
            self._sweep(moment.date())
            self._clock.show(moment)
            self._visit(visit, favourites)
        self._sweep(until)
        return [walk.case for walk in self._walks.values()]

    def _visit(self, visit: Visit, favourites: Favourites) -> None:
        if visit.stage is not None:
            visit.stage(self._walks[visit.plan])
            return
        walk = DatedWalk.begin(self._flow_class, self._posts[visit.plan])
        walk.plan, walk.clock, walk.favourites = visit.plan, self._clock, favourites
        self._walks[visit.plan] = walk
        walk.done()

    def _sweep(self, until: date) -> None:
        """Sweep at the first minute of each day, up to a day, on which a timer is due."""
        while self._swept < until:
            self._swept += timedelta(days=1)
            if _due(self._swept):
                self._clock.show(_midnight(self._swept))
                sweep(self._swept)


def _due(on: date) -> bool:
    """Whether a deadline may be reminded of or has passed on that day."""
    before = load().for_case(on, state_post=False).get("deadlines.reminder_before")
    soon = on if before.value is None else add(on, before.value, before.unit)
    timers = Q(reminded_on=None, due_on__lte=soon) | Q(escalated_on=None, due_on__lt=on)
    running = Clock.objects.filter(stopped_on__isnull=True, paused_on__isnull=True)
    return running.filter(timers).exists()


def _midnight(day: date) -> datetime:
    return at(day, time())
