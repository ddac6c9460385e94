"""The inspector's desk: the trail searched, and questions that give the same answer again."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from permissions.catalogue import Act
from permissions.errors import Refused
from permissions.models import User
from processes.cases.bars import closed_cases
from processes.cases.erasure import ErasureOrder
from processes.cases.models import Case
from processes.evidence.inquiries import ask_for_export
from processes.log.keys import NoKey
from processes.organisation.units import Unit
from processes.pages import listing
from processes.pages.desk_cells import Cells, open_to
from processes.pages.desk_forms import QuestionForm, SearchForm
from processes.pages.exports import Listing, file_of
from processes.pages.keyset import Key, page_of
from processes.pages.tables import Table
from processes.pages.trail import inspected
from processes.questions.asking import READY, SEARCH, again, ask, definition, note_search
from processes.questions.declared import AT, CASE, UNIT, WHAT, Line, TooWide, plain_line
from processes.questions.models import Question
from processes.questions.reach import entries_for
from processes.questions.wishes import narrowed

LATEST = Key("at", datetime, descending=True)
#: What the desk shows of an entry; its sentence names the person, the role and the other.
SHORT = (AT, CASE, WHAT, UNIT)
#: How many of the latest questions stand on the desk; the others are one click away.
RECENT = 5


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Search the trail, and find questions; each search is an entry, once a day. Raises Refused."""
    user: User = request.user  # type: ignore[assignment]
    provinces = inspected(user)
    form = SearchForm(request.GET, provinces=provinces)
    wish = form.wish()
    note_search(wish, by=user, provinces=provinces)
    page = page_of(
        lambda: narrowed(entries_for(user, provinces), wish).select_related("case"), request, LATEST
    )
    lines = [plain_line(entry) for entry in page.rows]
    context = {
        "filter": form, "page": page, "table": _table(lines, SHORT, _("Entries")),
        "ready": READY.values(), "questions": _called(questions_for(user, provinces)[:RECENT]),
        "asked_for": bool(wish), "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "desk/page.html", context)


@login_required
@require_POST
def desk_ask(request: HttpRequest) -> HttpResponse:
    """Keep a search as a question that gives the same answer again. Raises Refused."""
    user: User = request.user  # type: ignore[assignment]
    provinces = inspected(user)
    form = SearchForm(request.POST, provinces=provinces)
    try:
        asked = ask(SEARCH, form.wish(), by=user, provinces=provinces, title=form.title())
    except (TooWide, NoKey) as error:
        messages.error(request, str(error))
        return redirect("desk")
    return redirect("asked_question", asked.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ready_question(request: HttpRequest, name: str) -> HttpResponse:
    """What a ready-made question asks, and asking it. Raises Refused and Http404."""
    user: User = request.user  # type: ignore[assignment]
    provinces = inspected(user)
    if name not in READY:
        raise Http404
    question, data = READY[name], request.POST if request.method == "POST" else None
    cases = Case.objects.filter(province__in=provinces).exclude(pk__in=closed_cases(user))
    named = {"case": request.GET["case"]} if "case" in request.GET else {}
    form = QuestionForm(data, question=question, cases=cases, initial=named)
    if form.is_bound and form.is_valid():
        try:
            asked = ask(name, form.values(), by=user, provinces=provinces)
            return redirect("asked_question", asked.pk)
        except (TooWide, NoKey) as error:
            form.add_error(None, str(error))
    former = _called(questions_for(user, provinces).filter(name=name)[:RECENT])
    context = {"question": question, "form": form, "questions": former}
    return render(request, "desk/question.html", context, status=422 if form.is_bound else 200)


@login_required
@require_safe
def asked_questions(request: HttpRequest) -> HttpResponse:
    """Every question that was asked about the inspector's provinces. Raises Refused."""
    user: User = request.user  # type: ignore[assignment]
    page = listing.page_of(questions_for(user, inspected(user)), request)
    return render(request, "desk/questions.html", {"page": page, "questions": _called(page.rows)})


@login_required
@require_safe
def asked_question(request: HttpRequest, question_id: int) -> HttpResponse:
    """Ask a question again: the same answer, shown to be the same. Raises Refused and Http404."""
    asked, answer, lines, user = _asked(request, question_id)
    page = listing.page_of(lines, request)  # type: ignore[arg-type]
    question = definition(asked.name)
    _called([asked])
    context = {
        "asked": asked, "question": question, "page": page, "answer": answer,
        "same": answer.digest == asked.digest, "erased": _erased_since(asked),
        "left_out": len(answer.lines) - len(lines),
        "table": _table(page.rows, question.columns, _("The answer")),
        "values": _values(asked, user),
    }  # fmt: skip
    response = render(request, "desk/answer.html", context)
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_safe
def asked_question_file(request: HttpRequest, question_id: int, kind: str) -> FileResponse:
    """The answer as a list, with the checkpoint in it. Raises Refused and Http404."""
    asked, answer, lines, user = _asked(request, question_id)
    columns, cells = definition(asked.name).columns, Cells(lines, definition(asked.name).columns)
    places = (" ".join(str(e.leaf.number) for e in one.entries) for one in lines)
    rows = ([*cells.of(one), place] for one, place in zip(lines, places, strict=True))
    last = asked.checkpoint
    made = Listing(
        f"question-{asked.pk}", title_of(asked),
        [*(str(column.title) for column in columns), _("Places in the log")], rows,
        model="processes.question",
        facts={"question": asked.pk, "number": last.number},
        notes=[
            (_("Question"), f"{asked.pk}: {title_of(asked)}"),
            (_("Checkpoint"), str(last.number)), (_("Entries in it"), str(last.size)),
            (_("Root"), last.root), (_("Digest of the answer"), answer.digest),
            (_("Same as when it was asked"),
             _("yes") if answer.digest == asked.digest else _("NO")),
            (_("Signed checkpoint"), last.note),
        ],
    )  # fmt: skip
    return file_of(made, kind, by=user)


@login_required
@require_POST
def asked_question_export(request: HttpRequest, question_id: int) -> HttpResponse:
    """Ask for the answer with proofs, which is made with progress. Raises Refused and Http404."""
    user: User = request.user  # type: ignore[assignment]
    asked = _own(user, question_id)
    made = ask_for_export(
        asked.pk, by=user, unit=Unit.objects.get(pk=min(asked.scope["provinces"])),
        with_hidden="with_hidden" in request.POST, checkpoint=asked.checkpoint_id,
    )  # fmt: skip
    return redirect("inquiry", made.pk)


def questions_for(user: User, provinces: set[int]) -> QuerySet[Question]:
    """Questions that the inspector may ask again: their own, and others' of the same provinces."""
    rows = Question.objects.select_related("by", "checkpoint").order_by("-pk")
    return rows.filter(scope__provinces=sorted(provinces)) | rows.filter(by=user)


def title_of(asked: Question) -> str:
    """What a question is called in the language of the page."""
    if asked.name == SEARCH:
        return asked.title or _("Every entry")
    return str(READY[asked.name].title)


def _called(questions: Iterable[Question]) -> list[Question]:
    """The questions with their titles."""
    found = list(questions)
    for one in found:
        one.called = title_of(one)  # type: ignore[attr-defined]
    return found


def _own(user: User, question_id: int) -> Question:
    """A question within the provinces that the person inspects. Raises Refused and Http404."""
    provinces = inspected(user)
    rows = Question.objects.select_related("by", "checkpoint")
    asked = get_object_or_404(rows, pk=question_id)
    if not set(asked.scope["provinces"]) <= provinces:
        raise Http404
    return asked


def _asked(request: HttpRequest, question_id: int) -> tuple[Question, Any, list[Line], User]:
    """The question, its answer, and the lines of it that this person may read."""
    user: User = request.user  # type: ignore[assignment]
    asked = _own(user, question_id)
    if asked.values.get("case") in closed_cases(user):
        raise Refused(_("This question is about a case that is closed to you."))
    try:
        answer = again(asked, by=user)
    except TooWide as error:
        raise Refused(str(error)) from error
    return asked, answer, open_to(user, answer.lines), user


def _erased_since(asked: Question) -> int:
    """How many orders have taken something out of the cases of a question since it was asked."""
    done = ErasureOrder.objects.filter(carried_out_at__gt=asked.asked_at)
    return done.filter(province__in=asked.scope["provinces"]).count()


def _table(lines: Sequence[Line], columns: Sequence[Any], title: str) -> Table:
    cells = Cells(lines, columns)
    titles = [str(column.title) for column in columns]
    return Table("found", title, titles, [cells.of(one) for one in lines], _("Nothing was found."))


def _values(asked: Question, user: User) -> list[tuple[Any, Any]]:
    """The parameters of a ready-made question in words."""
    said = []
    for one in definition(asked.name).parameters:
        value = asked.values.get(one.key)
        if one.kind == "case":
            value = Case.objects.filter(pk=value).values_list("code", flat=True).first()
        elif one.kind == "day" and value:
            value = "/".join(reversed(value.split("-")))
        elif one.kind == "acts":
            value = ", ".join(str(Act(act).label) for act in value or ())
        said.append((one.label, "–" if value in (None, "") else value))
    return said
