"""Erasure by order and legal holds: ask, answer, revoke, place, lift; what was erased and when."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from permissions.catalogue import Act
from permissions.checks import units_where
from permissions.errors import Refused
from permissions.models import User
from processes.cases.drafts import Place as DraftPlace
from processes.cases.erasure import ErasureItem, ErasureOrder
from processes.cases.models import Case
from processes.cases.people import people_for
from processes.emergency.queries import provinces_where
from processes.organisation.people import Cadre
from processes.pages.blame import add_errors
from processes.pages.drafting import Drafts, address_of, keeps_typing
from processes.pages.listing import page_of
from processes.pages.refusals import readable_case
from processes.pages.sheet import cases_for
from processes.retention import writers
from processes.retention.content import Place, places_of
from processes.retention.queries import (
    Subject,
    as_read_by,
    holds_known_to,
    orders_known_to,
    subject_of,
    takes_part,
    why_not_approve,
    why_not_ask,
    why_not_preserve,
    why_not_revoke,
    why_stays,
)
from processes.steps.forms import day_field, text_field


class OrderForm(forms.Form):
    """Who has ordered it, by which document, and what goes."""

    authority = forms.CharField(
        label=gettext_lazy("Ordered by"), max_length=200,
        help_text=gettext_lazy("The authority that is competent for it, as its document names it."),
    )  # fmt: skip
    document = forms.CharField(label=gettext_lazy("Number of the order"), max_length=100)
    issued_on = day_field(gettext_lazy("Issued on"))
    reason = text_field(gettext_lazy("Reason (kept in the trail)"), rows=3, max_length=1000)
    chosen = forms.MultipleChoiceField(
        label=gettext_lazy("What is to be erased"), widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Where the same text or file stands again, it goes there as well."),
        error_messages={"required": gettext_lazy("Choose what is to be erased.")},
    )  # fmt: skip

    def __init__(self, *args: Any, places: list[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = dict(ErasureItem.Kind.choices)
        groups: dict[str, list[tuple[str, str]]] = {}
        for place in places:
            said = f"{place.title}: {place.text}" if place.text else place.title
            groups.setdefault(str(kinds[place.kind]), []).append((place.key, said[:300]))
        self.fields["chosen"].choices = list(groups.items())  # type: ignore[attr-defined]


class HoldForm(forms.Form):
    """What is not to be erased, on which written basis."""

    about = forms.CharField(
        label=gettext_lazy("Case number or identity number of a person"), max_length=30
    )
    basis = forms.CharField(label=gettext_lazy("Written basis"), max_length=200)
    reason = text_field(gettext_lazy("Reason (kept in the trail)"), rows=3, max_length=1000)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._provinces = provinces_where(user, Act.PRESERVE)

    def clean_about(self) -> Subject:
        """The case or the person of the provinces in which one may place holds."""
        typed = self.cleaned_data["about"].strip()
        cases = Case.objects.filter(province__in=self._provinces, code__iexact=typed)
        people = Cadre.objects.filter(code=typed, unit__province__in=self._provinces)
        found = cases.first() or people.first()
        if found is None:
            raise forms.ValidationError(
                _("No case and no person of the province has this number; look at its page.")
            )
        return found


@keeps_typing
@require_http_methods(["GET", "HEAD", "POST"])
def retention(request: HttpRequest) -> HttpResponse:
    """List orders and legal holds, and place a hold. Raises Refused and Conflict."""
    user: User = request.user  # type: ignore[assignment]
    if not takes_part(user):
        raise Refused(_("You neither order nor approve erasures, nor inspect them."))
    may_hold, may_ask = (bool(units_where(user, act)) for act in (Act.PRESERVE, Act.ASK_ERASURE))
    about = request.GET.get("about", "").strip()
    if about and may_ask and (found := _found(user, about)):
        return redirect("erase_case" if isinstance(found, Case) else "erase_record", found.pk)
    if request.method == "POST" and not may_hold:
        raise Refused(why_not_preserve(user, 0))
    drafts = Drafts(request, DraftPlace(address_of(request), title=_("Legal hold")))
    make = partial(HoldForm, user=user)
    if drafts.asked:
        return drafts.keep(make)
    sent = request.method == "POST"
    form: Any = drafts.bind(make(request.POST)) if sent else drafts.fill(make)
    if form.is_valid():
        with drafts.survives():
            data = dict(form.cleaned_data)
            writers.preserve(data.pop("about"), by=user, **data)
        drafts.forget()
        messages.success(request, _("The legal hold stands."))
        return redirect("retention")
    page = page_of(orders_known_to(user), request)
    context = {
        "page": page,
        "lines": [{"row": one, "state": state_of(one)} for one in page.rows],
        "holds": [
            {"row": one, "may_lift": not one.lifted_at and may_hold} for one in holds_known_to(user)
        ],
        "form": form if may_hold else None,
        "may_ask": may_ask,
        "about": about,
        "lost": _("You read no case and no person with this number.") if about else "",
    }
    return render(request, "retention/page.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def lift_hold(request: HttpRequest, number: int) -> HttpResponse:
    """Lift a legal hold, with a reason. Raises Refused and Conflict."""
    user: User = request.user  # type: ignore[assignment]
    hold = get_object_or_404(holds_known_to(user), pk=number)
    if reason := request.POST.get("reason", "").strip()[:1000]:
        writers.lift(hold, by=user, reason=reason)
        messages.success(request, _("The legal hold is lifted."))
    else:
        messages.error(request, _("Say why the hold is lifted."))
    return redirect("retention")


@keeps_typing
@require_http_methods(["GET", "HEAD", "POST"])
def erase_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Ask that content of a case be erased by order. Raises Refused."""
    user: User = request.user  # type: ignore[assignment]
    return _ask(request, readable_case(request, case_id, cases_for(user)))


@keeps_typing
@require_http_methods(["GET", "HEAD", "POST"])
def erase_record(request: HttpRequest, cadre_id: int) -> HttpResponse:
    """Ask that facts of a person's record be erased by order. Raises Refused."""
    user: User = request.user  # type: ignore[assignment]
    return _ask(request, get_object_or_404(_people(user), pk=cadre_id))


@login_required
@require_safe
def erasure(request: HttpRequest, number: int) -> HttpResponse:
    """Show an order: what goes or is gone, what stands in the way, and what one can do."""
    user: User = request.user  # type: ignore[assignment]
    order = get_object_or_404(orders_known_to(user), pk=number)
    context = {
        "order": order,
        "state": state_of(order),
        "items": _items(order, user),
        "stays": "" if order.over else why_stays(subject_of(order)),
        "why_not_answer": why_not_approve(user, order),
        "why_not_revoke": why_not_revoke(user, order),
    }
    return render(request, "retention/order.html", context)


@login_required
@require_POST
def erasure_answer(request: HttpRequest, number: int) -> HttpResponse:
    """Approve, deny or revoke an order. Raises Refused and Conflict."""
    user: User = request.user  # type: ignore[assignment]
    order = get_object_or_404(orders_known_to(user), pk=number)
    words = request.POST.get("answer", "").strip()[:1000]
    wish = request.POST.get("wish", "")
    if wish == "approve":
        writers.approve(order, by=user)
        messages.success(request, _("Approved; the inspectors are told."))
    elif not words:
        messages.error(request, _("Say why."))
    elif wish == "deny":
        writers.deny(order, by=user, answer=words)
        messages.success(request, _("Denied."))
    elif wish == "revoke":
        writers.revoke(order, by=user, reason=words)
        messages.success(request, _("Revoked; nothing is erased."))
    else:
        raise Http404
    return redirect("erasure", number)


def state_of(order: ErasureOrder) -> str:
    """Where an order stands, in words."""
    if order.carried_out_at:
        return _("carried out")
    if order.revoked_at:
        return _("revoked")
    if order.answered_by_id is None:
        return _("waits for an answer")
    return _("approved, not yet carried out") if order.due_on else _("denied")


def _found(user: User, typed: str) -> Subject | None:
    """The case or the person with a number, where the person may read it."""
    case = cases_for(user).filter(code__iexact=typed).first()
    return case or _people(user).filter(code=typed).first()


def _people(user: User) -> QuerySet[Cadre]:
    provinces = provinces_where(user, Act.ASK_ERASURE)
    return people_for(user).filter(unit__province__in=provinces).select_related("unit")


def _ask(request: HttpRequest, subject: Subject) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]
    if reason := why_not_ask(user, subject):
        raise Refused(reason)
    places = as_read_by(user, subject, places_of(subject))
    case = subject if isinstance(subject, Case) else None
    title = _("Erasure: %(what)s") % {"what": subject}
    drafts = Drafts(request, DraftPlace(address_of(request), title=title, case=case))
    make = partial(OrderForm, places=places)
    if drafts.asked:
        return drafts.keep(make)
    sent = request.method == "POST"
    form = drafts.bind(make(request.POST)) if sent else drafts.fill(make)
    if form.is_valid():
        data = dict(form.cleaned_data)
        try:
            with drafts.survives():
                order = writers.ask(subject, data.pop("chosen"), by=user, **data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            drafts.forget()
            messages.success(request, _("Asked. A second person answers; inspectors are told."))
            return redirect("erasure", order.pk)
    back = reverse("case" if case else "person", args=[subject.pk])
    context = {"form": form, "subject": subject, "back": back, "places": places}
    return render(request, "retention/ask.html", context, status=422 if form.is_bound else 200)


def _items(order: ErasureOrder, user: User) -> list[dict[str, Any]]:
    """What an order names; with what stands there while it still does, for whoever reads it."""
    about = subject_of(order)
    places = [] if order.carried_out_at else as_read_by(user, about, places_of(about))
    there = {place.key: place.text for place in places}
    return [{"item": one, "text": there.get(one.key, "")} for one in order.items.order_by("pk")]
