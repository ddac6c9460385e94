"""Replay: a case as it was on any day of its life, and two days beside each other."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from permissions.checks import today
from permissions.errors import Refused
from permissions.models import User
from processes.flows import procedure_name
from processes.pages.entries import Told, told
from processes.pages.reading import note_reading
from processes.pages.refusals import readable_case
from processes.pages.replay_rights import Bound, Right, Said, editions_then, rights_then, rules_then
from processes.pages.replay_then import History, Then
from processes.pages.sheet import Sheet, cases_for
from processes.steps.forms import day_field

#: So many entries between two days are told; the whole trail is one click away.
BETWEEN = 50


class DaysForm(forms.Form):
    """Which day, and which other one beside it."""

    on = day_field(gettext_lazy("Day"), required=False)
    beside = day_field(gettext_lazy("Compare with"), required=False)


@dataclass(frozen=True)
class Change:
    """Something that was otherwise on the other day."""

    part: Any
    what: str
    before: str
    after: str


class Day:
    """All that is shown of a day."""

    def __init__(self, then: Then) -> None:
        self.then = then

    @cached_property
    def rights(self) -> list[Right]:
        """Who held which right."""
        return rights_then(self.then)

    @cached_property
    def editions(self) -> list[Bound]:
        """The editions in force for the case."""
        return editions_then(self.then)

    @cached_property
    def rules(self) -> list[Said]:
        """What they say."""
        return rules_then(self.editions)

    def facts(self) -> dict[tuple[Any, str], str]:
        """Everything in words, by what it is about, so that two days can be compared."""
        then = self.then
        said: dict[tuple[Any, str], str] = {}
        for step in then.steps:
            said[_("Step"), f"{step.row.code} {step.row.task_title}"] = _joined(
                step.state.label, step.outcome
            )
        for one in then.open_tasks:
            title = f"{one.task.flow_task.code} {one.task.flow_task.task_title} ({one.task.unit})"
            said[_("Open task"), title] = one.person or str(_("nobody has it"))
        for paper in then.papers:
            document = paper.document
            named = (_("Paper"), document.title)
            if named in said:  # several of one name: of other steps, or of other people
                named = (_("Paper"), f"{document.title} ({document.cadre or document.step})")
            said[named] = f"v{document.version}"
        for meeting in then.meetings:
            title = f"{meeting.title} {meeting.meeting.attempt}"
            said[_("Conference"), title] = str(meeting.state)
        for deadline in then.deadlines:
            over = deadline.stopped_on and f"{deadline.stopped_on:%d/%m/%Y}"
            due = f"{deadline.due:%d/%m/%Y}" if deadline.due else _("not known")
            said[_("Deadline"), str(deadline.title)] = _joined(due, over)
        for right in self.rights:
            said[_("Right"), f"{right.unit}: {right.role}"] = ", ".join(right.people)
        said |= {(_("Rule"), rule.name): rule.whole for rule in self.rules}
        return said


def _joined(*parts: Any) -> str:
    return ", ".join(str(part) for part in parts if part)


@login_required
@require_safe
def case_replay(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show a case as it was at the end of a day, or of two. Raises Refused and Http404."""
    user: User = request.user  # type: ignore[assignment]
    case = readable_case(request, case_id, cases_for(user))
    if not Sheet(case, user).sees_all:
        raise Refused(_("Units see their own part of this case; inspectors replay it."))
    note_reading(case, by=user)
    history = History(case, user)
    form = DaysForm(request.GET)
    form.is_valid()
    days = history.days or [case.opened_on]
    chosen = _chosen(request, form, days)
    beside = form.cleaned_data.get("beside")
    day, other = Day(Then(history, chosen)), Day(Then(history, beside)) if beside else None
    context = {
        "case": case, "sheet": Sheet(case, user), "form": form, "days": days, "day": day,
        "other": other, "procedure": procedure_name(case.flow_class),
        "place": _place(days, chosen), "last": len(days) - 1,
        "labels": " ".join(f"{one:%d/%m/%Y}" for one in days),
        "before": next((one for one in reversed(days) if one < chosen), None),
        "after": next((one for one in days if one > chosen), None),
    }  # fmt: skip
    if other is not None:
        context |= _compared(*sorted((day, other), key=lambda one: one.then.day))
    return render(request, "replay/page.html", context)


def _chosen(request: HttpRequest, form: DaysForm, days: list[date]) -> date:
    """The day of the field or of the slider; without a word the last one with something in it."""
    place = request.GET.get("place", "")
    if place.isascii() and place.isdigit() and len(place) < 6:
        return days[min(int(place), len(days) - 1)]
    on: date = form.cleaned_data.get("on") or days[-1]
    return max(min(on, today()), days[0])


def _place(days: list[date], day: date) -> int:
    """The place of the slider: the last day with something in it up to this one."""
    return max((n for n, one in enumerate(days) if one <= day), default=0)


def _compared(first: Day, second: Day) -> dict[str, Any]:
    """What is otherwise on the later day, and what the trail tells of the time between."""
    one, two = first.facts(), second.facts()
    changes = [
        Change(part, what, one.get((part, what), "–"), two.get((part, what), "–"))
        for part, what in dict.fromkeys([*one, *two])
        if one.get((part, what)) != two.get((part, what))
    ]
    between = [e for e in second.then.entries if e.at >= first.then.until]
    shown: list[Told] = told(between[:BETWEEN])
    return {"first": first, "second": second, "changes": changes, "between": shown,
            "more": len(between) - len(shown)}  # fmt: skip
