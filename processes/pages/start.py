"""Start a case: choose a procedure and what it is about, see what it will take, and open it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from permissions.catalogue import OWN_UNIT_LANES, START_ACTS
from permissions.checks import today, units_where
from permissions.errors import Refused
from permissions.models import User
from processes.cases.drafts import Place
from processes.cases.models import Case
from processes.cases.rivals import known_of, rival_for
from processes.flows import FLOWS
from processes.organisation.lookups import NotSetUp, competence
from processes.organisation.people import Cadre, PostHeld
from processes.organisation.positions import Competence, Position
from processes.organisation.units import LaneUnit, Unit
from processes.pages.blame import add_errors, lack_said
from processes.pages.candidates import Candidate, candidates, checked
from processes.pages.drafting import Drafts, address_of, keeps_typing
from processes.pages.listing import page_of, words_of
from processes.pages.onward import parent_of
from processes.pages.wanted import Wanted, wanted
from processes.rules import CaseRules, NoEdition, load
from processes.search.models import Kind
from processes.steps.flow import CaseFlow
from processes.steps.opening import open_case
from processes.steps.start_forms import StartForm


@dataclass(frozen=True)
class Outlook:
    """What a case will go by, and what stands in its way."""

    rules: CaseRules | None = None
    competence: Competence | None = None
    papers: tuple[Wanted, ...] = ()
    from_planning: bool = False
    people: tuple[Candidate, ...] = ()
    rival: Case | None = None
    rival_is_known: bool = False
    lacking: str = ""

    @property
    def may_begin(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.lacking and self.rival is None


@login_required
@require_safe
def procedures(request: HttpRequest) -> HttpResponse:
    """List the procedures that the person may start. Raises Refused."""
    open_to = _open_to(request.user)  # type: ignore[arg-type]
    found = {name: FLOWS[name] for name, units in open_to.items() if units}
    return render(request, "start/procedures.html", {"flows": found})


@login_required
@require_safe
def positions(request: HttpRequest, procedure: str) -> HttpResponse:
    """List the positions that a case of the procedure can be about. Raises Refused."""
    flow_class, units = _procedure(request.user, procedure)  # type: ignore[arg-type]
    if not flow_class.about_position:
        return redirect("begin_without", procedure)
    found = _positions(flow_class, units).order_by("unit__name", "code")
    found = found.filter(words_of(request.GET.get("q", ""), kind=Kind.POSITION))
    rivals = Case.objects.filter(finished__isnull=True)
    held = PostHeld.objects.filter(until__isnull=True).select_related("cadre")
    found = found.prefetch_related(
        Prefetch("case_set", rivals, to_attr="open_cases"),
        Prefetch("holders", held, to_attr="held_by"),
    )
    page = page_of(found, request)
    _tell_cases(page.rows, request.user)  # type: ignore[arg-type]
    context = {"procedure": procedure, "flow": flow_class, "page": page, "positions": page.rows}
    return render(request, "start/positions.html", context)


@keeps_typing
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, procedure: str, position_id: int | None = None) -> HttpResponse:
    """Show what a case would take, and open it. Raises Refused."""
    user: User = request.user  # type: ignore[assignment]
    flow_class, units = _procedure(user, procedure)
    position = None
    if flow_class.about_position:
        position = get_object_or_404(_positions(flow_class, units), pk=position_id)
    elif position_id is not None:
        raise Http404
    unit = position.unit if position else units.order_by("pk")[0]
    search = request.GET.get("q", "")[:100]
    make = partial(
        flow_class.start_form, position=position, unit=unit, search=search,
        parent=parent_of(request, procedure, position),
    )  # fmt: skip
    about = f": {position}" if position else ""
    place = Place(address_of(request, "parent"), title=f"{flow_class.process_title}{about}")
    drafts = Drafts(request, place)
    if drafts.asked:
        return drafts.keep(make)
    sent = request.method == "POST"
    form: Any = drafts.bind(make(request.POST)) if sent else drafts.fill(make)
    with drafts.survives():
        case = _opened(form, flow_class, user) if form.is_valid() else None
    if case is not None:
        drafts.forget()
        messages.success(request, _("Case %(code)s is open.") % {"code": case.code})
        return redirect("case", case.pk)
    context = {
        "form": form,
        "flow": flow_class,
        "procedure": procedure,
        "position": position,
        "outlook": outlook(flow_class, position, form.people, reader=user),
    }
    return render(request, "start/begin.html", context, status=422 if form.is_bound else 200)


def outlook(
    flow_class: type[CaseFlow],
    position: Position | None,
    named: Sequence[Cadre] = (),
    *,
    reader: User,
) -> Outlook:
    """Editions in force, papers, people; or the data that are lacking for them.

    The people are those in planning, or those whom the form offers to be named.
    """
    on = today()
    state = position is not None and position.kind == Position.Kind.STATE
    try:
        rules = load().for_case(on, state, flow_class.families)
        row = None
        if position and flow_class.action:
            province = position.unit.province or position.unit
            row = competence(position.group, flow_class.action, province=province, on=on)
    except (NoEdition, NotSetUp) as lack:
        return Outlook(lacking=lack_said(lack))
    planned = position is not None and flow_class.started_in in OWN_UNIT_LANES
    people: tuple[Candidate, ...] = ()
    if position and planned:
        people = candidates(position, rules, on=on)
    elif position and named:
        people = checked(list(named), position, rules, on=on, but=flow_class.waived_checks)
    rival = rival_for(position) if position else None
    return Outlook(
        rules=rules,
        competence=row,
        papers=wanted(rules, flow_class.dossier),
        from_planning=planned,
        people=people,
        rival=rival,
        rival_is_known=rival is not None and bool(known_of([rival], reader=reader)),
    )


def _tell_cases(positions: Sequence[Any], reader: User) -> None:
    """Say of each position whether a seat is free, and name the open cases the reader may know."""
    known = known_of([case for row in positions for case in row.open_cases], reader=reader)
    for position in positions:
        position.is_free = len(position.open_cases) < position.seats
        position.cases_known = [case for case in position.open_cases if case.pk in known]
        position.cases_unknown = len(position.open_cases) - len(position.cases_known)


def _procedure(user: User, name: str) -> tuple[type[CaseFlow], QuerySet[Unit]]:
    """A procedure that the person may start, with the units for which they may."""
    if name not in FLOWS:
        raise Http404
    units = _open_to(user)[name]
    if not units:
        raise Refused(_("You may not start cases of this procedure."))
    return FLOWS[name], Unit.objects.filter(pk__in=units)


def _open_to(user: User) -> dict[str, set[int]]:
    """The same for whoever starts cases at all. Raises Refused."""
    if not units_where(user, *START_ACTS):
        raise Refused(_("Only personnel clerks start cases, for their own unit."))
    return startable(user)


def startable(user: User) -> dict[str, set[int]]:
    """For each procedure the units in whose name the person may start it."""
    lanes: dict[str, set[int]] = {}
    for lane, unit in LaneUnit.objects.in_force(today()).values_list("lane", "unit"):
        lanes.setdefault(lane, set()).add(unit)
    found = {}
    for name, flow_class in FLOWS.items():
        lane = flow_class.started_in
        mine = units_where(user, flow_class.start_act())
        if lane not in OWN_UNIT_LANES:
            mine &= lanes.get(str(lane), set())
        found[name] = mine if lane else set()
    return found


def _positions(flow_class: type[CaseFlow], units: QuerySet[Unit]) -> QuerySet[Position]:
    """The starting unit's own positions, or for an organ of the province all of it."""
    found = Position.objects.in_force(today())
    if flow_class.started_in in OWN_UNIT_LANES:
        found = found.filter(unit__in=units)
    else:
        found = found.filter(unit__province__in=units.values("province"))
    return found.select_related("unit__province", "group")


def _opened(form: StartForm, flow_class: type[CaseFlow], user: User) -> Case | None:
    said = {"position": form.position, "unit": form.unit, **form.opening()}
    try:
        return open_case(flow_class, by=user, **said)
    except ValidationError as error:
        add_errors(form, error)
    except (NoEdition, NotSetUp) as lack:
        form.add_error(None, lack_said(lack))
    return None
