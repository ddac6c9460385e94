"""A procedure as a diagram: the file that is drawn and taken along, and one step of one case."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from permissions.catalogue import Act
from permissions.checks import holders
from permissions.models import User
from processes.cases.models import CaseTask
from processes.diagrams.xml import bpmn
from processes.flows import FLOWS
from processes.pages.entries import Told, told
from processes.pages.labels import DEADLINES
from processes.pages.refusals import readable_case
from processes.pages.sheet import Sheet, cases_for
from processes.pages.sheet_parts import Deadline
from processes.pages.stages import COMING, Stage
from processes.steps.base import Row

#: How many entries of a step its panel shows; the whole trail is one click away.
LATEST = 20


@dataclass(frozen=True)
class Held:
    """An open or past task of a step, with who may take it where nobody has."""

    task: CaseTask
    may_take: list[User]


@dataclass(frozen=True)
class StepSheet:
    """What a person may know of one step of a case."""

    row: Row
    stage: Stage
    held: list[Held]
    deadlines: list[Deadline]
    entries: list[Told]


@login_required
@require_safe
def procedure_bpmn(request: HttpRequest, procedure: str) -> HttpResponse:
    """A procedure as BPMN 2.0, in the language of the page; its table is no secret."""
    if procedure not in FLOWS:
        raise Http404
    text = drawn(procedure, get_language() or "vi")
    response = HttpResponse(text, content_type="application/xml; charset=utf-8")
    if "download" in request.GET:
        response["Content-Disposition"] = f'attachment; filename="{procedure}.bpmn"'
    return response


@cache
def drawn(procedure: str, language: str) -> str:
    """Drawn once for each language: a procedure changes with the program only."""
    return bpmn(procedure, FLOWS[procedure], DEADLINES)


@login_required
@require_safe
def case_step(request: HttpRequest, case_id: int, step: str) -> HttpResponse:
    """One step of a case: who holds it, its deadlines, its entries. Raises Refused."""
    user: User = request.user  # type: ignore[assignment]
    case = readable_case(request, case_id, cases_for(user))
    sheet = Sheet(case, user)
    found = step_of(sheet, step)
    part = "cases/_step.html" if request.headers.get("HX-Request") else "cases/step.html"
    return render(request, part, {"case": case, "sheet": sheet, "step": found})


def step_of(sheet: Sheet, name: str) -> StepSheet:
    """What is known of a step. Raises Http404 where the procedure has none of that name."""
    row = next((row for row in sheet.case.flow_class.rows() if row.name == name), None)
    if row is None:
        raise Http404
    stage = next((one for one in sheet.stages if one.row is row), Stage(row, COMING))
    tasks = [task for task in sheet.tasks if task.flow_task is row]
    numbers = {task.pk for task in tasks}
    deadlines = [one for one in sheet.deadlines if one.clock.task_id in numbers]
    return StepSheet(row, stage, _held(tasks), deadlines, _entries(sheet, name))


def _held(tasks: Iterable[CaseTask]) -> list[Held]:
    return [Held(task, _may_take(task)) for task in tasks if task.act]


def _may_take(task: CaseTask) -> list[User]:
    if task.finished or task.owner_id or not task.unit_id:
        return []
    return holders(Act(task.act), [task.unit_id])


def _entries(sheet: Sheet, name: str) -> list[Any]:
    return told(sheet.entries.filter(step=name)[:LATEST])
