"""The search: a page for everybody, and what is found while a person types."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from permissions.models import User
from processes.pages.actions import Action, actions_for, fitting
from processes.pages.labels import ENDS
from processes.search.finding import LONGEST, Group, find
from processes.search.models import Kind

#: So many of each kind while a person types, and on the page.
WHILE_TYPING, ON_PAGE = 5, 20
ICONS = {
    Kind.CASE: "folder", Kind.CADRE: "user", Kind.DOCUMENT: "file-text", Kind.POSITION: "armchair",
    Kind.UNIT: "building", Kind.ACCOUNT: "id",
}  # fmt: skip


@dataclass(frozen=True)
class Hit:
    """A line of what was found."""

    title: str
    note: str
    url: str


@dataclass(frozen=True)
class Section:
    """What was found of one kind."""

    name: str
    title: Any
    icon: str
    hits: list[Hit]
    more: bool = False


@login_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what was found; htmx asks for the short list under the field, with things to do."""
    user: User = request.user  # type: ignore[assignment]
    text = request.GET.get("q", "")[:LONGEST]
    typing = bool(request.htmx) and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    found = find(user, text, each=WHILE_TYPING if typing else ON_PAGE)
    doable = fitting(actions_for(user), text)
    if typing and found.groups:
        doable = doable[:WHILE_TYPING]
    sections = [*_doable(doable), *map(_section, found.groups)]
    number = sum(len(section.hits) for section in sections)
    context = {"text": text, "found": found, "sections": sections, "number": number}
    context["asked"] = len(text.strip()) > 1
    template = "search/_found.html" if typing else "search/page.html"
    response = render(request, template, context)
    response["Vary"] = "HX-Request"
    response["Cache-Control"] = "no-store"
    return response


def _doable(actions: list[Action]) -> list[Section]:
    hits = [Hit(action.label, action.note, action.url) for action in actions]
    return [Section("actions", _("Go to"), "bolt", hits)] if hits else []


def _section(group: Group) -> Section:
    hits = [LINES[group.kind](one) for one in group.found]
    return Section(group.kind.value, group.kind.label, ICONS[group.kind], hits, group.more)


def _case(case: Any) -> Hit:
    state = ENDS.get(case.outcome, case.outcome) if case.finished else _("under way")
    notes = (case.candidate, case.flow_class.process_title, state)
    note = " · ".join(str(one) for one in notes if one)
    return Hit(f"{case.code} {case.title}", note, reverse("case", args=[case.pk]))


def _document(document: Any) -> Hit:
    title = f"{document.title} {document.number}".strip()
    note = f"{document.case.code} {document.case.title}"
    return Hit(title, note, f"{reverse('case', args=[document.case_id])}#dossier")


def _cadre(cadre: Any) -> Hit:
    note = f"{cadre.unit} · {cadre.born_on:%d/%m/%Y}"
    return Hit(str(cadre), note, reverse("person", args=[cadre.pk]))


def _position(position: Any) -> Hit:
    url = f"{reverse('unit', args=[position.unit_id])}#positions"
    return Hit(position.title, str(position.unit), url)


def _unit(unit: Any) -> Hit:
    note = str(unit.level)
    if unit.valid_to:
        note = _("%(level)s, until %(day)s") % {"level": note, "day": f"{unit.valid_to:%d/%m/%Y}"}
    return Hit(unit.name, note, reverse("unit", args=[unit.pk]))


def _account(account: Any) -> Hit:
    note = f"{account.username} · {account.title}" if account.title else account.username
    url = reverse("admin:permissions_user_change", args=[account.pk])
    return Hit(str(account), note, url)


LINES = {
    Kind.CASE: _case, Kind.DOCUMENT: _document, Kind.CADRE: _cadre, Kind.POSITION: _position,
    Kind.UNIT: _unit, Kind.ACCOUNT: _account,
}  # fmt: skip
