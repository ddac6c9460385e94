"""The inbox over all procedures: mine, to take, waiting for others, done."""

from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from permissions.checks import today
from permissions.models import User
from processes.cases.bars import closed_cases
from processes.cases.models import CaseTask
from processes.help.tours import Stop, tour_of
from processes.organisation.horizon import row_number
from processes.pages.behalf import principals_of
from processes.pages.inbox_columns import columns_of, table_of
from processes.pages.inbox_lists import TABS, order_of, tab_of
from processes.pages.inbox_statements import MANY, Asked, counts, rows, units
from processes.pages.inbox_wish import FOREMOST, LABELS, Wish
from processes.pages.keyset import page_of
from processes.pages.listing import SIZE
from processes.pages.onward import begins_cases, onward
from processes.steps.holding import why_not_take
from processes.steps.known import Known

#: Tabs in which work is waiting for the person.
COUNTED = ("mine", "take")


@dataclass(frozen=True)
class Tab:
    """A tab with its badge; None where nothing is counted."""

    name: str
    label: Any
    count: int | None

    @property
    def badge(self) -> str:
        """The number, capped."""
        return capped(self.count or 0)


def capped(count: int) -> str:
    """A number as a badge shows it."""
    return f"{MANY - 1}+" if count >= MANY else str(count)


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Go to the saved filter with which the person begins, otherwise to the inbox."""
    user: User = request.user  # type: ignore[assignment]
    desk = getattr(user, "desk", None)
    start = desk.start if desk else None
    response = redirect("inbox")
    if start is not None:
        response["Location"] += f"?{start.query}"
    return response


@login_required
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Show a tab of the inbox; htmx asks for its rows only."""
    user: User = request.user  # type: ignore[assignment]
    name, wish, on = tab_of(request.GET), Wish.of(request.GET), today()
    closed = closed_cases(user)
    columns = columns_of(user, name)
    asked = Asked(
        name, bool(wish.get("put_off")), wish.get("sort"), wish.get("group"), tuple(columns.words)
    )
    page = page_of(
        lambda: columns.read(wish.narrow(asked.tasks(user, on), closed, on)),
        request,
        *order_of(name, asked.sort, asked.group),
        start=None if wish.narrows else lambda at_end: rows(replace(asked, at_end=at_end), user),
    )
    table = table_of(
        page, columns, name, wish, closed,
        here=request.get_full_path(), user=user, principals=principals_of(page.rows, user),
    )  # fmt: skip
    if request.htmx and not request.htmx.history_restore_request:  # type: ignore[attr-defined]
        return _varying(HttpResponse(table.html))
    found = units(asked, user)
    context = {
        "tab": name,
        "tabs": tabs_of(user),
        "table": table.html,
        "lines": table.lines,
        "page": page,
        "onward": onward(user) if begins_cases(user) else [],
        "wish": wish,
        "foremost": wish.controls(found, FOREMOST),
        "further": wish.controls(found, [one for one in LABELS if one not in FOREMOST]),
        "asked": request.GET.urlencode(),
        "here": request.get_full_path(),
        "tour": tour_for(user),
    }
    return _varying(render(request, "inbox/page.html", context))


@login_required
@require_safe
def inbox_why(request: HttpRequest) -> HttpResponse:
    """Why the person may not take some of the tasks of a list, fetched beside it.

    Asked of the predicate that guards the server; what it wants to know is read for all at once.
    """
    user: User = request.user  # type: ignore[assignment]
    numbers = [n for one in request.GET.getlist("task") if (n := row_number(one))][:SIZE]
    tasks = CaseTask.objects.to_take(user).filter(pk__in=numbers)
    found = list(tasks.select_related("process", "unit", "owner", "entrusted_by").order_by("pk"))
    known = Known.of_all(user, found)
    said = [(task.pk, why_not_take(user, task, known[task.pk])) for task in found]
    barred = [(number, reason) for number, reason in said if reason]
    return _varying(render(request, "inbox/_why.html", {"barred": barred}))


def tour_for(user: User) -> list[Stop]:
    """The tour, unless the person has seen it or does not want it."""
    desk = getattr(user, "desk", None)
    return [] if desk and desk.toured_at else tour_of(user)


def _varying(response: HttpResponse) -> HttpResponse:
    """One address, two answers: no browser may take one for the other."""
    response["Vary"] = "HX-Request"
    response["Cache-Control"] = "no-store"
    return response


def tabs_of(user: User) -> list[Tab]:
    """The tabs, those in which work waits with how much."""
    found = counts(COUNTED, user)
    return [Tab(name, label, found.get(name)) for name, label in TABS.items()]
