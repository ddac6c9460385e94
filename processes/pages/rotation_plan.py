"""Chains of moves on paper: make one, put moves in, see what stands in the way, start the cases."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from permissions.checks import today
from permissions.errors import Refused
from permissions.models import User
from processes.cases.bars import family_of
from processes.flows.planned_moves import start_chain
from processes.organisation.lookups import NotSetUp
from processes.organisation.people import Cadre
from processes.organisation.positions import Position
from processes.organisation.units import Unit
from processes.pages.blame import add_errors
from processes.pages.rotation_board import guard_reader
from processes.rotation.conflicts import Conflict
from processes.rotation.planning import add_move, drop_chain, make_chain, remove_move
from processes.rotation.rights import planned_provinces
from processes.rotation.schemes import Direction, MoveChain, PlannedMove, RotationScheme
from processes.rotation.trial import Trial, try_chain
from processes.rotation.wording import CONFLICTS
from processes.rules import NoEdition
from processes.steps.forms import text_field


class ChainForm(forms.Form):
    """A new chain: what it is called, and which scheme it counts towards."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    scheme = forms.ModelChoiceField(
        label=gettext_lazy("Rotation scheme"),
        queryset=RotationScheme.objects.none(),
        required=False,
        empty_label=gettext_lazy("None"),
    )

    def __init__(self, *args: Any, province: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schemes = RotationScheme.objects.in_force(today()).filter(province=province)
        self.fields["scheme"].queryset = schemes  # type: ignore[attr-defined]


class MoveForm(forms.Form):
    """One planned move; the board fills in who and where to."""

    cadre = forms.CharField(
        label=gettext_lazy("Identity number of the cadre"),
        max_length=20,
        help_text=gettext_lazy("Choose “Plan a move” on the rotation board to fill it in."),
    )
    position = forms.CharField(
        label=gettext_lazy("Code of the post"),
        max_length=40,
        help_text=gettext_lazy("Choose “Move here” on the rotation board to fill it in."),
    )
    direction = forms.ChoiceField(label=gettext_lazy("Direction"), choices=Direction.choices)
    note = forms.CharField(label=gettext_lazy("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, province: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.province = province

    def clean_cadre(self) -> Cadre:
        """The cadre of the province with this number."""
        code = self.cleaned_data["cadre"].strip()
        found = Cadre.objects.filter(code=code, unit__province=self.province).first()
        if found is None:
            raise ValidationError(_("No cadre of the province has this number."))
        return found

    def clean_position(self) -> Position:
        """The post of the province with this code."""
        code = self.cleaned_data["position"].strip()
        posts = Position.objects.in_force(today())
        found = posts.filter(code=code, unit__province=self.province).first()
        if found is None:
            raise ValidationError(_("No post of the province has this code."))
        return found


class DropForm(forms.Form):
    """Why a chain is given up."""

    reason = text_field(gettext_lazy("Reason"), rows=2, max_length=500)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rotation_chains(request: HttpRequest) -> HttpResponse:
    """List the chains; planners begin one. Raises Refused."""
    user: User = request.user  # type: ignore[assignment]
    found = MoveChain.objects.filter(province__in=guard_reader(user))
    province = _province(user)
    if request.method == "POST" and province is None:
        raise Refused(_("Only the Organization Committee plans rotation."))
    form = ChainForm(request.POST or None, province=province) if province else None
    if form and form.is_valid() and province:
        chain = make_chain(province, by=user, **form.cleaned_data)
        return redirect("rotation_chain", chain.pk)
    context = {"chains": found.select_related("scheme", "made_by"), "form": form}
    status = 422 if form and form.is_bound else 200
    return render(request, "rotation/chains.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rotation_chain(request: HttpRequest, chain_id: int) -> HttpResponse:
    """Show the moves of a chain and what stands in their way; add one. Raises Refused."""
    user: User = request.user  # type: ignore[assignment]
    chain = get_object_or_404(_readable(user), pk=chain_id)
    if request.method == "POST":
        _guard_planner(user, chain)
    named = {name: request.GET.get(name, "")[:40] for name in ("cadre", "position")}
    form = MoveForm(request.POST or None, initial=named, province=chain.province)
    if form.is_valid() and _added(form, chain, user):
        messages.success(request, _("The move is on paper."))
        return redirect("rotation_chain", chain.pk)
    return _page(request, chain, form, named)


@login_required
@require_POST
def rotation_remove(request: HttpRequest, move_id: int) -> HttpResponse:
    """Take a move out of its draft. Raises Refused and Conflict."""
    user: User = request.user  # type: ignore[assignment]
    move = get_object_or_404(PlannedMove, pk=move_id, chain__in=_readable(user))
    remove_move(move, by=user)
    messages.success(request, _("The move is taken out."))
    return redirect("rotation_chain", move.chain_id)


@login_required
@require_POST
def rotation_drop(request: HttpRequest, chain_id: int) -> HttpResponse:
    """Give a draft up, with a reason. Raises Refused and Conflict."""
    user: User = request.user  # type: ignore[assignment]
    chain = get_object_or_404(_readable(user), pk=chain_id)
    form = DropForm(request.POST)
    if not form.is_valid():
        return _page(request, chain, MoveForm(province=chain.province), {}, drop=form)
    drop_chain(chain, by=user, reason=form.cleaned_data["reason"])
    messages.success(request, _("The chain is dropped."))
    return redirect("rotation_chains")


@login_required
@require_POST
def rotation_start(request: HttpRequest, chain_id: int) -> HttpResponse:
    """Open the cases of all moves, or of none. Raises Refused and Conflict."""
    user: User = request.user  # type: ignore[assignment]
    chain = get_object_or_404(_readable(user), pk=chain_id)
    try:
        cases = start_chain(chain, by=user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except (NotSetUp, NoEdition) as lack:
        messages.error(request, str(lack))
    else:
        said = ngettext("%(number)s case is open.", "%(number)s cases are open.", len(cases))
        messages.success(request, said % {"number": len(cases)})
    return redirect("rotation_chain", chain.pk)


def told(conflict: Conflict) -> str:
    """What stands in the way, in words."""
    return str(CONFLICTS[conflict.code]) % dict(conflict.facts)


def _page(
    request: HttpRequest,
    chain: MoveChain,
    form: MoveForm,
    named: dict[str, str],
    drop: DropForm | None = None,
) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]
    trial = try_chain(chain, today()) if chain.is_draft else Trial(())
    moves = [
        {"tried": tried, "conflicts": [(one, told(one)) for one in tried.conflicts]}
        for tried in trial.moves
    ]
    plans = chain.is_draft and chain.province_id in planned_provinces(user)
    context = {
        "chain": chain,
        "moves": moves,
        "kept": [] if chain.is_draft else _kept(chain),
        "trial": trial,
        "form": form if plans else None,
        "drop": (drop or DropForm()) if plans else None,
        "named": named,
        "closed": family_of(user).all,
    }
    bound = form.is_bound or drop is not None
    return render(request, "rotation/chain.html", context, status=422 if bound else 200)


def _kept(chain: MoveChain) -> QuerySet[PlannedMove]:
    return chain.moves.select_related("cadre", "position__unit", "case")


def _readable(user: User) -> QuerySet[MoveChain]:
    return MoveChain.objects.filter(province__in=guard_reader(user)).select_related("province")


def _guard_planner(user: User, chain: MoveChain) -> None:
    if chain.province_id not in planned_provinces(user):
        raise Refused(_("Only the Organization Committee plans rotation."))


def _province(user: User) -> Unit | None:
    """The province for which the person plans; the first one where there are several."""
    return Unit.objects.filter(pk__in=planned_provinces(user)).order_by("pk").first()


def _added(form: MoveForm, chain: MoveChain, user: User) -> bool:
    try:
        add_move(chain, by=user, **form.cleaned_data)
    except ValidationError as error:
        add_errors(form, error)
        return False
    return True
