"""A case as it was at the end of a day: read from dated rows and the trail, never guessed.

What no row and no entry tells is said to be unknown (`Then.unknown`).
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from viewflow.workflow.status import STATUS

from permissions.models import User
from processes.audit.models import AuditEntry, Event
from processes.cases.models import Case, CaseTask
from processes.conferences.models import Conference
from processes.conferences.queries import QUORUM_FAIL, result_lines, result_visible_to
from processes.dossiers.access import may_open
from processes.dossiers.models import Document
from processes.pages.holders import Held, holders_of
from processes.pages.labels import CONFERENCES, DEADLINES
from processes.pages.stages import DONE, MISSED, OPEN, State
from processes.steps.base import Row
from processes.steps.labels import OUTCOMES

LATER = State("later", gettext_lazy("reached later"), "ti-circle-dotted")
#: What an entry says of the state of its conference.
STATES: dict[str, Any] = {
    Event.CALLED: Conference.State.CALLED, Event.ATTENDED: Conference.State.SITTING,
    Event.COUNT_OPENED: Conference.State.COUNTING, Event.COUNTED: Conference.State.COUNTING,
    Event.RECOUNT: Conference.State.COUNTING, Event.VOTE_CLOSED: Conference.State.CLOSED,
    Event.VOIDED: Conference.State.VOID,
}  # fmt: skip
HOLD_ENDS = (Event.RESUMED, Event.RESTARTED, Event.WITHDRAWN, Event.ENDED)


@dataclass(frozen=True)
class StepThen:
    """A row of the procedure as it stood."""

    row: Row
    state: State
    on: datetime | None = None
    outcome: Any = ""


@dataclass(frozen=True)
class TaskThen:
    """An open task: whose it was, and since when; nobody's where `person` is empty."""

    task: CaseTask
    person: str
    since: datetime | None


@dataclass(frozen=True)
class PaperThen:
    """The version of a paper that lay in the dossier, how many there were, and are by now."""

    document: Document
    versions: int
    closed: bool
    in_trail: bool


@dataclass(frozen=True)
class MeetingThen:
    """A conference, with its result where it was closed by then and the reader may see it."""

    meeting: Conference
    title: Any
    state: Any
    hidden: bool
    lines: list[Any]


@dataclass(frozen=True)
class DeadlineThen:
    """A deadline; `due` is None where a hold has moved it since and nothing says from when."""

    title: Any
    due: date | None
    stopped_on: date | None
    paused: bool


def ends(day: date) -> datetime:
    """The first moment that is no longer of the day, in Viet Nam."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


class History:
    """All that was ever written of a case, read once for whatever days are looked at."""

    def __init__(self, case: Case, user: User) -> None:
        self.case, self.user = case, user

    @cached_property
    def entries(self) -> list[AuditEntry]:
        """The trail of the case from its beginning."""
        return list(self.case.entries.select_related("by", "behalf", "unit").order_by("seq"))

    @cached_property
    def days(self) -> list[date]:
        """The days on which something happened."""
        quiet = {Event.READ, Event.DOWNLOADED, Event.REFUSED, Event.BUNDLED}
        told = (e for e in self.entries if e.event not in quiet)
        return sorted({timezone.localtime(entry.at).date() for entry in told})

    @cached_property
    def tasks(self) -> list[CaseTask]:
        """Every task, in the order of making."""
        found = CaseTask.objects.filter(process=self.case).select_related("owner", "unit")
        tasks = list(found.order_by("pk"))
        for task in tasks:
            task.process = self.case
        return tasks

    @cached_property
    def held(self) -> dict[int, Held]:
        """Who held each task, from when until when."""
        return {one.task.pk: one for one in holders_of(self.tasks)}

    @cached_property
    def documents(self) -> list[Document]:
        """Every version of every paper, in the order of coming."""
        return list(self.case.documents.order_by("uploaded_at", "pk"))

    @cached_property
    def closed(self) -> set[int]:
        """Papers that the reader may not open."""
        minutes = [d for d in self.documents if d.item == "vote_summary"]
        return {d.pk for d in minutes if not may_open(self.user, self.case, d)}

    @cached_property
    def meetings(self) -> dict[int, Conference]:
        """The conferences by their numbers."""
        found = Conference.objects.filter(case=self.case).order_by("pk")
        meetings = {meeting.pk: meeting for meeting in found}
        for meeting in meetings.values():
            meeting.case = self.case
        return meetings

    @cached_property
    def visible(self) -> set[int]:
        """Conferences whose result the reader may see."""
        return {n for n, meeting in self.meetings.items() if result_visible_to(meeting, self.user)}

    @cached_property
    def clocks(self) -> list[Any]:
        """Every deadline."""
        return list(self.case.clocks.order_by("pk"))


class Then:
    """The case at the end of a day."""

    def __init__(self, history: History, day: date) -> None:
        self.history, self.case, self.day, self.until = history, history.case, day, ends(day)

    @cached_property
    def entries(self) -> list[AuditEntry]:
        """What the trail said by then."""
        return [entry for entry in self.history.entries if entry.at < self.until]

    @cached_property
    def begun(self) -> bool:
        """Whether there was a case at all."""
        return bool(self.entries)

    @cached_property
    def tasks(self) -> list[CaseTask]:
        """The tasks that there were."""
        return [task for task in self.history.tasks if task.created < self.until]

    def _over(self, task: CaseTask) -> bool:
        return task.finished is not None and task.finished < self.until

    @cached_property
    def steps(self) -> list[StepThen]:
        """Rows that the case had reached, and those that it reached later; no others are known."""
        by_row: dict[str, list[CaseTask]] = defaultdict(list)
        for task in self.history.tasks:
            if not task.seat and task.flow_task is not None:
                by_row[task.flow_task.name].append(task)
        rows = self.case.flow_class.rows()
        return [self._step(row, by_row[row.name]) for row in rows if row.name in by_row]

    def _step(self, row: Row, tasks: list[CaseTask]) -> StepThen:
        there = [task for task in tasks if task.created < self.until]
        if not there:
            return StepThen(row, LATER)
        if any(not self._over(task) for task in there):
            return StepThen(row, OPEN)
        done = [task for task in there if task.status == STATUS.DONE]
        if not done:
            return StepThen(row, MISSED)
        last = max(done, key=lambda task: task.finished)
        return StepThen(row, DONE, last.finished, OUTCOMES.get(last.outcome, last.outcome))

    @cached_property
    def open_tasks(self) -> list[TaskThen]:
        """What waited for somebody, and who had it."""
        waiting = [task for task in self.tasks if task.act and not self._over(task)]
        return [self._task(task) for task in waiting]

    def _task(self, task: CaseTask) -> TaskThen:
        held = self.history.held.get(task.pk)
        spans = [s for s in held.spans if s.since < self.until] if held else []
        last = spans[-1] if spans else None
        if last is None or (last.until is not None and last.until < self.until):
            return TaskThen(task, "", None)
        return TaskThen(task, last.person, last.since)

    @cached_property
    def on_hold(self) -> bool:
        """Whether the case stood still."""
        told = [e.event for e in self.entries if e.event in (Event.HELD, *HOLD_ENDS)]
        return bool(told) and told[-1] == Event.HELD

    @cached_property
    def papers(self) -> list[PaperThen]:
        """The dossier: of each paper the version of that day."""
        versions: dict[Any, list[Document]] = defaultdict(list)
        for one in self.history.documents:
            if one.uploaded_at < self.until:
                versions[one.item, one.step if one.generated else "", one.cadre_id].append(one)
        told = {digest for entry in self.entries for digest in entry.documents}
        return [
            PaperThen(kept[-1], len(kept), kept[-1].pk in self.history.closed,
                      kept[-1].sha256 in told)
            for kept in versions.values()
        ]  # fmt: skip

    @cached_property
    def meetings(self) -> list[MeetingThen]:
        """The conferences that had been called, as far as they had come."""
        states: dict[int, tuple[Any, AuditEntry]] = {}
        for entry in self.entries:
            number = entry.facts.get("conference")
            if entry.event in STATES and number in self.history.meetings:
                states[number] = STATES[entry.event], entry
        return [self._meeting(number, *told) for number, told in states.items()]

    def _meeting(self, number: int, state: Any, entry: AuditEntry) -> MeetingThen:
        meeting = self.history.meetings[number]
        closed, visible = state == Conference.State.CLOSED, number in self.history.visible
        label = state.label
        if entry.event == Event.ATTENDED and entry.outcome == QUORUM_FAIL:
            label = OUTCOMES.get(QUORUM_FAIL, QUORUM_FAIL)
        return MeetingThen(
            meeting, CONFERENCES.get(meeting.code, meeting.code), label,
            closed and not visible, result_lines(meeting) if closed and visible else [],
        )  # fmt: skip

    @cached_property
    def deadlines(self) -> list[DeadlineThen]:
        """The deadlines that had begun, with the day on which they were due then."""
        return [self._deadline(one) for one in self.history.clocks if one.started_on <= self.day]

    def _deadline(self, clock: Any) -> DeadlineThen:
        stopped = clock.stopped_on if clock.stopped_on and clock.stopped_on <= self.day else None
        paused = self.on_hold and stopped is None
        return DeadlineThen(
            DEADLINES.get(clock.rule, clock.rule), self._due(clock), stopped, paused
        )

    def _due(self, clock: Any) -> date | None:
        """The day as it was before what has moved it since; None where nothing says what it was."""
        for entry in self.history.entries:
            if entry.at < self.until or (
                clock.stopped_on and timezone.localtime(entry.at).date() > clock.stopped_on
            ):
                continue
            if entry.event in (Event.RESUMED, Event.RESTARTED) and clock.unit:
                return None
            if entry.event == Event.EXTENDED and entry.facts.get("clock") == clock.pk:
                return date.fromisoformat(entry.facts["from"])
        found: date = clock.due_on
        return found

    @property
    def unknown(self) -> list[str]:
        """What neither dated rows nor the trail tell of that day."""
        return list(_unknown(self))


def _unknown(then: Then) -> Iterator[str]:
    yield _("Flags of the case, and who was its candidate: only their present state is kept.")
    yield _("Whether an account was closed, and what a role was allowed: the present is shown.")
    if any(one.due is None for one in then.deadlines):
        yield _("Due days that a hold has moved since.")
    if any(not one.in_trail for one in then.papers):
        yield _("Whether papers that no entry names lay there then; they are marked.")
