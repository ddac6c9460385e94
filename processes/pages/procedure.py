"""A procedure told from its definition: who does what, when, with what, and by which article."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from permissions.catalogue import GRANTS, Act, Role
from permissions.checks import today
from processes.flows import FLOWS
from processes.pages.blame import lack_said
from processes.pages.labels import CONFERENCES, DEADLINES
from processes.pages.wanted import Wanted, wanted_before
from processes.rules import CaseRules, NoEdition, load
from processes.rules.edition import Confidence, Parameter
from processes.rules.rulebook import Family
from processes.steps.base import Row
from processes.steps.fields import DayField
from processes.steps.flow import CaseFlow
from processes.steps.labels import OUTCOMES
from processes.steps.vote import ConferenceStep

#: What is said of how sure a value is.
CONFIDENCE = {
    Confidence.VERIFIED: _("checked against the text"),
    Confidence.RECALLED: _("from memory, not confirmed"),
    Confidence.DESIGN: _("set by this site, no regulation says it"),
    Confidence.UNKNOWN: _("not found, not confirmed"),
}


@dataclass(frozen=True)
class Basis:
    """What an edition says about a step: the words of it, the article, and how sure it is."""

    what: Any
    value: str
    article: str
    edition: str
    confidence: Any
    confirmed: bool


@dataclass(frozen=True)
class StepTold:
    """A row of the procedure in words."""

    row: Row
    roles: list[Any]
    outcomes: list[tuple[Any, Row]]
    deadline: Basis | None
    conference: Basis | None
    papers: list[Wanted]


class AsOf(forms.Form):
    """The day and the kind of post whose rules are shown."""

    on = DayField(label=_("Rules in force on"), required=False)
    post = forms.ChoiceField(
        label=_("Post"),
        choices=[("", _("Party post")), ("state", _("State post"))],
        required=False,
    )


@login_required
@require_safe
def procedures_told(request: HttpRequest) -> HttpResponse:
    """List all procedures; their tables are no secret."""
    return render(request, "help/procedures.html", {"flows": FLOWS})


@login_required
@require_safe
def procedure_told(request: HttpRequest, procedure: str) -> HttpResponse:
    """Tell one procedure under the editions of a day."""
    flow_class = FLOWS.get(procedure)
    if flow_class is None:
        raise Http404
    wish = AsOf(request.GET or {"on": today(), "post": ""})
    asked = wish.cleaned_data if wish.is_valid() else {}
    on: date = asked.get("on") or today()
    context: dict[str, Any] = {"name": procedure, "flow": flow_class, "wish": wish, "on": on}
    state = asked.get("post") == "state"
    context |= {"days": changes_of(flow_class, state=state), "post": asked.get("post", "")}
    try:
        rules = load().for_case(on, state, flow_class.families)
        context |= {"rules": rules, "steps": told_by(flow_class, rules)}
    except NoEdition as lack:
        context["lacking"] = lack_said(lack)
    return render(request, "help/procedure.html", context)


def told_by(flow_class: type[CaseFlow], rules: CaseRules) -> list[StepTold]:
    """Every row in the order of the table, under these rules."""
    papers = wanted_before(rules, flow_class.dossier)
    return [
        StepTold(
            row=row,
            roles=roles_of(row.act),
            outcomes=[(OUTCOMES.get(name, name), target) for name, target in row.outcomes.items()],
            deadline=_deadline(row, rules),
            conference=_conference(row, rules),
            papers=papers.get(row.code, []),
        )
        for row in flow_class.rows()
    ]


def roles_of(act: str) -> list[Any]:
    """The roles that may do an act."""
    return [role.label for role in Role if act and Act(act) in GRANTS[role]]


def changes_of(flow_class: type[CaseFlow], *, state: bool = False) -> list[date]:
    """The days on which an edition came into force, and every family that is asked for has one."""
    families = {*flow_class.families, Family.STATE_POST}
    days = {one.effective_from for one in load().editions if one.family in families}
    asked = [*flow_class.families, *([Family.STATE_POST] if state else [])]
    return [day for day in sorted(days) if all(_ruled(family, day) for family in asked)]


def _ruled(family: str, day: date) -> bool:
    return any(one.family == family and one.covers(day) for one in load().editions)


def length_of(value: int, unit: str | None) -> str:
    """A span of time in words."""
    if unit == "working_day":
        said = ngettext("%(number)s working day", "%(number)s working days", value)
    elif unit == "month":
        said = ngettext("%(number)s month", "%(number)s months", value)
    else:
        said = ngettext("%(number)s day", "%(number)s days", value)
    return said % {"number": value}


def _deadline(row: Row, rules: CaseRules) -> Basis | None:
    rule = getattr(row, "deadline", "")
    if not rule or not rules.knows(rule):
        return None
    parameter = rules.get(rule)
    value = parameter.value
    said = length_of(value, parameter.unit) if isinstance(value, int) else ""
    return _basis(DEADLINES.get(rule, rule), said, parameter)


def _conference(row: Row, rules: CaseRules) -> Basis | None:
    if not isinstance(row, ConferenceStep):
        return None
    key = f"conferences.{row.conference}"
    if not rules.knows(key):
        return None
    return _basis(CONFERENCES.get(row.conference, row.conference), "", rules.get(key))


def _basis(what: Any, value: str, parameter: Parameter) -> Basis:
    return Basis(
        what=what,
        value=value,
        article=parameter.article,
        edition=parameter.stated_in,
        confidence=CONFIDENCE[parameter.confidence],
        confirmed=parameter.confirmed,
    )
