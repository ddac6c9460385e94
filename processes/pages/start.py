"""Start a case: choose a position, see what it will take, and open it."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from permissions.catalogue import Act
from permissions.checks import today, units_where
from permissions.errors import Refused
from permissions.models import User
from processes.cases.models import Case
from processes.flows import FLOWS
from processes.organisation.lookups import NotSetUp, competence
from processes.organisation.people import PostHeld
from processes.organisation.positions import Competence, Position
from processes.pages.blame import add_errors
from processes.pages.candidates import Candidate, candidates
from processes.pages.wanted import Wanted, wanted
from processes.rules import CaseRules, NoEdition, load
from processes.steps.flow import CaseFlow
from processes.steps.forms import text_field
from processes.steps.opening import open_case


class StartForm(forms.Form):
    """How confidential the case is, and what it is opened on."""

    secrecy = forms.ChoiceField(
        label=gettext_lazy("Confidentiality"),
        choices=Case.Secrecy.choices,
        initial=Case.Secrecy.INTERNAL,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("A confidential case is seen only by people cleared for them."),
    )
    reason = text_field(
        gettext_lazy("Reason"),
        rows=2,
        required=False,
        max_length=2000,
        help_text=gettext_lazy("Kept in the trail beside the opening of the case."),
    )


@dataclass(frozen=True)
class Outlook:
    """What a case about a position will go by, and what stands in its way."""

    rules: CaseRules | None = None
    competence: Competence | None = None
    papers: tuple[Wanted, ...] = ()
    people: tuple[Candidate, ...] = ()
    rival: Case | None = None
    lacking: str = ""

    @property
    def may_begin(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.lacking and self.rival is None


@login_required
@require_safe
def positions(request: HttpRequest) -> HttpResponse:
    """List the positions that the person may start cases about. Raises Refused."""
    found = _positions(request.user).order_by("unit__name", "code")  # type: ignore[arg-type]
    rivals = Case.objects.filter(finished__isnull=True)
    held = PostHeld.objects.filter(until__isnull=True).select_related("cadre")
    found = found.prefetch_related(
        Prefetch("case_set", rivals, to_attr="open_cases"),
        Prefetch("holders", held, to_attr="held_by"),
    )
    return render(request, "start/positions.html", {"positions": found, "flows": FLOWS})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, procedure: str, position_id: int) -> HttpResponse:
    """Show what a case would take, and open it. Raises Refused."""
    if procedure not in FLOWS:
        raise Http404
    user: User = request.user  # type: ignore[assignment]
    position = get_object_or_404(_positions(user), pk=position_id)
    form = StartForm(request.POST or None)
    if form.is_valid() and (case := _opened(form, FLOWS[procedure], user, position)):
        messages.success(request, _("Case %(code)s is open.") % {"code": case.code})
        return redirect("case", case.pk)
    context = {
        "form": form,
        "flow": FLOWS[procedure],
        "position": position,
        "outlook": outlook(FLOWS[procedure], position),
    }
    return render(request, "start/begin.html", context, status=422 if form.is_bound else 200)


def outlook(flow_class: type[CaseFlow], position: Position) -> Outlook:
    """Edition in force, papers, people; or the data that are lacking for them."""
    on = today()
    try:
        rules = load().for_case(on, position.kind == Position.Kind.STATE)
        row = competence(
            position.group,
            flow_class.action,
            province=position.unit.province or position.unit,
            on=on,
        )
    except (NoEdition, NotSetUp) as lack:
        return Outlook(lacking=str(lack))
    return Outlook(
        rules=rules,
        competence=row,
        papers=wanted(rules),
        people=candidates(position, rules, on=on),
        rival=Case.objects.filter(position=position, finished__isnull=True).first(),
    )


def _positions(user: User) -> QuerySet[Position]:
    units = units_where(user, Act.START_CASE)
    if not units:
        raise Refused(_("Only personnel clerks start cases, for their own unit."))
    mine = Position.objects.in_force(today()).filter(unit__in=units)
    return mine.select_related("unit__province", "group")


def _opened(
    form: forms.Form, flow_class: type[CaseFlow], user: User, position: Position
) -> Case | None:
    try:
        return open_case(flow_class, by=user, position=position, **form.cleaned_data)
    except ValidationError as error:
        add_errors(form, error)
    except (NoEdition, NotSetUp) as lack:
        form.add_error(None, str(lack))
    return None
