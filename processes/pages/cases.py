"""The page of one case, its trail, and what may be done to a whole case."""

from functools import partial
from typing import NoReturn

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from permissions.errors import Conflict, Refused
from permissions.models import User
from processes.cases.drafts import Place
from processes.cases.models import Case, CaseTask
from processes.flows import procedure_name
from processes.pages.blame import LACKS, add_errors, lack_said
from processes.pages.drafting import Drafts, address_of, keeps_typing
from processes.pages.entries import told
from processes.pages.listing import page_of
from processes.pages.onward import onward
from processes.pages.reading import note_reading
from processes.pages.refusals import readable_case, why_closed
from processes.pages.sheet import Sheet, cases_for
from processes.steps.actions import refuse
from processes.steps.befall import CASE_ACTIONS, CaseAction
from processes.steps.holding import may_let_go

#: How much of the trail stands on the page of the case; the rest is one click away.
LATEST = 20


@login_required
@require_safe
def case_page(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show a case: what it is, where it stands, what can be done, and all it rests on.

    To whom it is about, and to their relatives: only that it exists, and why it is closed.
    """
    user: User = request.user  # type: ignore[assignment]
    case = get_object_or_404(cases_for(user), pk=case_id)
    if reason := why_closed(user, case):
        return _closed_page(request, case, reason)
    note_reading(case, by=user)
    sheet = Sheet(case, user)
    context = {"sheet": sheet, "case": case, "entries": told(sheet.entries[:LATEST])}
    context["onward"] = onward(user, case)
    context["procedure"] = procedure_name(case.flow_class)
    return render(request, "cases/page.html", context)


def _closed_page(request: HttpRequest, case: Case, reason: str) -> HttpResponse:
    """The cover of a case, the step that is the person's own, and tasks to be given back."""
    user: User = request.user  # type: ignore[assignment]
    mine = list(CaseTask.objects.mine(user).filter(process=case, seat=""))
    own = [task for task in mine if task.flow_task.is_own(user, task)]
    held = [task for task in mine if task not in own and may_let_go(user, task)]
    unit_name = case.unit.name_on(case.opened_on)
    context = {"case": case, "reason": reason, "held": held, "own": own, "unit_name": unit_name}
    return render(request, "cases/closed.html", context)


@login_required
@require_safe
def case_trail(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show the whole trail of one case, the latest first. Raises Refused."""
    user: User = request.user  # type: ignore[assignment]
    case = readable_case(request, case_id, cases_for(user))
    note_reading(case, by=user)
    sheet = Sheet(case, user)
    page = page_of(sheet.entries, request)
    context = {"sheet": sheet, "case": case, "page": page, "entries": told(page.rows)}
    return render(request, "cases/trail.html", context)


@keeps_typing
@require_http_methods(["GET", "HEAD", "POST"])
def case_action(request: HttpRequest, case_id: int, name: str) -> HttpResponse:
    """Hold, withdraw, except or explain: a form about a whole case. Raises Refused."""
    user: User = request.user  # type: ignore[assignment]
    case = readable_case(request, case_id, cases_for(user))
    action = _action(name)
    title = f"{case.code}: {action.title}"
    drafts = Drafts(request, Place(address_of(request), title=title, case=case))
    make = partial(action.form_class, case=case)
    with drafts.survives():
        if reason := action.why_not(user, case):
            _turn_away(request, case, user, reason)
        if drafts.asked:
            return drafts.keep(make)
        form = drafts.bind(make(request.POST)) if request.method == "POST" else drafts.fill(make)
        if form.is_valid() and _done(action, case, user, form):
            drafts.forget()
            messages.success(request, _("“%(action)s” is recorded.") % {"action": action.title})
            return redirect("case", case.pk)
    context = {"form": form, "action": action, "case": case, "sheet": Sheet(case, user)}
    return render(request, "cases/action.html", context, status=422 if form.is_bound else 200)


def _turn_away(request: HttpRequest, case: Case, user: User, reason: str) -> NoReturn:
    """Refuse; whoever sent the form nevertheless leaves an entry in the trail."""
    if case.finished:
        raise Conflict(reason)
    sent = request.method == "POST"
    if sent:
        refuse(case, by=user, reason=reason)
    raise Refused(reason, noted=sent)


def _action(name: str) -> CaseAction:
    for action in CASE_ACTIONS:
        if action.name == name:
            return action
    raise Http404


def _done(action: CaseAction, case: Case, user: User, form: forms.Form) -> bool:
    try:
        action.perform(case.pk, by=user, data=form.cleaned_data)
    except ValidationError as error:
        add_errors(form, error)
        return False
    except LACKS as lack:
        form.add_error(None, lack_said(lack))
        return False
    return True
