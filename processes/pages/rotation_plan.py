"""Chains of moves on paper: make one, put moves in, see what stands in the way, start the cases."""

from functools import partial
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
from processes.cases.drafts import Place
from processes.flows.planned_moves import start_chain
from processes.organisation.lookups import NotSetUp
from processes.organisation.people import Cadre
from processes.organisation.positions import Position
from processes.organisation.units import Unit
from processes.pages.blame import add_errors, lack_said
from processes.pages.drafting import Drafts, address_of, keeps_typing
from processes.pages.rotation_board import guard_reader
from processes.rotation.conflicts import Conflict
from processes.rotation.planning import add_move, drop_chain, make_chain, remove_move
from processes.rotation.rights import planned_provinces
from processes.rotation.schemes import Direction, MoveChain, PlannedMove, RotationScheme
from processes.rotation.trial import Trial, try_chain
from processes.rotation.wording import CONFLICTS
from processes.rules import NoEdition
from processes.steps.forms import text_field

#: The part of a chain's page that gives it up.
DROP = "drop"


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


@keeps_typing
@require_http_methods(["GET", "HEAD", "POST"])
def rotation_chains(request: HttpRequest) -> HttpResponse:
    """List the chains; planners begin one. Raises Refused."""
    user: User = request.user  # type: ignore[assignment]
    found = MoveChain.objects.filter(province__in=guard_reader(user))
    province = _province(user)
    if request.method == "POST" and province is None:
        raise Refused(_("Only the Organization Committee plans rotation."))
    form = None
    if province is not None:
        drafts = Drafts(request, Place(address_of(request), title=_("Begin a chain")))
        make = partial(ChainForm, province=province)
        if drafts.asked:
            return drafts.keep(make)
        form = drafts.answer(make)
        if form.is_valid():
            chain = make_chain(province, by=user, **form.cleaned_data)
            drafts.forget()
            return redirect("rotation_chain", chain.pk)
    context = {"chains": found.select_related("scheme", "made_by"), "form": form}
    status = 422 if form and form.is_bound else 200
    return render(request, "rotation/chains.html", context, status=status)


@keeps_typing
@require_http_methods(["GET", "HEAD", "POST"])
def rotation_chain(request: HttpRequest, chain_id: int) -> HttpResponse:
    """Show the moves of a chain and what stands in their way; add one, or drop the chain.

    Raises Refused and Conflict.
    """
    user: User = request.user  # type: ignore[assignment]
    chain = get_object_or_404(_readable(user), pk=chain_id)
    sheet = _ChainPage(request, chain, user)
    if request.method != "POST":
        return sheet.shown()
    _guard_planner(user, chain)
    return sheet.dropped() if request.POST.get("part") == DROP else sheet.added()


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
def rotation_start(request: HttpRequest, chain_id: int) -> HttpResponse:
    """Open the cases of all moves, or of none. Raises Refused and Conflict."""
    user: User = request.user  # type: ignore[assignment]
    chain = get_object_or_404(_readable(user), pk=chain_id)
    try:
        cases = start_chain(chain, by=user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except (NotSetUp, NoEdition) as lack:
        messages.error(request, lack_said(lack))
    else:
        said = ngettext("%(number)s case is open.", "%(number)s cases are open.", len(cases))
        messages.success(request, said % {"number": len(cases)})
    return redirect("rotation_chain", chain.pk)


def told(conflict: Conflict) -> str:
    """What stands in the way, in words."""
    return str(CONFLICTS[conflict.code]) % dict(conflict.facts)


class _ChainPage:
    """The page of a chain with its two forms, each with a draft of its own."""

    def __init__(self, request: HttpRequest, chain: MoveChain, user: User) -> None:
        self.request, self.chain, self.user = request, chain, user
        self.named = {name: request.GET.get(name, "")[:40] for name in ("cadre", "position")}
        self.moves = self._drafts("", _("Put a move on paper"))
        self.drops = self._drafts(DROP, _("Drop the chain"))
        self.plain = partial(MoveForm, province=chain.province)

    def added(self) -> HttpResponse:
        """Put the move on paper that was sent."""
        if self.moves.asked:
            return self.moves.keep(self.plain)
        form = self.moves.bind(self.plain(self.request.POST))
        with self.moves.survives():
            if form.is_valid() and _added(form, self.chain, self.user):
                self.moves.forget()
                messages.success(self.request, _("The move is on paper."))
                return redirect("rotation_chain", self.chain.pk)
        return self.shown(form=form)

    def dropped(self) -> HttpResponse:
        """Give the chain up, with a reason."""
        if self.drops.asked:
            return self.drops.keep(DropForm)
        form = self.drops.bind(DropForm(self.request.POST))
        if not form.is_valid():
            return self.shown(drop=form)
        with self.drops.survives():
            drop_chain(self.chain, by=self.user, reason=form.cleaned_data["reason"])
        self.drops.forget()
        messages.success(self.request, _("The chain is dropped."))
        return redirect("rotation_chains")

    def shown(self, form: forms.Form | None = None, drop: forms.Form | None = None) -> HttpResponse:
        """The page; a form that was sent stays as it was sent."""
        chain, status = self.chain, 422 if form or drop else 200
        plans = chain.is_draft and chain.province_id in planned_provinces(self.user)
        if plans:
            fresh = self.plain() if self.moves.stored else None  # a choice is no change of another
            form = form or self.moves.fill(self._chosen, fresh)
            drop = drop or self.drops.fill(DropForm)
        trial = try_chain(chain, today()) if chain.is_draft else Trial(())
        moves = [
            {"tried": tried, "conflicts": [(one, told(one)) for one in tried.conflicts]}
            for tried in trial.moves
        ]
        context = {
            "chain": chain,
            "moves": moves,
            "kept": [] if chain.is_draft else _kept(chain),
            "trial": trial,
            "form": form if plans else None,
            "drop": drop if plans else None,
            "named": self.named,
            "closed": family_of(self.user).all,
        }
        return render(self.request, "rotation/chain.html", context, status=status)

    def _drafts(self, part: str, word: str) -> Drafts:
        title = f"{self.chain.title}: {word}"
        return Drafts(self.request, Place(address_of(self.request), part, title))

    def _chosen(self, initial: dict[str, Any] | None = None) -> forms.Form:
        """With what was chosen on the board, which goes before what a draft says."""
        chosen = {name: code for name, code in self.named.items() if code}
        return self.plain(initial={**(initial or {}), **chosen})


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


def _added(form: forms.Form, chain: MoveChain, user: User) -> bool:
    try:
        add_move(chain, by=user, **form.cleaned_data)
    except ValidationError as error:
        add_errors(form, error)
        return False
    return True
