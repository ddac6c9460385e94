"""The rotation board, and how far the scheme of the term has come."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from permissions.checks import today
from permissions.errors import Refused
from permissions.models import User
from processes.cases.bars import closed_cases, family_of
from processes.cases.drafts import Place
from processes.cases.models import Case
from processes.organisation.people import Cadre, PostHeld
from processes.organisation.positions import Position
from processes.organisation.units import Unit
from processes.pages.blame import add_errors
from processes.pages.drafting import Drafts, address_of, keeps_typing
from processes.pages.listing import page_of
from processes.pages.picture import picture, seats
from processes.rotation.board import board, limits, posts_of
from processes.rotation.missions import MissionOrder
from processes.rotation.planning import set_target
from processes.rotation.progress import by_year, progress
from processes.rotation.rights import planned_provinces, read_provinces
from processes.rotation.schemes import Direction, MoveChain, PlannedMove, RotationScheme
from processes.steps.fields import NumberField

WHICH = {
    "": gettext_lazy("All posts"),
    "head": gettext_lazy("Heads of units only"),
    "rotated": gettext_lazy("Held on rotation"),
    "opening": gettext_lazy("Opened or filled by a planned move"),
}


class BoardFilter(forms.Form):
    """Which posts the person looks for, and into which draft moves are put."""

    q = forms.CharField(label=gettext_lazy("Search"), required=False, max_length=100)
    which = forms.ChoiceField(label=gettext_lazy("Show"), required=False, choices=WHICH.items())
    chain = forms.ModelChoiceField(
        label=gettext_lazy("Plan moves in"),
        queryset=MoveChain.objects.none(),
        required=False,
        empty_label=gettext_lazy("The latest chain"),
    )

    def __init__(self, *args: Any, chains: QuerySet[MoveChain], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs["placeholder"] = _("Title, unit or holder")
        self.fields["chain"].queryset = chains  # type: ignore[attr-defined]
        if not chains:
            del self.fields["chain"]

    def narrow(self, posts: QuerySet[Position]) -> QuerySet[Position]:
        """Keep the posts in which every word stands somewhere."""
        self.is_valid()
        for word in self.cleaned_data.get("q", "").split():
            held = PostHeld.objects.filter(until__isnull=True, cadre__in=_named(word))
            posts = posts.filter(
                Q(title__icontains=word)
                | Q(unit__name__icontains=word)
                | Q(pk__in=held.values("position"))
            )
        return _WHICH[self.cleaned_data.get("which", "")](posts)


def _named(word: str) -> QuerySet[Cadre]:
    said = Q(given_name__icontains=word) | Q(family_name__icontains=word)
    return Cadre.objects.filter(said | Q(middle_name__icontains=word) | Q(code=word)).order_by()


def _rotated(posts: QuerySet[Position]) -> QuerySet[Position]:
    live = MissionOrder.objects.filter(ended_on__isnull=True, case__isnull=False)
    return posts.filter(pk__in=live.values("position"))


def _opening(posts: QuerySet[Position]) -> QuerySet[Position]:
    moves = PlannedMove.objects.filter(
        chain__started_on__isnull=True, chain__dropped_on__isnull=True
    ).order_by()
    left = PostHeld.objects.filter(until__isnull=True, cadre__in=moves.values("cadre"))
    return posts.filter(Q(pk__in=moves.values("position")) | Q(pk__in=left.values("position")))


_WHICH: dict[str, Any] = {
    "": lambda posts: posts,
    "head": lambda posts: posts.filter(is_head=True),
    "rotated": _rotated,
    "opening": _opening,
}


class TargetForm(forms.Form):
    """One target of a scheme."""

    direction = forms.ChoiceField(label=gettext_lazy("Direction"), choices=Direction.choices)
    year = NumberField(label=gettext_lazy("Year"), min_value=2000, max_value=2100)
    unit = forms.ModelChoiceField(
        label=gettext_lazy("Receiving unit"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=gettext_lazy("Any"),
    )
    number = NumberField(label=gettext_lazy("Moves wanted"), min_value=0, max_value=1000)

    def __init__(self, *args: Any, scheme: RotationScheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.in_force(today()).filter(province=scheme.province_id)
        self.fields["unit"].queryset = units.order_by("name")  # type: ignore[attr-defined]


@login_required
@require_safe
def rotation_board(request: HttpRequest) -> HttpResponse:
    """Show posts with holders, time in post, limits, marks, and planned moves. Raises Refused."""
    user: User = request.user  # type: ignore[assignment]
    provinces, on = guard_reader(user), today()
    drafts = drafts_of(user)
    wish = BoardFilter(request.GET, chains=drafts)
    page = page_of(wish.narrow(posts_of(provinces, on)), request)
    chain = wish.cleaned_data.get("chain") or drafts.first()
    rows = board(page.rows, on)
    context = {
        "filter": wish,
        "page": page,
        "rows": rows,
        "seats": seats(rows),
        "limits": limits(on),
        "cases": _cases(user, page.rows),
        "chain": chain,
        "closed": family_of(user).all,
        "cadre": request.GET.get("cadre", "")[:20],
        "schemes": RotationScheme.objects.in_force(on).filter(province__in=provinces),
    }
    return render(request, "rotation/board.html", context)


@keeps_typing
@require_http_methods(["GET", "HEAD", "POST"])
def rotation_scheme(request: HttpRequest, scheme_id: int) -> HttpResponse:
    """Show what a scheme wanted and what has come of it; planners set targets. Raises Refused."""
    user: User = request.user  # type: ignore[assignment]
    provinces = guard_reader(user)
    scheme = get_object_or_404(RotationScheme, pk=scheme_id, province__in=provinces)
    plans = scheme.province_id in planned_provinces(user)
    if request.method == "POST" and not plans:
        raise Refused(_("Only the Organization Committee plans rotation."))
    form = None
    if plans:
        title = f"{scheme.title}: {_('Set a target')}"
        drafts = Drafts(request, Place(address_of(request), title=title))
        make = partial(TargetForm, scheme=scheme)
        if drafts.asked:
            return drafts.keep(make)
        form = drafts.answer(make)
        if form.is_valid() and _set(form, scheme, user):
            drafts.forget()
            messages.success(request, _("The target is set."))
            return redirect("rotation_scheme", scheme.pk)
    rows = progress(scheme)
    context = {
        "scheme": scheme,
        "rows": rows,
        "picture": picture(by_year(rows)),
        "form": form,
        "others": RotationScheme.objects.filter(province__in=provinces).exclude(pk=scheme.pk),
    }
    status = 422 if form and form.is_bound else 200
    return render(request, "rotation/scheme.html", context, status=status)


def drafts_of(user: User) -> QuerySet[MoveChain]:
    """The chains that the person may put moves into, the latest first."""
    return MoveChain.objects.filter(
        province__in=planned_provinces(user), started_on__isnull=True, dropped_on__isnull=True
    )


def guard_reader(user: User) -> set[int]:
    """The provinces whose board the person may read. Raises Refused."""
    provinces = read_provinces(user)
    if not provinces:
        raise Refused(_("Only the Organization Committee and inspectors read the rotation board."))
    return provinces


def _set(form: forms.Form, scheme: RotationScheme, user: User) -> bool:
    try:
        set_target(scheme, by=user, **form.cleaned_data)
    except ValidationError as error:
        add_errors(form, error)
        return False
    return True


def _cases(user: User, positions: list[Position]) -> dict[int, list[Case]]:
    """The open cases about these posts that the person may know of."""
    found = Case.objects.visible_to(user).filter(position__in=positions, finished__isnull=True)
    cases: dict[int, list[Case]] = {}
    for case in found.exclude(pk__in=closed_cases(user)).order_by("pk"):
        cases.setdefault(case.position_id, []).append(case)
    return cases
