"""Pages on which a task changes hands: handed over, given to another to prepare, and got back."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from permissions.models import User
from processes.cases.drafts import Place
from processes.cases.models import CaseTask
from processes.pages.blame import add_errors
from processes.pages.drafting import Drafts, address_of, keeps_typing, typed_in
from processes.pages.sheet import Sheet
from processes.pages.tasks import readable_task, turn_away
from processes.steps import handing, holding
from processes.steps.actions import refusal_of
from processes.steps.forms import text_field


class HandingForm(forms.Form):
    """To whom a task goes, and why."""

    to = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("To whom"))
    reason = text_field(gettext_lazy("Reason (kept in the trail)"), rows=3, max_length=500)

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: forms.ModelChoiceField[User] = self.fields["to"]  # type: ignore[assignment]
        field.queryset = User.objects.filter(pk__in=[one.pk for one in people])
        field.label_from_instance = _with_title  # type: ignore[method-assign, assignment]


def _with_title(person: User) -> str:
    return f"{person}, {person.title}" if person.title else str(person)


@dataclass(frozen=True)
class Way:
    """A way in which a task goes to another person."""

    title: Any
    told: Any
    done: Any
    why_not: Callable[[User, CaseTask], str]
    people: Callable[..., list[User]]
    do: Callable[..., None]


WAYS = {
    "hand-over": Way(
        gettext_lazy("Hand over"),
        gettext_lazy(
            "The task becomes the other person's, for good. They are told in their inbox."
        ),
        gettext_lazy("“%(step)s” is now with %(person)s."),
        holding.why_not_hand_over,
        holding.receivers,
        handing.hand_over,
    ),
    "entrust": Way(
        gettext_lazy("Let another prepare it"),
        gettext_lazy(
            "The other person fills in the form and hands it in. The task then comes back to you, "
            "and you conclude it; until then you can get it back at any time."
        ),
        gettext_lazy("%(person)s prepares “%(step)s” for you."),
        holding.why_not_entrust,
        holding.preparers,
        handing.entrust,
    ),
}


@keeps_typing
@require_http_methods(["GET", "HEAD", "POST"])
def hand_task(request: HttpRequest, task_id: int, way: str) -> HttpResponse:
    """Hand a task over, or give it to another to prepare. Raises Refused with the reason."""
    user: User = request.user  # type: ignore[assignment]
    chosen = WAYS.get(way)
    if chosen is None:
        raise Http404
    task = readable_task(request, task_id)
    if reason := chosen.why_not(user, task):
        if request.method == "POST":
            turn_away(task, user, reason)
        raise refusal_of(task, user, reason)
    make = partial(HandingForm, people=chosen.people(task, by=user))
    title = f"{task.process.code}: {chosen.title}, {task.flow_task.task_title}"
    drafts = Drafts(request, Place(address_of(request), title=title, case=task.process))
    if drafts.asked:
        return drafts.keep(make)
    form = drafts.bind(make(request.POST)) if request.method == "POST" else drafts.fill(make)
    with drafts.survives():
        if form.is_valid() and _done(chosen, task, user, form):  # type: ignore[arg-type]
            drafts.forget()
            step, person = task.flow_task.task_title, form.cleaned_data["to"]
            messages.success(request, chosen.done % {"step": step, "person": person})
            return redirect("case", task.process_id)
    context = {"form": form, "way": chosen, "task": task, "case": task.process}
    context["sheet"] = Sheet(task.process, user)
    return render(request, "steps/hand.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def hand_in_task(request: HttpRequest, task_id: int) -> HttpResponse:
    """Hand in what was prepared, with what stands in the form now."""
    task = readable_task(request, task_id)
    data = typed_in(request.POST)
    note = request.POST.get("hand_in_note", "")[:500]
    handing.hand_in(task.pk, by=request.user, note=note, data=data or None)  # type: ignore[arg-type]
    messages.success(request, _("What you prepared is handed in."))
    return redirect("inbox")


@login_required
@require_POST
def get_back_task(request: HttpRequest, task_id: int) -> HttpResponse:
    """Get a task back from whoever prepares it."""
    task = readable_task(request, task_id)
    reason = request.POST.get("reason", "")[:500]
    handing.get_back(task.pk, by=request.user, reason=reason)  # type: ignore[arg-type]
    messages.success(request, _("The task is yours again."))
    return redirect("task", task.process_id, task.pk)


def _done(way: Way, task: CaseTask, user: User, form: HandingForm) -> bool:
    try:
        way.do(task.pk, by=user, **form.cleaned_data)
    except ValidationError as error:
        add_errors(form, error)
        return False
    return True
