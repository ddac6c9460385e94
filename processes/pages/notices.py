"""The bell, the list of notices, and how a person wants to be told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from permissions.models import User
from processes.cases.bars import closed_cases
from processes.dossiers.checklist import item_name, items_of
from processes.notices.choosing import channels_of, choose, enter_address
from processes.notices.kinds import Channels, Kind, Mailing
from processes.notices.models import Notice
from processes.notices.sending import settings_of
from processes.organisation.horizon import row_number
from processes.pages.by_shape import find
from processes.pages.labels import DEADLINES
from processes.pages.listing import page_of

#: The bell counts no further.
MANY = 100


@dataclass(frozen=True)
class Line:
    """One notice as it reads now."""

    notice: Notice
    closed: bool

    @property
    def about(self) -> str:
        """The step, and the deadline with its day; nothing of a case that is closed."""
        task, facts = self.notice.task, self.notice.facts
        said = []
        if task is not None:
            said.append(f"{task.flow_task.code} {task.flow_task.task_title}")
        if rule := facts.get("rule"):
            said.append(str(DEADLINES.get(rule, rule)))
        if (code := facts.get("paper")) and self.notice.case is not None:
            item = items_of(self.notice.case).get(code)
            said.append(item_name(item) if item else code)
        if day := facts.get("due_on"):
            said.append(_("due on %(day)s") % {"day": f"{date.fromisoformat(day):%d/%m/%Y}"})
        return "" if self.closed else "; ".join(said)


class SettingsForm(forms.Form):
    """The address where none is known, language and time of mails, the channels of each kind."""

    address = forms.EmailField(
        label=gettext_lazy("Mail address"),
        required=False,
        max_length=254,
        help_text=gettext_lazy(
            "Enter it once; later the process administrator maintains it. Mails hold numbers "
            "and links, never a name."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    language = forms.ChoiceField(
        label=gettext_lazy("Language of mails"), choices=settings.LANGUAGES
    )
    digest_at = forms.TimeField(
        label=gettext_lazy("Time of the daily mail"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if user.email:
            del self.fields["address"]
        known = settings_of(user)
        self.fields["language"].initial = known.language
        self.fields["digest_at"].initial = known.digest_at
        for kind, want in channels_of(user).items():
            self.fields[f"{kind}_page"] = _tick(_("in the page"), want.page)
            self.fields[f"{kind}_desktop"] = _tick(_("on the desktop"), want.desktop)
            self.fields[f"{kind}_mail"] = forms.ChoiceField(
                label=_("by mail"), choices=Mailing.choices, initial=want.mail
            )

    @property
    def rows(self) -> Iterator[tuple[Any, Any, Any, Any]]:
        """Each kind with its three fields."""
        for kind in Kind:
            page, desktop, mail = (self[f"{kind}_{way}"] for way in ("page", "desktop", "mail"))
            yield kind.label, page, desktop, mail

    @property
    def channels(self) -> dict[Kind, Channels]:
        """What was chosen for each kind."""
        said = self.cleaned_data
        return {
            kind: Channels(
                said[f"{kind}_page"], said[f"{kind}_desktop"], Mailing(said[f"{kind}_mail"])
            )
            for kind in Kind
        }


@login_required
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """Show what the person was told, the latest first."""
    user: User = request.user  # type: ignore[assignment]
    found = Notice.objects.in_page(user).select_related("case", "task", "by").order_by("-pk")
    page, closed = page_of(found, request), closed_cases(user)
    lines = [Line(notice, notice.case_id in closed) for notice in page.rows]
    return render(request, "notices/page.html", {"page": page, "lines": lines})


@login_required
@require_safe
def bell(request: HttpRequest) -> HttpResponse:
    """The bell with the number of unread notices, for the head of every page."""
    user: User = request.user  # type: ignore[assignment]
    count = len(find(_unread, False, user))
    newest = find(_unread, True, user) if count else []
    shown = f"{MANY - 1}+" if count == MANY else str(count)
    response = render(
        request,
        "notices/_bell.html",
        {"count": count, "shown": shown, "newest": newest[0][0] if newest else 0},
    )
    response["Cache-Control"] = "no-store"
    return response


def _unread(newest: bool, user: User, _on: date) -> Any:
    """Unread notices; or only the newest of those that are told on the desktop."""
    unread = Notice.objects.unread(user).values_list("pk")
    return unread.filter(desktop=True).order_by("-pk")[:1] if newest else unread[:MANY]


@login_required
@require_safe
def open_notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Go to what the notice is about; it is read then."""
    user: User = request.user  # type: ignore[assignment]
    notice = get_object_or_404(Notice.objects.for_reader(user), pk=notice_id)
    _read(user, pk=notice.pk)
    if notice.kind == Kind.EMERGENCY:
        return redirect("emergencies")
    if notice.kind == Kind.RETENTION:
        return redirect("retention")
    if notice.case_id is None:
        return redirect("notices")
    if notice.task_id is not None:
        return redirect("task", notice.case_id, notice.task_id)
    return redirect("case", notice.case_id)


@login_required
@require_POST
def all_read(request: HttpRequest) -> HttpResponse:
    """Mark as read: one notice, or all up to the newest that the page has shown."""
    user: User = request.user  # type: ignore[assignment]
    one, last = (request.POST.get(name, "") for name in ("notice", "until"))
    if number := row_number(one):
        _read(user, pk=number)
    elif number := row_number(last):
        _read(user, pk__lte=number)
    return redirect("notices")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    """Let the person choose how to be told."""
    user: User = request.user  # type: ignore[assignment]
    form = SettingsForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if said.get("address"):
            enter_address(said["address"], by=user)
        choose(form.channels, language=said["language"], digest_at=said["digest_at"], by=user)
        messages.success(request, _("Your choice is kept."))
        return redirect(reverse("notice_settings"))
    return render(request, "notices/settings.html", {"form": form})


def _read(user: User, **which: int) -> None:
    mine = Notice.objects.filter(person=user, read_at__isnull=True)
    mine.filter(**which).update(read_at=timezone.now())


def _tick(label: str, chosen: bool) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, initial=chosen)
