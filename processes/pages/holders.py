"""Who held each task of a case, from when until when: read from the trail, which has all of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from permissions.models import User
from processes.audit.models import AuditEntry, Event
from processes.cases.models import CaseTask

#: How somebody came to hold a task; what follows `%(other)s` is who gave it.
WAYS: dict[str, Any] = {
    Event.TAKEN: _("taken"),
    Event.GIVEN_BACK: _("came back from %(other)s"),
    Event.HANDED_OVER: _("handed over by %(other)s"),
    Event.ENTRUSTED: _("to prepare for %(other)s"),
    Event.PREPARED: _("prepared by %(other)s"),
    Event.GOT_BACK: _("got back from %(other)s"),
    Event.CONCLUDED: _("concluded at once"),
    Event.MOVED: _("moved to another unit"),
}
#: Of these, the ones after which the person that the entry names has the task.
TO_ANOTHER = frozenset({Event.GIVEN_BACK, Event.HANDED_OVER, Event.ENTRUSTED, Event.PREPARED})


@dataclass
class Span:
    """One person's time with a task."""

    person: str
    behalf: str
    since: datetime
    way: Any
    reason: str = ""
    until: datetime | None = None


@dataclass
class Held:
    """A task and everybody who held it, the first one first."""

    task: CaseTask
    spans: list[Span] = field(default_factory=list)

    def told(self, entry: AuditEntry, other: str) -> None:
        """Go on with what an entry says."""
        event = Event(entry.event)
        if self.spans and self.spans[-1].until is None:
            self.spans[-1].until = entry.at
            if event == Event.CONCLUDED:
                return
        by, behalf = str(entry.by or ""), str(entry.behalf or "")
        if event in TO_ANOTHER:
            if other:
                self._begins(entry, other, by, "")
        elif entry.by:
            self._begins(entry, by, other, behalf)
            if event == Event.CONCLUDED:
                self.spans[-1].until = entry.at

    def _begins(self, entry: AuditEntry, person: str, other: str, behalf: str) -> None:
        way = WAYS[entry.event] % {"other": other} if other else WAYS[entry.event]
        self.spans.append(Span(person, behalf, entry.at, way, entry.reason))


def holders_of(tasks: Iterable[CaseTask]) -> list[Held]:
    """The history of every task that somebody holds or held, in the order of their making."""
    held = {task.pk: Held(task) for task in tasks}
    if not held:
        return []
    case = next(iter(held.values())).task.process_id
    found = AuditEntry.objects.filter(case=case, task__in=held, event__in=WAYS)
    entries = list(found.select_related("by", "behalf").order_by("seq"))
    people = User.objects.in_bulk({e.facts["user"] for e in entries if e.facts.get("user")})
    for entry in entries:
        other = people.get(entry.facts.get("user"))
        held[entry.task].told(entry, str(other or ""))
    for one in held.values():
        _complete(one)
    return [one for one in held.values() if one.spans]


def _complete(held: Held) -> None:
    """What no entry says: a seat or an own step is somebody's from the start; a task may lapse."""
    task = held.task
    if not held.spans and task.owner and task.assigned:
        held.spans.append(Span(str(task.owner), "", task.assigned, _("from the beginning")))
    if held.spans and held.spans[-1].until is None:
        held.spans[-1].until = task.finished


def by_step(held: Iterable[Held]) -> dict[str, list[Held]]:
    """The histories under the names of their steps."""
    found: dict[str, list[Held]] = defaultdict(list)
    for one in held:
        found[one.task.flow_task.name].append(one)
    return dict(found)
