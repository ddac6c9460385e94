"""The table of the inbox: which columns a person sees, and what stands in them.

The rows are drawn by a compiled template (Jinja2) from lines in which everything is said already:
with Django's own templates twenty-five rows took longer than all statements of the page.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, F, OuterRef, QuerySet
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from permissions.catalogue import TELLER
from permissions.checks import today
from permissions.models import User
from processes.cases.models import Case, CaseTask, Hold
from processes.pages.due import Light, horizon, light
from processes.pages.inbox_wish import Wish
from processes.pages.keyset import Page
from processes.pages.labels import FLAGS
from processes.rules import load
from processes.steps.holding import may_let_go
from processes.steps.own import OwnStep

#: Columns that a person may choose; whom it is about and the step are always there.
COLUMNS = {
    "subject": gettext_lazy("Subject"),
    "unit": gettext_lazy("Unit"),
    "position": gettext_lazy("Position"),
    "due": gettext_lazy("Due"),
    "flags": gettext_lazy("Flags"),
    "priority": gettext_lazy("Priority"),
    "age": gettext_lazy("Waiting since"),
    "meeting": gettext_lazy("Meeting"),
    "edition": gettext_lazy("Edition"),
}
USUAL = ("subject", "unit", "due", "flags")

#: What a row shows, and no more: every table doubles the time in which PostgreSQL plans the join.
_FIELDS = (
    "flow_task", "due_on", "finished", "created", "seat", "owner", "act", "behalf",
    "entrusted_by", "unit__name", "process__code",
    "process__flags", "process__flow_class", "process__secrecy", "process__title",
    "process__priority", "process__meeting_on", "process__edition",
    "process__candidate__family_name", "process__candidate__middle_name",
    "process__candidate__given_name",
)  # fmt: skip


@dataclass(frozen=True)
class Columns:
    """The columns of a table, by name and word."""

    words: dict[str, str]

    def read(self, tasks: QuerySet[CaseTask]) -> QuerySet[CaseTask]:
        """Read with the tasks what these columns show."""
        held = Hold.objects.filter(case=OuterRef("process"), ended_on__isnull=True)
        tasks = tasks.select_related("process__candidate", "unit").only(*_FIELDS)
        tasks = tasks.annotate(on_hold=Exists(held))
        if "holder" in self.words:
            tasks = tasks.annotate(
                holder_family=F("owner__last_name"), holder_given=F("owner__first_name")
            )
        if "position" in self.words:
            tasks = tasks.annotate(position=F("process__position__title"))
        return tasks


def columns_of(user: User, tab: str) -> Columns:
    """What this person sees in this tab, in the order of the columns."""
    desk = getattr(user, "desk", None)
    chosen = desk.columns if desk and desk.columns else USUAL
    words = {name: str(word) for name, word in COLUMNS.items() if name in chosen}
    if tab == "done" and "due" in words:
        words["due"] = _("Done on")
    if tab == "waiting":
        words["holder"] = _("With")
    return Columns(words)


@dataclass(frozen=True)
class Line:
    """One row of the inbox."""

    task: CaseTask
    who: str
    #: The case is the person's own or a relative's: the row can be given back, no more.
    closed: bool
    light: Light
    flags: list[Any]
    #: Heading of the group that begins with this row.
    heading: str
    case_url: str
    url: str
    take_url: str
    back_url: str
    off_url: str
    step: str
    procedure: str
    cells: dict[str, str]
    #: The steps that may be decided for several cases at once say so.
    bulk: bool
    #: What the guard of giving back asks: no seat, nothing entrusted, no step of one's own.
    may_be_given_back: bool


@dataclass(frozen=True)
class Table:
    """The lines, and how they are drawn."""

    lines: list[Line]
    html: SafeString


def table_of(
    page: Page,
    columns: Columns,
    tab: str,
    wish: Wish,
    closed: frozenset[int],
    *,
    here: str,
    user: User,
    principals: dict[int, User],
) -> Table:
    """Draw a page of the list; `principals` are those in whose names a deputy has its tasks."""
    drawing = _Drawing(columns, tab, wish, closed, user)
    drawing.principals = principals
    lines = [drawing.line(task) for task in page.rows]
    context = {
        "tab": tab,
        "page": page,
        "lines": lines,
        "columns": columns.words,
        "here": here,
        "why_url": f"{_address('inbox_why')}?{urlencode([('task', row.pk) for row in page.rows])}",
        "word": _words(tab, bool(wish.said)),
        "lights": drawing.lights,
    }
    return Table(lines, SafeString(get_template("inbox/table.html", using="jinja").render(context)))


def _words(tab: str, narrowed: bool) -> dict[str, str]:
    empty = {
        "mine": _("You have no open task."),
        "take": _("Nothing waits to be taken."),
        "waiting": _("None of your cases waits for others."),
        "done": _("You have concluded nothing yet."),
    }
    advice = {
        "mine": _("Look at what you can take, or what your cases wait for."),
        "take": _("New tasks appear here by themselves. Your open tasks stand under “Mine”."),
        "waiting": _("Cases that you opened or worked on appear here while others have a step."),
        "done": _("Steps that you conclude are kept here."),
    }
    return {
        "who": _("Person concerned"),
        "step": _("Step"),
        "closed": _("closed to you"),
        "todo": _("What to do"),
        "choose": _("Choose"),
        "choose_all": _("Choose all on this page"),
        "open": _("Open"),
        "take": _("Take"),
        "give_back": _("Give back"),
        "put_off": _("Put off"),
        "none": _("none"),
        "empty": empty[tab],
        "advice": _("No row fits the filter. Clear it or look at the other tabs.")
        if narrowed
        else advice[tab],
        "pages": _("Pages"),
        "first": _("First page"),
        "before": _("Previous page"),
        "after": _("Next page"),
        "last": _("Last page"),
    }


@cache
def _address(name: str, *places: str) -> str:
    """An address with places to fill in: looking it up for every row takes longer than the row."""
    stand_ins = range(10**9, 10**9 + len(places))
    found = reverse(name, args=list(stand_ins))
    for number, place in zip(stand_ins, places, strict=True):
        found = found.replace(str(number), f"{{{place}}}")
    return found


class _Drawing:
    """What all rows of a page share, looked up once."""

    def __init__(
        self, columns: Columns, tab: str, wish: Wish, closed: frozenset[int], user: User
    ) -> None:
        self.columns, self.tab, self.closed, self.user = columns.words, tab, closed, user
        self.group = wish.get("group")
        self.on = today()
        self.soon = horizon(self.on)
        self.case_url = _address("case", "case")
        self.url = _address("task", "case", "task")
        self.buttons = [_address(name, "task") for name in ("take", "give_back", "put_off")]
        self.nobody, self.heading = _("not chosen yet"), ""
        self.lights: dict[str, str] = {}
        self.procedures: dict[Any, str] = {}
        self.principals: dict[int, User] = {}

    def line(self, task: CaseTask) -> Line:
        case: Case = task.process
        closed = case.pk in self.closed and not isinstance(task.flow_task, OwnStep)
        near = light(task.due_on, on=self.on, soon=self.soon)
        self.lights.setdefault(near.state, str(near.label))
        node = task.flow_task
        take_url, back_url, off_url = (one.format(task=task.pk) for one in self.buttons)
        return Line(
            task=task,
            who="" if closed else self._who(case),
            closed=closed,
            light=near,
            flags=[] if closed else [*self._behalf(task), *_flags(task)],
            heading=self._heading(case),
            case_url=self.case_url.format(case=case.pk),
            url=self.url.format(case=case.pk, task=task.pk),
            take_url=take_url,
            back_url=back_url,
            off_url=off_url,
            step=f"{node.code} {node.task_title}",
            procedure=self._procedure(case),
            cells={name: self._cell(name, task) for name in self.columns if name in _CELLS},
            bulk=node.in_bulk,
            may_be_given_back=not task.finished and may_let_go(self.user, task),
        )

    def _procedure(self, case: Case) -> str:
        flow = case.flow_class
        if flow not in self.procedures:
            self.procedures[flow] = str(flow.process_title)
        return self.procedures[flow]

    def _behalf(self, task: CaseTask) -> list[Any]:
        principal = self.principals.get(task.pk)
        return [_("on behalf of %(person)s") % {"person": principal}] if principal else []

    def _who(self, case: Case) -> str:
        if case.candidate_id:
            return str(case.candidate)
        return self.nobody if case.flow_class.moves_people else "–"

    def _heading(self, case: Case) -> str:
        """Said where a group begins, and at the top of every page."""
        if not self.group:
            return ""
        said = self._procedure(case)
        if self.group == "meeting":
            day = case.meeting_on
            said = (
                _("Meeting on %(day)s") % {"day": f"{day:%d/%m/%Y}"} if day else _("No meeting yet")
            )
        new, self.heading = said != self.heading, said
        return said if new else ""

    def _cell(self, name: str, task: CaseTask) -> str:
        return _CELLS[name](task)


def _flags(task: CaseTask) -> list[Any]:
    case = task.process
    flags = [FLAGS.get(name, name) for name in case.flags]
    if case.priority:
        flags.insert(0, case.get_priority_display())
    if case.secrecy == case.Secrecy.SECRET:
        flags.insert(0, _("confidential"))
    if task.on_hold:
        flags.append(_("on hold"))
    if task.entrusted_by_id:
        flags.append(_("to prepare"))
    if task.seat == TELLER:
        flags.append(_("counting team"))
    return [str(flag) for flag in flags]


def _edition(task: CaseTask) -> str:
    return load().edition(task.process.edition).title


def _day(day: Any) -> str:
    return f"{day:%d/%m/%Y}" if day else "–"


_CELLS: dict[str, Any] = {
    "unit": lambda task: task.unit.name,
    "position": lambda task: task.position or "–",
    "priority": lambda task: str(task.process.get_priority_display()),
    "age": lambda task: _day(timezone.localtime(task.created)),
    "meeting": lambda task: _day(task.process.meeting_on),
    "edition": _edition,
    "holder": lambda task: (
        f"{task.holder_family or ''} {task.holder_given or ''}".strip() or _("nobody yet")
    ),
}
