"""What a person's calendar holds: only what they may see, each kind within a limit."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from permissions.checks import today
from permissions.models import User
from processes.cases.bars import closed_cases, family_of
from processes.cases.models import Case, CaseTask, Clock
from processes.cases.people import units_known_to
from processes.conferences.models import Conference, Summons
from processes.dossiers.checklist import item_name, items_of
from processes.dossiers.models import OF_CANDIDATE, Document
from processes.organisation.bodies import Body, Membership
from processes.organisation.people import PostHeld
from processes.organisation.staffing import held_on
from processes.pages.labels import CONFERENCES, DEADLINES

#: No month of one person shows more of a kind; whoever has more narrows the list of cases.
MOST = 300


@dataclass(frozen=True)
class Entry:
    """One thing on one day."""

    kind: str
    day: date
    what: str
    about: str
    #: The page of what it is about; empty where that is not the person's to read.
    url: str
    #: Of which row it comes, so that a calendar program knows it again.
    source: str
    secret: bool = False

    @property
    def label(self) -> Any:
        """What kind of thing it is."""
        return KINDS[self.kind]


#: The kinds of entries, in the order of the filter.
KINDS = {
    "task": _("Tasks"),
    "deadline": _("Deadlines of cases"),
    "meeting": _("Meetings"),
    "term": _("Terms that end"),
    "paper": _("Papers that lapse"),
}


@dataclass(frozen=True)
class Span:
    """Whose calendar it is, and from which day to which."""

    user: User
    since: date
    until: date

    def within(self, field: str) -> Q:
        """The days as a condition."""
        return Q(**{f"{field}__range": (self.since, self.until)})

    def cases(self) -> QuerySet[Case]:
        """Cases in which the person may read."""
        cases = Case.objects.visible_to(self.user).order_by()
        return cases.exclude(pk__in=closed_cases(self.user))


def gather(span: Span, kinds: list[str]) -> list[Entry]:
    """Every entry of these kinds in the span, by day."""
    found = [entry for kind in kinds for entry in SOURCES[kind](span)]
    return sorted(found, key=lambda entry: (entry.day, [*KINDS].index(entry.kind), entry.about))


def _of_case(kind: str, day: date, what: Any, case: Case, source: str, url: str = "") -> Entry:
    secret = case.secrecy == Case.Secrecy.SECRET
    url = url or reverse("case", args=[case.pk])
    return Entry(kind, day, str(what), case.code, url, source, secret)


def _tasks(span: Span) -> Iterator[Entry]:
    tasks = CaseTask.objects
    closed = closed_cases(span.user)
    mine = tasks.mine(span.user).exclude(process__in=closed)
    to_take = tasks.to_take(span.user).exclude(process__in=closed)
    for some in (mine, to_take):
        for task in some.filter(span.within("due_on")).select_related("process")[:MOST]:
            what = f"{task.flow_task.code} {task.flow_task.task_title}"
            url = reverse("task", args=[task.process_id, task.pk])
            yield _of_case("task", task.due_on, what, task.process, f"task-{task.pk}", url)


def _deadlines(span: Span) -> Iterator[Entry]:
    """Deadlines that run, but for those of tasks that the person finds as such."""
    clocks = Clock.objects.filter(
        span.within("due_on"), stopped_on__isnull=True, paused_on__isnull=True,
        case__in=span.cases(), case__finished__isnull=True,
    )  # fmt: skip
    own = [
        some.filter(span.within("due_on")).order_by().values("pk")
        for some in (CaseTask.objects.mine(span.user), CaseTask.objects.to_take(span.user))
    ]
    clocks = clocks.filter(Q(task=None) | ~Q(task__in=own[0]) & ~Q(task__in=own[1]))
    for clock in clocks.select_related("case").order_by("due_on", "pk")[:MOST]:
        what = DEADLINES.get(clock.rule, clock.rule)
        yield _of_case("deadline", clock.due_on, what, clock.case, f"deadline-{clock.pk}")


def _meetings(span: Span) -> Iterator[Entry]:
    """Conferences, and the days on which the Standing Committee meets on a case."""
    called = Conference.objects.filter(span.within("held_on"), case__in=span.cases())
    called = called.exclude(state=Conference.State.VOID).select_related("case")
    for meeting in called.order_by("held_on", "pk")[:MOST]:
        what = CONFERENCES.get(meeting.code, meeting.code)
        yield _of_case("meeting", meeting.held_on, what, meeting.case, f"meeting-{meeting.pk}")
    for case in span.cases().filter(span.within("meeting_on")).order_by("meeting_on", "pk")[:MOST]:
        if case.meeting_on:
            what = _("Meeting of the Standing Committee")
            yield _of_case("meeting", case.meeting_on, what, case, f"agenda-{case.pk}")
    yield from _own_meetings(span)
    yield from _own_agenda(span)


def _own_meetings(span: Span) -> Iterator[Entry]:
    """Where the person is summoned to, although the case is not theirs to read.

    Whoever is summoned knows day and place of the sitting; of the matter the calendar says
    nothing, as of a confidential case (design). Nothing of cases about them and their family.
    """
    summoned = Summons.objects.filter(cadre__in=family_of(span.user).own)
    unread = Conference.objects.filter(
        span.within("held_on"), pk__in=summoned.order_by().values("conference")
    ).exclude(Q(case__in=span.cases()) | Q(case__in=closed_cases(span.user)))
    unread = unread.exclude(state=Conference.State.VOID).select_related("case__unit")
    for meeting in unread.order_by("held_on", "pk")[:MOST]:
        what = str(CONFERENCES.get(meeting.code, meeting.code))
        where = str(meeting.place or meeting.case.unit)
        yield Entry("meeting", meeting.held_on, what, where, "", f"meeting-{meeting.pk}")


def _own_agenda(span: Span) -> Iterator[Entry]:
    """Days on which the Standing Committee sits, for its members; what it sits on is not said."""
    seats = Membership.objects.in_force(today()).filter(
        cadre__in=family_of(span.user).own, body__kind=Body.Kind.STANDING_COMMITTEE
    )
    cases = Case.objects.filter(
        span.within("meeting_on"), finished__isnull=True,
        province__in=seats.values(of=Coalesce("body__unit__province", "body__unit")),
    ).exclude(pk__in=span.cases())  # fmt: skip
    days = cases.exclude(pk__in=closed_cases(span.user)).order_by("meeting_on")
    for day in days.values_list("meeting_on", flat=True).distinct()[:MOST]:
        if day:
            what = str(_("Meeting of the Standing Committee"))
            yield Entry("meeting", day, what, "", "", f"sitting-{day:%Y%m%d}")


def _terms(span: Span) -> Iterator[Entry]:
    """Terms of the people of units that the person knows, and the own one; no relatives'."""
    family = family_of(span.user)
    known = Q(cadre__in=family.own) | units_known_to(span.user).within("unit__")
    posts = PostHeld.objects.filter(held_on(today()), span.within("term_ends_on"), known)
    posts = posts.exclude(cadre__in=family.kin).select_related("unit")
    for post in posts.order_by("term_ends_on", "pk")[:MOST]:
        if post.term_ends_on:
            url = reverse("person", args=[post.cadre_id])
            if post.cadre_id not in family.own:
                url = reverse("unit", args=[post.unit_id])
            source, about = f"term-{post.pk}", str(post.unit)
            yield Entry("term", post.term_ends_on, post.title, about, url, source)


def _papers(span: Span) -> Iterator[Entry]:
    """The last version of each paper of an open case, on the last day on which it counts."""
    documents = Document.objects.filter(case__in=span.cases(), case__finished__isnull=True)
    documents = documents.filter(
        OF_CANDIDATE, issued_on__range=(span.since - relativedelta(years=2), span.until)
    ).select_related("case")
    last: dict[tuple[int, str, int | None], Document] = {}
    for document in documents.order_by("-issued_on", "-pk")[: 5 * MOST]:
        last.setdefault((document.case_id, document.item, document.cadre_id), document)
    for document in last.values():
        item = items_of(document.case).get(document.item)
        months = item.value["valid_months"] if item else None
        if item is None or months is None:
            continue
        day = document.issued_on + relativedelta(months=months)
        if span.since <= day <= span.until:
            yield _of_case("paper", day, item_name(item), document.case, f"paper-{document.pk}")


SOURCES: dict[str, Callable[[Span], Iterator[Entry]]] = {
    "task": _tasks,
    "deadline": _deadlines,
    "meeting": _meetings,
    "term": _terms,
    "paper": _papers,
}
