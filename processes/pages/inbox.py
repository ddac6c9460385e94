"""The inbox over all procedures: what is mine, what I may take, what I have done."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from permissions.checks import today
from permissions.models import User
from processes.cases.bars import closed_cases
from processes.cases.models import CaseTask, Hold
from processes.flows import FLOWS
from processes.pages.case_list import procedures
from processes.pages.due import LIGHTS, Light, horizon, light
from processes.pages.labels import FLAGS
from processes.pages.listing import Page, page_of, words_of
from processes.pages.onward import onward
from processes.pages.widgets import StandingSelect
from processes.steps.base import Row
from processes.steps.own import OwnStep
from processes.steps.vote import TELLER

TABS = {
    "mine": gettext_lazy("Mine"),
    "take": gettext_lazy("To take"),
    "done": gettext_lazy("Done"),
}
#: A tab's badge counts no further.
MANY = 100

#: What a row shows, and no more: every table doubles the time in which PostgreSQL plans the join.
_WITH = ("process__candidate", "unit")
_FIELDS = (
    "flow_task", "due_on", "finished", "seat", "unit__name", "process__code", "process__flags",
    "process__flow_class", "process__secrecy", "process__title",
    "process__candidate__family_name", "process__candidate__middle_name",
    "process__candidate__given_name",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One row of the inbox."""

    task: CaseTask
    light: Light
    flags: list[Any]
    #: The case is the person's own or a relative's: the row can be given back, no more.
    closed: bool

    @property
    def step(self) -> str:
        """Code and title of the step."""
        return f"{self.task.flow_task.code} {self.task.flow_task.task_title}"

    @property
    def url(self) -> str:
        """Where the step is carried out."""
        return reverse("task", args=[self.task.process_id, self.task.pk])

    @property
    def may_be_given_back(self) -> bool:
        """A seat on the counting team is no task that another could take."""
        return not self.task.finished and not self.task.seat


@dataclass(frozen=True)
class Tab:
    """A tab with its badge; None where nothing is counted."""

    name: str
    label: Any
    count: int | None

    @property
    def badge(self) -> str:
        """The number, capped."""
        return f"{MANY - 1}+" if self.count == MANY else str(self.count)


class InboxFilter(forms.Form):
    """What the person looks for; anything unknown is taken as no wish."""

    q = forms.CharField(label=gettext_lazy("Search"), required=False, max_length=100)
    procedure = forms.ChoiceField(label=gettext_lazy("Procedure"), required=False)
    step = forms.ChoiceField(label=gettext_lazy("Step"), required=False, widget=StandingSelect)
    unit = forms.ChoiceField(label=gettext_lazy("Unit"), required=False)
    due = forms.ChoiceField(
        label=gettext_lazy("Due"),
        required=False,
        choices=[("", gettext_lazy("All")), *((n, one.label) for n, one in LIGHTS.items())],
    )

    def __init__(self, *args: Any, tasks: QuerySet[CaseTask], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["procedure"].choices = procedures()  # type: ignore[attr-defined]
        self.fields["step"].choices = _steps(get_language() or "vi")  # type: ignore[attr-defined]
        self.fields["unit"].choices = [("", _("All")), *_units(tasks)]  # type: ignore[attr-defined]
        self.fields["q"].widget.attrs["placeholder"] = _("Case number, person or subject")

    def narrow(self, tasks: QuerySet[CaseTask], closed: frozenset[int]) -> QuerySet[CaseTask]:
        """Keep the tasks that the person looks for; no word finds one of a closed case."""
        self.is_valid()
        wish = self.cleaned_data
        if wish.get("procedure"):
            tasks = tasks.filter(process__flow_class=FLOWS[wish["procedure"]])
        if wish.get("step"):
            flow, _sep, name = wish["step"].partition(".")
            tasks = tasks.filter(flow_task=FLOWS[flow].instance.node(name))
        if wish.get("unit"):
            tasks = tasks.filter(process__unit=wish["unit"])
        if wish.get("due"):
            tasks = tasks.filter(_due(wish["due"], today()))
        if wish.get("q"):
            tasks = tasks.filter(words_of(wish["q"], prefix="process__"))
            tasks = tasks.exclude(process__in=closed)
        return tasks


@login_required
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Show a tab of the inbox; htmx asks for its rows only."""
    user: User = request.user  # type: ignore[assignment]
    name = request.GET.get("tab", "mine")
    name = name if name in TABS else "mine"
    tasks = _tasks(name, user)
    wish = InboxFilter(request.GET, tasks=tasks)
    closed = closed_cases(user)
    page = page_of(wish.narrow(_shown(tasks), closed), request)
    lines = _lines(page, closed)
    context = {"tab": name, "page": page, "lines": lines, "here": request.get_full_path()}
    context["onward"] = onward(user)
    if request.htmx and not request.htmx.history_restore_request:  # type: ignore[attr-defined]
        return _varying(render(request, "inbox/_rows.html", context))
    tabs = _tabs(user, name)
    return _varying(render(request, "inbox/page.html", {**context, "tabs": tabs, "filter": wish}))


def _varying(response: HttpResponse) -> HttpResponse:
    """One address, two answers: no browser may take one for the other."""
    response["Vary"] = "HX-Request"
    response["Cache-Control"] = "no-store"
    return response


def _shown(tasks: QuerySet[CaseTask]) -> QuerySet[CaseTask]:
    tasks = tasks.select_related(*_WITH).only(*_FIELDS)
    held = Hold.objects.filter(case=OuterRef("process"), ended_on__isnull=True)
    return tasks.annotate(on_hold=Exists(held))


def _tasks(name: str, user: User) -> QuerySet[CaseTask]:
    """The tasks of a tab; of cases closed to the person only what they hold, to give it back."""
    if name == "mine":
        return CaseTask.objects.mine(user).by_due()
    closed = closed_cases(user)
    if name == "done":
        return CaseTask.objects.done_by(user).exclude(process__in=closed).order_by("-finished")
    return CaseTask.objects.to_take(user).exclude(process__in=closed).by_due()


def _tabs(user: User, shown: str) -> list[Tab]:
    counts = {name: len(_tasks(name, user).values_list("pk")[:MANY]) for name in ("mine", "take")}
    return [Tab(name, label, counts.get(name)) for name, label in TABS.items()]


def _lines(page: Page, closed: frozenset[int]) -> list[Line]:
    on = today()
    soon = horizon(on)
    return [_line(t, light(t.due_on, on=on, soon=soon), _is_closed(t, closed)) for t in page.rows]


def _is_closed(task: CaseTask, closed: frozenset[int]) -> bool:
    """Whether the case is closed to the person and the task is not their own part in it."""
    return task.process_id in closed and not isinstance(task.flow_task, OwnStep)


def _line(task: CaseTask, due: Light, closed: bool) -> Line:
    return Line(task, due, [] if closed else _flags(task), closed)


def _flags(task: CaseTask) -> list[Any]:
    case = task.process
    flags = [FLAGS.get(name, name) for name in case.flags]
    if case.secrecy == case.Secrecy.SECRET:
        flags.insert(0, _("confidential"))
    if task.on_hold:
        flags.append(_("on hold"))
    if task.seat == TELLER:
        flags.append(_("counting team"))
    return flags


@cache
def _steps(language: str) -> list[Any]:
    """The steps that people carry out, under the title of their procedure, in this language."""
    steps = [
        (
            str(flow_class.process_title),
            [
                (f"{name}.{row.name}", f"{row.code} {row.task_title}")
                for row in flow_class.rows()
                if _is_human(row)
            ],
        )
        for name, flow_class in FLOWS.items()
    ]
    return [("", _("All")), *steps]


def _is_human(row: Row) -> bool:
    return bool(row.act)


def _units(tasks: QuerySet[CaseTask]) -> QuerySet[CaseTask, tuple[int, str]]:
    """Number and name of the units whose cases are in the list."""
    units = tasks.order_by("process__unit__name", "process__unit")
    return units.values_list("process__unit", "process__unit__name").distinct()


def _due(state: str, on: date) -> Q:
    soon = horizon(on)
    return {
        "late": Q(due_on__lt=on),
        "soon": Q(due_on__gte=on, due_on__lte=soon),
        "fine": Q(due_on__gt=soon),
        "open": Q(due_on__isnull=True),
    }[state]
