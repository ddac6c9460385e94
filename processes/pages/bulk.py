"""One act for several tasks: each case by itself, with its own entry and its own answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from permissions.errors import Closed, Conflict, Refused
from permissions.models import User
from processes.cases.bars import closed_cases
from processes.cases.models import CaseTask
from processes.organisation.horizon import row_number
from processes.pages.blame import LACKS
from processes.pages.handing import HandingForm
from processes.pages.sheet import cases_for
from processes.steps.actions import give_back, perform, take
from processes.steps.handing import hand_over
from processes.steps.holding import receivers, why_not_hand_over
from processes.steps.lock import waited_too_long

#: As many as a page of the inbox shows.
MOST = 25


@dataclass(frozen=True)
class Answer:
    """What became of one task; an empty reason where it is done."""

    task: CaseTask
    reason: str


@login_required
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Do what the button says to each chosen task. Nothing chosen, nothing done."""
    user: User = request.user  # type: ignore[assignment]
    tasks = chosen(request, user)
    if not tasks:
        messages.error(request, _("Choose tasks first: tick the boxes at their rows."))
        return _back(request)
    deed = request.POST.get("do", "")
    if page := _PAGES.get(deed):
        return page(request, user, tasks)
    act: dict[str, Callable[[CaseTask], None]] = {
        "take": lambda task: take(task.pk, by=user),
        "give_back": lambda task: give_back(task.pk, by=user, reason=_reason(request)),
    }
    if deed not in act:
        messages.error(request, _("Choose what to do with the tasks."))
        return _back(request)
    return _told(request, [each(task, act[deed]) for task in tasks])


def chosen(request: HttpRequest, user: User) -> list[CaseTask]:
    """The ticked tasks of cases that the person may know of, in the order of the list."""
    numbers = [n for one in request.POST.getlist("task") if (n := row_number(one))][:MOST]
    cases = cases_for(user).filter(task_set__in=numbers).in_bulk()
    tasks = CaseTask.objects.select_related("unit", "owner").exclude(act="")
    found = tasks.filter(pk__in=numbers, process__in=cases).in_bulk()
    for task in found.values():
        task.process = cases[task.process_id]
    return [found[number] for number in dict.fromkeys(numbers) if number in found]


def each(task: CaseTask, act: Callable[[CaseTask], None]) -> Answer:
    """Do it to one task. What stands in the way of this one stops no other."""
    try:
        act(task)
    except (Refused, Conflict, Closed, *LACKS) as reason:
        return Answer(task, str(reason))
    except ValidationError as fault:
        return Answer(task, " ".join(fault.messages))
    except OperationalError as error:
        if not waited_too_long(error):
            raise
        return Answer(task, _("Somebody else is at work on this case. Try again."))
    return Answer(task, "")


def _reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "")[:500]


def _decide(request: HttpRequest, user: User, tasks: list[CaseTask]) -> HttpResponse:
    """Ask for one decision for all of them, on a page that lists the cases; then carry it out."""
    node = tasks[0].flow_task
    if reason := _not_together(tasks):
        messages.error(request, reason)
        return _back(request)
    sent = "confirmed" in request.POST
    form = node.form_class(task=tasks[0], user=user, data=request.POST if sent else None)
    if sent and form.is_valid():
        return _told(request, [each(task, _decision(user, request)) for task in tasks])
    offers = [Answer(task, node.why_not(user, task)) for task in tasks]
    title = f"{_('Decide together')}: {node.code} {node.task_title}"
    button = _("Decide these cases")
    context = {"form": form, "title": title, "deed": "decide", "button": button, "offers": offers}
    return _asked(request, user, context, sent)


def _hand_over(request: HttpRequest, user: User, tasks: list[CaseTask]) -> HttpResponse:
    """Ask to whom all of them go, and why; only people who may have each of them are offered."""
    sent = "confirmed" in request.POST
    able = [{one.pk for one in receivers(task, by=user)} for task in tasks]
    people = list(User.objects.filter(pk__in=set.intersection(*able)).order_by("last_name", "pk"))
    form = HandingForm(request.POST if sent else None, people=people)
    if sent and form.is_valid():
        to, reason = form.cleaned_data["to"], form.cleaned_data["reason"]
        return _told(
            request,
            [each(task, lambda one: hand_over(one.pk, by=user, to=to, reason=reason))
             for task in tasks],
        )  # fmt: skip
    offers = [Answer(task, why_not_hand_over(user, task)) for task in tasks]
    title = _("Hand over")
    context = {"form": form, "title": title, "deed": "hand_over", "button": title, "offers": offers}
    return _asked(request, user, {**context, "nobody": not people}, sent)


def _asked(request: HttpRequest, user: User, context: dict[str, Any], sent: bool) -> HttpResponse:
    """The page that lists the cases and asks what is to be done with them."""
    context |= {"closed": closed_cases(user), "next": _next(request)}
    return render(request, "inbox/together.html", context, status=422 if sent else 200)


def _decision(user: User, request: HttpRequest) -> Callable[[CaseTask], None]:
    """The decision of the form, checked anew for each task."""

    def decide(task: CaseTask) -> None:
        form: forms.Form = task.flow_task.form_class(task=task, user=user, data=request.POST)
        if not form.is_valid():
            raise ValidationError([str(e) for errors in form.errors.values() for e in errors])
        perform(task.pk, by=user, data=form.cleaned_data)

    return decide


def _not_together(tasks: list[CaseTask]) -> str:
    """Why these tasks cannot be decided with one form; empty when they can."""
    if len({task.flow_task for task in tasks}) > 1:
        return _("Choose tasks of one step only: one decision is taken for all of them.")
    node = tasks[0].flow_task
    if not node.in_bulk:
        said = _("“%(step)s” is decided case by case. Open each task.")
        return said % {"step": node.task_title}
    return ""


def _told(request: HttpRequest, answers: list[Answer]) -> HttpResponse:
    """Back to the list when all is done; otherwise a page that says what became of each case."""
    done = sum(not one.reason for one in answers)
    if done == len(answers):
        said = ngettext("%(n)s task is done.", "%(n)s tasks are done.", done) % {"n": done}
        messages.success(request, said)
        return _back(request)
    context = {"answers": answers, "done": done, "next": _next(request)}
    context["closed"] = closed_cases(request.user)
    return render(request, "inbox/answers.html", context, status=409 if not done else 200)


def _next(request: HttpRequest) -> str:
    """The list from which the tasks were chosen; never an address elsewhere."""
    said: Any = request.POST.get("next", "")
    good = url_has_allowed_host_and_scheme(said, {request.get_host()}, request.is_secure())
    return said if good and said.startswith("/") else ""


def _back(request: HttpRequest) -> HttpResponse:
    return redirect(_next(request) or "inbox")


#: What is asked about on a page of its own before it is done.
_PAGES: dict[str, Callable[[HttpRequest, User, list[CaseTask]], HttpResponse]] = {
    "decide": _decide,
    "hand_over": _hand_over,
}
