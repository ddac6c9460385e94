"""How a person arranges the inbox: columns, saved filters, and tasks put off until a day."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from permissions.catalogue import Role
from permissions.checks import holdings_of
from permissions.models import User
from processes.inbox.models import SavedFilter
from processes.inbox.writers import (
    begin_with,
    choose_columns,
    filters_of,
    remove_filter,
    save_filter,
    snooze,
)
from processes.organisation.units import Unit
from processes.pages.blame import add_errors
from processes.pages.inbox import capped, tabs_of
from processes.pages.inbox_columns import COLUMNS, USUAL
from processes.pages.inbox_lists import tab_of
from processes.pages.inbox_statements import found_by
from processes.pages.inbox_wish import Wish
from processes.pages.tasks import addressed_task, readable_task
from processes.steps.forms import day_field


class ColumnsForm(forms.Form):
    """Which columns the person wants to see."""

    columns = forms.MultipleChoiceField(
        label=gettext_lazy("Columns"),
        choices=list(COLUMNS.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("The person concerned and the step are always shown."),
    )


class FilterForm(forms.Form):
    """A name for a list, and who sees it."""

    name = forms.CharField(label=gettext_lazy("Name of the filter"), max_length=60)
    shared = forms.ChoiceField(label=gettext_lazy("Who sees it"), required=False)
    start = forms.BooleanField(label=gettext_lazy("Begin with it"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shared"].choices = _audiences(user)  # type: ignore[attr-defined]


class PutOffForm(forms.Form):
    """Until when a task stays out of sight; no day brings it back."""

    until = day_field(
        gettext_lazy("Do not show before"),
        required=False,
        help_text=gettext_lazy("Without a day the task comes back at once."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest) -> HttpResponse:
    """Choose the columns of the inbox."""
    user: User = request.user  # type: ignore[assignment]
    desk = getattr(user, "desk", None)
    chosen = desk.columns if desk and desk.columns else USUAL
    form = ColumnsForm(request.POST or None, initial={"columns": list(chosen)})
    if request.method == "POST" and form.is_valid():
        choose_columns(form.cleaned_data["columns"], by=user)
        messages.success(request, _("The columns are kept."))
        return redirect("inbox")
    status = 422 if form.is_bound else 200
    return render(request, "inbox/columns.html", {"form": form}, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def filters(request: HttpRequest) -> HttpResponse:
    """Save the list that the address describes; see, open and remove what is saved."""
    user: User = request.user  # type: ignore[assignment]
    query = query_of(request.GET)
    form = FilterForm(request.POST or None, user=user)
    if form.is_valid() and _saved(form, query, user):
        messages.success(request, _("The filter is saved."))
        return redirect(f"{reverse('inbox')}?{query}")
    context = {"form": form, "saved": _counted(user), "query": query, **_start_of(user)}
    return render(request, "inbox/filters.html", context, status=422 if form.is_bound else 200)


@login_required
@require_safe
def filters_aside(request: HttpRequest) -> HttpResponse:
    """The saved filters with what each finds now, fetched beside the page."""
    user: User = request.user  # type: ignore[assignment]
    context = {"saved": _counted(user), "query": query_of(request.GET), "tabs": tabs_of(user)}
    response = render(request, "inbox/_filters.html", context)
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_POST
def filter_removed(request: HttpRequest, filter_id: int) -> HttpResponse:
    """Take an own filter away."""
    user: User = request.user  # type: ignore[assignment]
    remove_filter(get_object_or_404(filters_of(user), pk=filter_id), by=user)
    messages.success(request, _("The filter is removed."))
    return redirect("filters")


@login_required
@require_POST
def filter_first(request: HttpRequest, filter_id: int) -> HttpResponse:
    """Begin with a filter from now on, or no longer."""
    user: User = request.user  # type: ignore[assignment]
    saved = get_object_or_404(filters_of(user), pk=filter_id)
    begin_with(None if _start_of(user)["start"] == saved.pk else saved, by=user)
    messages.success(request, _("The page with which you begin is kept."))
    return redirect("filters")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def put_off(request: HttpRequest, task_id: int) -> HttpResponse:
    """Keep a task out of the own lists until a day."""
    user: User = request.user  # type: ignore[assignment]
    if request.method != "POST":
        task = readable_task(request, task_id)
        return render(request, "inbox/put_off.html", {"form": PutOffForm(), "task": task})
    task = addressed_task(request, task_id)
    form = PutOffForm(request.POST)
    try:
        if form.is_valid():
            snooze(task, by=user, until=form.cleaned_data["until"])
            messages.success(request, _("It is kept when the task is shown to you again."))
            return redirect("inbox")
    except ValidationError as error:
        add_errors(form, error)
    return render(request, "inbox/put_off.html", {"form": form, "task": task}, status=422)


def query_of(asked: QueryDict) -> str:
    """The list that an address describes, as it is kept: what is known, in one order."""
    return urlencode({"tab": tab_of(asked), **Wish.of(asked).said})


def _audiences(user: User) -> list[tuple[str, Any]]:
    """Whom a filter can be shared with: nobody, the holders of an own role, an own unit."""
    held = holdings_of(user)
    units = Unit.objects.in_bulk({unit for _role, unit in held})
    roles = [(f"role:{name}", _("With: %(who)s") % {"who": Role(name).label})
             for name in Role if name in {role for role, _unit in held}]  # fmt: skip
    named = [(f"unit:{pk}", _("With: %(who)s") % {"who": unit}) for pk, unit in units.items()]
    return [("", _("Only me")), *roles, *named]


def _saved(form: FilterForm, query: str, user: User) -> bool:
    data = form.cleaned_data
    kind, _sep, value = data["shared"].partition(":")
    try:
        saved = save_filter(
            by=user,
            name=data["name"],
            query=query,
            role=value if kind == "role" else "",
            unit=Unit.objects.get(pk=value) if kind == "unit" else None,
        )
    except ValidationError as error:
        add_errors(form, error)
        return False
    if data["start"]:
        begin_with(saved, by=user)
    return True


def _start_of(user: User) -> dict[str, Any]:
    desk = getattr(user, "desk", None)
    return {"start": desk.start_id if desk else None}


def _counted(user: User) -> list[dict[str, Any]]:
    """The saved filters, each with what this person would find in it now."""
    saved = list(filters_of(user))
    counts = found_by([one.query for one in saved], user)
    return [_told(one, count, user) for one, count in zip(saved, counts, strict=True)]


def _told(saved: SavedFilter, count: int, user: User) -> dict[str, Any]:
    asked = dict(parse_qsl(saved.query))
    return {
        "saved": saved,
        "badge": capped(count),
        "query": urlencode(asked),
        "own": saved.owner_id == user.pk,
        "shared": bool(saved.role or saved.unit_id),
    }
