"""The page of a step: what the decision needs, its form, and the draft of it."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import Any, NoReturn

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from permissions.catalogue import TELLER, VOTE_ACTS
from permissions.checks import stand_ins_of
from permissions.compiled import Compiled, padded
from permissions.errors import Unfit
from permissions.models import User
from processes.cases.drafts import place_of
from processes.cases.models import Case, CaseTask, Draft
from processes.cases.queries import reading_units
from processes.conferences import queries
from processes.conferences.models import Conference
from processes.conferences.sentences import FIELDS
from processes.conferences.tally import Difference
from processes.pages.blame import FORMLESS, LACKS, add_errors, lack_said, said_by
from processes.pages.draft_news import said_in
from processes.pages.drafting import Drafts, keeps_typing, typed_in
from processes.pages.holders import holders_of
from processes.pages.labels import PARTS
from processes.pages.reading import note_reading
from processes.pages.refusals import guard
from processes.pages.sheet import Sheet, cases_for
from processes.pages.sheet_parts import Offer
from processes.pages.sittings import beside
from processes.steps.actions import (
    give_back,
    guard_free,
    perform,
    refusal_of,
    take,
    told,
)
from processes.steps.conference_forms import FORMS
from processes.steps.forms import TaskForm
from processes.steps.holding import TASK_ACTIONS, why_not_hand_in, why_not_work
from processes.steps.own import OwnStep
from processes.steps.standing_in import principal_of
from processes.steps.vote import ConferenceStep

#: Forms that stand beside the one of the next part, by the part that they send.
ASIDE = {"motion": "motion_form", "void": "void_form"}
#: What is done with a task by its own button.
ONWARD = frozenset({"take", "hand_in"})
#: Parts in which a body may still decide without a ballot.
EARLY = frozenset({"call", "attendance", "open"})


@keeps_typing
@require_http_methods(["GET", "HEAD", "POST"])
def task_page(request: HttpRequest, case_id: int, task_id: int) -> HttpResponse:
    """Show a step and carry it out. Raises Refused, Conflict and Closed from the step."""
    user: User = request.user  # type: ignore[assignment]
    if request.method == "POST":
        act = _keep if "keep_draft" in request.POST else _carry_out
        return act(request, user, addressed_task(request, task_id, case_id))
    task = readable_task(request, task_id, case_id)
    if not task.flow_task.is_own(user, task):
        note_reading(task.process, by=user)
    return _shown(request, user, task)


@login_required
@require_POST
def take_task(request: HttpRequest, task_id: int) -> HttpResponse:
    """Take a task and go to its page."""
    task = addressed_task(request, task_id)
    take(task.pk, by=request.user)  # type: ignore[arg-type]
    return redirect("task", task.process_id, task.pk)


@login_required
@require_POST
def give_back_task(request: HttpRequest, task_id: int) -> HttpResponse:
    """Put a task back into the queue; whoever must keep out of the case may do so too."""
    task = visible_task(request.user, task_id)  # type: ignore[arg-type]
    reason = request.POST.get("reason", "")[:500]
    give_back(task.pk, by=request.user, reason=reason)  # type: ignore[arg-type]
    messages.success(request, _("The task is back in the queue."))
    return redirect("inbox")


def readable_task(request: HttpRequest, task_id: int, case_id: int | None = None) -> CaseTask:
    """A human task, for a page that shows what is in its case. Raises Http404 and Refused."""
    task = visible_task(request.user, task_id, case_id)  # type: ignore[arg-type]
    guard(request, task.process, task)
    return task


def addressed_task(request: HttpRequest, task_id: int, case_id: int | None = None) -> CaseTask:
    """A human task that a form was sent to: what `readable_task` checks, in one statement.

    What the page would show besides is not read with it. Raises Http404 and Refused.
    """
    user: User = request.user  # type: ignore[assignment]
    units = [padded(found) for found in reading_units(user)]
    sizes = tuple(len(found) for found in units)
    places = dict(zip(_places(sizes), chain(*units), strict=True))
    found = _addressed(sizes)(task=task_id, person=user.pk, **places)
    task = next(iter(found), None)
    if task is None and stand_ins_of(user):
        task = visible_task(user, task_id, case_id)
    if task is None or case_id not in (None, task.process_id):
        raise Http404
    guard(request, task.process, task)
    return task


def _places(sizes: tuple[int, ...]) -> list[str]:
    """Names of the arguments that stand for units, list by list."""
    return [f"unit_{kind}_{place}" for kind, size in enumerate(sizes) for place in range(size)]


@lru_cache(maxsize=64)
def _addressed(sizes: tuple[int, ...]) -> Compiled[CaseTask]:
    """The task, where a person who reads at so many units may know of its case."""

    def build(task: int, person: int, **units: int) -> QuerySet[CaseTask]:
        numbers = iter(units.values())
        known = Case.objects.known_in(person, *([*islice(numbers, size)] for size in sizes))
        tasks = CaseTask.objects.select_related("process", "unit", "owner").exclude(act="")
        return tasks.filter(Exists(known.filter(pk=OuterRef("process"))), pk=task)

    return Compiled(build, task=int, person=int, **dict.fromkeys(_places(sizes), int))


def visible_task(user: User, task_id: int, case_id: int | None = None) -> CaseTask:
    """A human task of a case that the person may know of; Http404 otherwise."""
    tasks = CaseTask.objects.select_related("unit", "owner").exclude(act="")
    if case_id is not None:
        tasks = tasks.filter(process=case_id)
    task = get_object_or_404(tasks, pk=task_id)
    task.process = get_object_or_404(cases_for(user), pk=task.process_id)
    return task


def _keep(request: HttpRequest, user: User, task: CaseTask) -> HttpResponse:
    """Keep what the person has typed so far; the form sends it from time to time."""
    reason = why_not_work(user, task)
    if reason or task.owner_id != user.pk:
        return HttpResponse(reason or _("Take this task first."), status=409)
    part = request.POST.get("part", "")
    return _drafts(request, task, part).keep(lambda: _form(task, user, part))


def _carry_out(request: HttpRequest, user: User, task: CaseTask) -> HttpResponse:
    part = request.POST.get("part", "")
    drafts = _drafts(request, task, part)
    with drafts.survives():
        _let_through(task, user)
        try:
            form = drafts.bind(_form(task, user, part, data=request.POST, files=request.FILES))
        except FORMLESS as lack:
            drafts.rescue()
            return _shown(request, user, readable_task(request, task.pk), lacks=said_by(lack))
        if "more" in request.POST and isinstance(form, TaskForm) and form.grows_by:
            said = typed_in(request.POST) | form.grown()
            roomier = drafts.bind(_form(task, user, part, initial=said))
            return _shown(request, user, readable_task(request, task.pk), form=roomier)
        try:
            if form.is_valid():
                perform(task.pk, by=user, data=form.cleaned_data)
                if isinstance(task.flow_task, ConferenceStep):  # a step that ends forgets its own
                    drafts.forget()
                done = PARTS.get(getattr(form, "name", ""), task.flow_task.task_title)
                messages.success(request, _("“%(step)s” is recorded.") % {"step": done})
                return _onwards(task)
        except (ValidationError, Unfit) as error:
            add_errors(form, error)
        except LACKS as lack:
            form.add_error(None, lack_said(lack))
    return _shown(request, user, readable_task(request, task.pk), form=form)


def _drafts(request: HttpRequest, task: CaseTask, part: str = "") -> Drafts:
    """The draft of a form of this task: of the part, where a conference has several."""
    part = part if isinstance(task.flow_task, ConferenceStep) and part in FORMS else ""
    return Drafts(request, place_of(task, part, str(PARTS.get(part, ""))))


def _let_through(task: CaseTask, user: User) -> None:
    """Let nobody pass who may not carry the step out. Raises Refused, Conflict and Closed."""
    if reason := task.flow_task.why_not(user, task):
        if not task.finished:
            guard_free(task, user)
        turn_away(task, user, reason)


def turn_away(task: CaseTask, user: User, reason: str) -> NoReturn:
    """Refuse with an entry in the trail; what is over already is a conflict, or a closed vote."""
    if task.finished or task.process.finished:
        task.flow_task.too_late(task, reason)
    with told(task.pk, user):
        raise refusal_of(task, user, reason)


def _onwards(task: CaseTask) -> HttpResponse:
    """A conference goes on with its next part; anything else is over and goes back to the case."""
    if isinstance(task.flow_task, ConferenceStep):
        task.refresh_from_db(fields=["finished"])
        if not task.finished:
            return redirect("task", task.process_id, task.pk)
    if isinstance(task.flow_task, OwnStep):
        return redirect("inbox")
    return redirect("case", task.process_id)


def _shown(
    request: HttpRequest,
    user: User,
    task: CaseTask,
    form: forms.Form | None = None,
    lacks: Sequence[str] = (),
) -> HttpResponse:
    node, sheet = task.flow_task, Sheet(task.process, user)
    reason = task.flow_task.why_not(user, task)
    context: dict[str, Any] = {
        "task": task,
        "step": node,
        "case": task.process,
        "sheet": sheet,
        "sittings": beside(node, sheet),
        "decides": node.act in VOTE_ACTS,
        "why_not": reason,
        "who": _who(task, user, reason),
        "may_take": not reason and task.owner_id != user.pk,
        "principal": principal_of(user, task),
        "preparing": not why_not_hand_in(user, task),
        "held": holders_of([task]),
        "hands": _hands(user, task),
        "form": None,
        "not_set_up": lacks,
    }
    if isinstance(node, ConferenceStep):
        context |= _conference(request, task, user, sheet, reason)
    if task.owner_id == user.pk and not why_not_work(user, task):
        context |= _prepared(request, task, user)
    if context["form"] is None and (lacks or request.method != "POST"):
        context["unsent"] = _unsent(request, task, user)
    if form is not None:
        context[ASIDE.get(getattr(form, "name", ""), "form")] = form
    status = 422 if lacks or (form is not None and form.is_bound) else 200
    return render(request, node.template_name, context, status=status)


def _who(task: CaseTask, user: User, reason: str) -> str:
    """Who can carry the step out, where this person may not."""
    offers = Sheet(task.process, user).open_tasks if reason else []
    return next((one.who for one in offers if one.what.pk == task.pk), "")


def _hands(user: User, task: CaseTask) -> list[Offer]:
    """How a task that somebody has goes on to another, and why not by this person."""
    if task.finished or task.owner_id is None:
        return []
    said = [(one, one.why_not(user, task)) for one in TASK_ACTIONS if one.offered(task)]
    found = [Offer(one, why, why and _another(one.whose(task), user)) for one, why in said]
    return [one for one in found if one.why_not or one.what.name not in ONWARD]


def _another(person: User | None, user: User) -> str:
    """Who can instead of this person; nobody is sent to themselves."""
    return "" if person is None or person == user else str(person)


def _form(task: CaseTask, user: User, part: str = "", **kwargs: Any) -> forms.Form:
    """The form of a part that was named, or the one that comes next."""
    if isinstance(task.flow_task, ConferenceStep) and part in FORMS:
        ids = {"auto_id": f"{part}_%s"} if part in ASIDE else {}
        return task.flow_task.form_of(part)(task=task, user=user, **ids, **kwargs)
    return task.flow_task.form_class(task=task, user=user, **kwargs)


def _prepared(request: HttpRequest, task: CaseTask, user: User) -> dict[str, Any]:
    """The form that comes next with the draft in it; or what the data lack for it."""
    try:
        fresh = _form(task, user)
        drafts = _drafts(request, task, getattr(fresh, "name", ""))
        return {"form": drafts.fill(lambda **held: _form(task, user, **held), fresh)}
    except FORMLESS as lack:
        return {"form": None, "not_set_up": said_by(lack)}


def _unsent(request: HttpRequest, task: CaseTask, user: User) -> list[tuple[str, str]]:
    """What the person had typed before somebody else concluded or took the step."""
    _drafts(request, task).take_in()
    found = Draft.objects.filter(task=task, by=user).order_by("pk")
    return [
        pair
        for draft in found
        for pair in said_in(_known(task, user, draft), draft.data, _fields(task, draft))
    ]


def _known(task: CaseTask, user: User, draft: Draft) -> forms.Form | None:
    """The form that a draft was typed into, for the names of its fields; None if it is gone."""
    try:
        return _form(task, user, draft.part)
    except FORMLESS:
        return None


def _fields(task: CaseTask, draft: Draft) -> Mapping[str, forms.Field]:
    """The fields that the form of a draft begins with, for the words of what was typed."""
    node, made = task.flow_task, None
    if not isinstance(node, ConferenceStep):
        made = node.form
    elif draft.part in FORMS:
        made = node.form_of(draft.part)
    return getattr(made, "base_fields", {})


def _conference(
    request: HttpRequest, task: CaseTask, user: User, sheet: Sheet, why_not: str
) -> dict[str, Any]:
    """What a page about a conference shows besides: its part, its people, its counts."""
    node: ConferenceStep = task.flow_task
    meeting = node.open_conference(task)
    part = "" if task.finished else node.part(task)
    conducts = task.seat != TELLER and task.owner_id == user.pk and not why_not
    shown: dict[str, Any] = {
        "meeting": meeting,
        "sitting": sheet.sitting(meeting) if meeting else None,
        "part": part,
        "button": PARTS.get(part, ""),
    }
    if meeting is not None:
        shown |= _people(meeting)
    if conducts and meeting is not None:
        shown["void_form"] = _aside(request, task, user, "void")
    if conducts and node.motions and part in EARLY:
        shown["motion_form"] = _aside(request, task, user, "motion")
    return shown


def _aside(request: HttpRequest, task: CaseTask, user: User, part: str) -> forms.Form:
    """A form beside that of the next part, with its own draft."""
    return _drafts(request, task, part).fill(lambda **held: _form(task, user, part, **held))


def _people(meeting: Conference) -> dict[str, Any]:
    """Who counts, who came, who does not vote; and in which lines the counts differ.

    No number of a count is among it: those are shown only to who may see the result.
    """
    names = queries.slip_lines(meeting)
    found = queries.differences(meeting)
    came = queries.attendance(meeting)
    return {
        "tellers": [teller.cadre for teller in meeting.tellers.select_related("cadre")],
        "came": came,
        "attended": meeting.state != meeting.State.CALLED,
        "of_base": queries.said_of_base(meeting, came),
        "barred": meeting.summonses.exclude(barred="").select_related("cadre"),
        "entered": len(queries.counts(meeting)),
        "differences": list(dict.fromkeys(_where(one, names) for one in found)),
    }


def _where(difference: Difference, names: Mapping[int, str]) -> str:
    field = str(FIELDS[difference.field])
    person = names.get(difference.candidate)  # type: ignore[call-overload]
    return f"{field}: {person}" if person else field
