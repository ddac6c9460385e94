"""The list of cases of every procedure, and the same list as a file."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_safe

from permissions.models import User
from processes.cases.bars import closed_cases
from processes.cases.models import Case, CaseTask
from processes.flows import FLOWS
from processes.pages.exports import Listing, file_of
from processes.pages.labels import ENDS
from processes.pages.listing import page_of
from processes.pages.sheet import cases_for, open_steps, who
from processes.pages.tables import Cell, joined
from processes.search.narrowing import cases_having

PORTION = 200


class CaseFilter(forms.Form):
    """What the person looks for among the cases."""

    q = forms.CharField(label=gettext_lazy("Search"), required=False, max_length=100)
    procedure = forms.ChoiceField(label=gettext_lazy("Procedure"), required=False)
    end = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[
            ("", gettext_lazy("All")),
            ("open", gettext_lazy("under way")),
            *ENDS.items(),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs["placeholder"] = _("Case number, person or subject")
        self.fields["procedure"].choices = procedures()  # type: ignore[attr-defined]

    def narrow(self, cases: QuerySet[Case], user: User, closed: frozenset[int]) -> QuerySet[Case]:
        """Keep what the person looks for; no search finds a case that is closed to them.

        What it was found by would tell what is in it; which procedure it is, is on its cover.
        """
        self.is_valid()
        wish = self.cleaned_data
        text, end = wish.get("q", ""), wish.get("end", "")
        cases = cases.filter(cases_having(user, text))
        if wish.get("procedure"):
            cases = cases.filter(flow_class=FLOWS[wish["procedure"]])
        if end:
            cases = cases.filter(outcome="" if end == "open" else end)
        return cases.exclude(pk__in=closed) if text or end else cases


def procedures() -> list[tuple[str, Any]]:
    """Every procedure as a choice of a filter."""
    return [("", _("All")), *((name, flow.process_title) for name, flow in FLOWS.items())]


@login_required
@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    """List the cases that the person may know of, the newest first.

    One that is closed to the person shows only what stands on its cover.
    """
    user: User = request.user  # type: ignore[assignment]
    wish, closed = CaseFilter(request.GET), closed_cases(user)
    page = page_of(_found(wish, user, closed), request)
    for case in page.rows:
        case.who, case.end = who(case), ENDS.get(case.outcome, case.outcome)
    context = {"page": page, "filter": wish, "closed": closed}
    return render(request, "cases/list.html", context)


@login_required
@require_GET
def cases_file(request: HttpRequest, kind: str) -> FileResponse:
    """The cases of the list as a file."""
    user: User = request.user  # type: ignore[assignment]
    closed = closed_cases(user)
    listing = Listing(
        "cases",
        _("Cases"),
        (
            _("Case"), _("Procedure"), _("Person concerned"), _("Subject"), _("Unit"),
            _("Confidentiality"), _("Opened"), _("Where it stands"), _("Ended on"), _("End"),
        ),
        _rows(_found(CaseFilter(request.GET), user, closed), closed),
        Case._meta.label_lower,
    )  # fmt: skip
    return file_of(listing, kind, by=user)


def _found(wish: CaseFilter, user: User, closed: frozenset[int]) -> QuerySet[Case]:
    standing = CaseTask.objects.filter(open_steps()).select_related("unit").order_by("pk")
    found = wish.narrow(cases_for(user), user, closed)
    return found.prefetch_related(Prefetch("task_set", standing, to_attr="standing")).order_by(
        "-pk"
    )


def _rows(cases: QuerySet[Case], closed: frozenset[int]) -> Iterator[list[Cell]]:
    """One row for each case; of a closed one only what stands on its cover."""
    for case in cases.iterator(chunk_size=PORTION):
        cover: list[Cell] = [case.code, str(case.flow_class.process_title)]
        if case.pk in closed:
            yield [*cover, _("closed to you"), case.title, str(case.unit), *[None] * 5]
            continue
        open_tasks: list[CaseTask] = case.standing
        ended = timezone.localtime(case.finished).date() if case.finished else None
        yield [
            *cover, who(case), case.title, str(case.unit), case.get_secrecy_display(),
            case.opened_on, joined(_standing(task) for task in open_tasks), ended,
            str(ENDS.get(case.outcome, case.outcome)),
        ]  # fmt: skip


def _standing(task: CaseTask) -> str:
    return f"{task.flow_task.code} {task.flow_task.task_title}, {task.unit}"
