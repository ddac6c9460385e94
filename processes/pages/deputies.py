"""Deputies: who stands in for me, for whom I stand in, and those of the people of my unit."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from permissions.checks import today
from permissions.errors import Refused
from permissions.models import StandIn, User
from processes.cases.drafts import Place
from processes.deputies.queries import colleagues_of, known_to, open_authorisation, people_of
from processes.deputies.scope import procedures, steps, told, units_of
from processes.deputies.writers import Scope, appoint, end, why_not_appoint, why_not_end
from processes.pages.blame import add_errors
from processes.pages.drafting import Drafts, address_of, keeps_typing
from processes.pages.listing import page_of
from processes.steps.forms import day_field, offer, text_field


class AppointForm(forms.Form):
    """Who stands in, when, for what, why, and by which document."""

    deputy = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Deputy"))
    since = day_field(gettext_lazy("From"))
    until = day_field(gettext_lazy("Until (the last day counts)"))
    reason = text_field(gettext_lazy("Reason (kept in the trail)"), rows=3, max_length=500)
    document = forms.CharField(
        label=gettext_lazy("Number and name of the authorisation document"), max_length=200
    )
    issued_on = day_field(gettext_lazy("Issued on"))
    file = forms.FileField(
        label=gettext_lazy("The signed document"),
        help_text=gettext_lazy("PDF, DOCX, JPEG or PNG."),
    )
    procedures = forms.MultipleChoiceField(
        label=gettext_lazy("Only these procedures"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Choose none and all are covered."),
    )
    units = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Only for these units"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Choose none and all are covered."),
    )
    steps = forms.MultipleChoiceField(
        label=gettext_lazy("Only these steps"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=gettext_lazy("Choose none and all are covered."),
    )

    def __init__(self, *args: Any, principal: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: forms.ModelChoiceField[User] = self.fields["deputy"]  # type: ignore[assignment]
        field.queryset = colleagues_of(principal)
        offer(self, "procedures", procedures())
        offer(self, "steps", steps())
        offer(self, "units", [(unit.pk, str(unit)) for unit in units_of(principal)])

    def said(self) -> dict[str, Any]:
        """What was typed, as `appoint` takes it."""
        said = dict(self.cleaned_data)
        kinds = ("procedures", "steps", "units")
        return said | {"scope": Scope(**{kind: said.pop(kind) for kind in kinds})}


@login_required
@require_safe
def deputies(request: HttpRequest) -> HttpResponse:
    """List the times of deputies that the person may see, the latest first."""
    user: User = request.user  # type: ignore[assignment]
    page = page_of(known_to(user).order_by("-valid_from", "-pk"), request)
    context = {
        "page": page,
        "lines": [_line(one, user) for one in page.rows],
        "may_appoint": not why_not_appoint(user, user),
        "people": people_of(user).order_by("first_name", "last_name", "pk"),
    }
    return render(request, "deputies/list.html", context)


@keeps_typing
@require_http_methods(["GET", "HEAD", "POST"])
def appoint_deputy(request: HttpRequest, user_id: int) -> HttpResponse:
    """Appoint a deputy for oneself or for somebody of the unit. Raises Refused with the reason."""
    user: User = request.user  # type: ignore[assignment]
    principal = get_object_or_404(User.objects.filter(is_active=True), pk=user_id)
    if reason := why_not_appoint(user, principal):
        raise Refused(reason)
    make = partial(AppointForm, principal=principal)
    title = f"{_('Appoint a deputy')}: {principal}"
    drafts = Drafts(request, Place(address_of(request), title=title))
    if drafts.asked:
        return drafts.keep(make)
    sent = request.method == "POST"
    form: Any = drafts.bind(make(request.POST, request.FILES)) if sent else drafts.fill(make)
    if form.is_valid():
        try:
            with drafts.survives():
                made = appoint(principal, by=user, **form.said())
        except ValidationError as error:
            add_errors(form, error)
        else:
            drafts.forget()
            messages.success(request, _("%(deputy)s stands in.") % {"deputy": made.deputy})
            return redirect("deputies")
    context = {"form": form, "principal": principal}
    return render(request, "deputies/appoint.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def end_deputy(request: HttpRequest, number: int) -> HttpResponse:
    """End the time of a deputy today."""
    user: User = request.user  # type: ignore[assignment]
    stand_in = get_object_or_404(known_to(user), pk=number)
    end(stand_in, by=user, reason=request.POST.get("reason", "")[:500])
    messages.success(request, _("The time of the deputy has ended."))
    return redirect("deputies")


@login_required
@require_safe
def authorisation(request: HttpRequest, number: int) -> HttpResponse:
    """Send the document under which somebody is a deputy; to strangers it does not exist."""
    stand_in, content = open_authorisation(number, by=request.user)  # type: ignore[arg-type]
    suffix = stand_in.file.rpartition(".")[2]
    headers = {
        "Content-Disposition": f'attachment; filename="authorisation-{stand_in.pk}.{suffix}"',
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type=stand_in.mime, headers=headers)


def _line(stand_in: StandIn, user: User) -> dict[str, Any]:
    counts = stand_in.counts(today())
    over = stand_in.ended_on is not None or stand_in.last_day < today()
    return {
        "row": stand_in,
        "scope": told(stand_in),
        "state": _("over") if over else _("in force") if counts else _("to come"),
        "may_end": not over and not why_not_end(user, stand_in),
    }
