"""Emergency access: ask for it, answer it, end it, and who had it when."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from permissions.catalogue import Act
from permissions.checks import today, units_where
from permissions.errors import Refused
from permissions.models import EmergencyAccess, User
from processes.emergency import writers
from processes.emergency.queries import is_open, known_to, takes_part, why_not_answer, why_not_end
from processes.organisation.units import Unit
from processes.pages.listing import page_of
from processes.rules import load
from processes.rules.rulebook import Family
from processes.steps.fields import NumberField
from processes.steps.forms import text_field


class AskForm(forms.Form):
    """Which case, for how long, and why nobody else can look instead."""

    code = forms.CharField(label=gettext_lazy("Case number"), max_length=30)
    hours = NumberField(label=gettext_lazy("For how many hours"), min_value=1, initial=1)
    reason = text_field(gettext_lazy("Reason (kept in the trail)"), rows=3, max_length=1000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most = longest()
        self.fields["hours"].help_text = _("At most %(most)s.") % {"most": self.most}

    def clean_hours(self) -> int:
        """No longer than the edition's parameter lets it last."""
        hours: int = self.cleaned_data["hours"]
        if hours > self.most:
            raise forms.ValidationError(_("At most %(most)s.") % {"most": self.most})
        return hours


def longest() -> int:
    """For how many hours an access may be asked for: `emergency.hours` of the edition in force."""
    return int(load().for_case(today(), False, (Family.APPOINTMENT,)).value("emergency.hours"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def emergencies(request: HttpRequest) -> HttpResponse:
    """List emergency accesses, and ask for one. Raises Refused."""
    user: User = request.user  # type: ignore[assignment]
    if not takes_part(user):
        raise Refused(_("You neither ask for emergency access nor approve or inspect it."))
    asks = units_where(user, Act.ASK_EMERGENCY)
    if request.method == "POST" and not asks:
        raise Refused(_("You may not ask for emergency access in this province."))
    form = AskForm(request.POST or None)
    if form.is_valid():
        writers.ask(Unit.objects.get(pk=min(asks)), by=user, **form.cleaned_data)
        messages.success(request, _("Asked. A second person answers; inspectors are told."))
        return redirect("emergencies")
    page = page_of(known_to(user), request)
    lines = [_line(one, user) for one in page.rows]
    context = {"page": page, "lines": lines, "form": form if asks else None}
    return render(request, "emergency/page.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def emergency_answer(request: HttpRequest, number: int) -> HttpResponse:
    """Approve, deny or end an emergency access. Raises Refused and Conflict."""
    user: User = request.user  # type: ignore[assignment]
    access = get_object_or_404(known_to(user), pk=number)
    answer = request.POST.get("answer", "").strip()[:500]
    wish = request.POST.get("wish", "")
    try:
        if wish == "approve":
            writers.approve(access, by=user)
            messages.success(request, _("Approved; the inspectors are told."))
        elif wish == "end":
            writers.end(access, by=user)
            messages.success(request, _("The access is over."))
        elif answer:
            writers.deny(access, by=user, answer=answer)
            messages.success(request, _("Denied."))
        else:
            messages.error(request, _("Say why it is denied."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("emergencies")


def _line(access: EmergencyAccess, user: User) -> dict[str, Any]:
    return {
        "row": access,
        "state": _state(access),
        "open": is_open(access),
        "may_answer": not why_not_answer(user, access),
        "may_end": not why_not_end(user, access),
        "may_read": is_open(access) and access.reader_id == user.pk,
    }


def _state(access: EmergencyAccess) -> str:
    if access.answered_by_id is None:
        return _("waits for an answer")
    if access.until is None:
        return _("denied")
    return _("in use") if is_open(access) else _("over")
