"""The draft of a form on a page: kept as it is typed, filled in again, and what changed since.

A form page that gets `keep_draft` keeps instead of sending. Whoever's session has ended while
they typed finds what they had typed after signing in again.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import cached_property, wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from permissions.errors import Closed, Conflict, Refused
from permissions.models import User
from processes.audit.models import ChainHead
from processes.cases.drafts import (
    KEPT_FOR,
    Newer,
    Place,
    Typed,
    draft_of,
    forget_draft,
    save_draft,
)
from processes.cases.models import Draft
from processes.pages.blame import FORMLESS
from processes.pages.draft_news import (
    Changed,
    changed_fields,
    news_since,
    offered_by,
    said_in,
)

Make = Callable[..., forms.Form]
View = Callable[..., HttpResponse]

#: Fields of a post that belong to the page, not to what a person typed.
OWN = frozenset(
    {"hand_in_note", "csrfmiddlewaretoken", "keep_draft", "draft_version", "draft_seen", "draft_by"}
)
#: Longer texts of people who are not signed in do not wait for them.
LONGEST = 200_000
_WAITING = "typed"


class Drafts:
    """The draft that the person at this page has of one of its forms."""

    def __init__(self, request: HttpRequest, place: Place) -> None:
        self.request, self.place = request, place
        self.user: User = request.user  # type: ignore[assignment]
        self.newer: Mapping[str, Any] = {}
        self.form: forms.Form | None = None
        self.fresh: forms.Form | None = None

    @cached_property
    def stored(self) -> Draft | None:
        """The draft, with what was typed when a session ended."""
        self.take_in()
        return draft_of(self.place, self.user)

    def fill(self, make: Make, fresh: forms.Form | None = None) -> forms.Form:
        """The form that `make(initial=...)` builds, with the draft in it; `fresh` is without."""
        self.fresh = form = make() if fresh is None else fresh
        if self.stored is not None:
            if getattr(form, "grows_by", 0):  # with as much room as the draft fills
                form = make(initial=self.stored.data)
            kept = {
                name: _value(form, name, said)
                for name, said in self.stored.data.items()
                if name in form.fields and not isinstance(form.fields[name], forms.FileField)
            }
            form = make(initial=kept)
        return self.bind(form)

    def answer(self, make: Make) -> forms.Form:
        """The form as it was sent; where none was, with the draft in it."""
        sent = self.request.method == "POST"
        return self.bind(make(self.request.POST)) if sent else self.fill(make)

    def bind(self, form: forms.Form) -> forms.Form:
        """Let a form on the page know its draft; its template asks for it."""
        self.form = form
        form.draft = self  # type: ignore[attr-defined]
        return form

    @property
    def asked(self) -> bool:
        """Whether the post is to be kept and not to be carried out."""
        return self.request.method == "POST" and "keep_draft" in self.request.POST

    def keep(self, make: Make) -> HttpResponse:
        """Keep what was typed, and say so with what others have changed meanwhile."""
        try:
            draft = self._save(self.request.POST, make)
        except Newer as later:
            return self._kept(later.draft, status=409)
        return self._kept(draft)

    @contextmanager
    def survives(self) -> Iterator[None]:
        """Lose nothing of a form that comes too late or is refused."""
        try:
            yield
        except (Closed, Conflict, Refused):
            if _sender(self.request.POST) == self.user.pk:
                self.rescue()
            raise

    def rescue(self) -> None:
        """Keep what was sent although it cannot be carried out now."""
        typed = Typed(typed_in(self.request.POST), seen=_count(self.request.POST, "seen"))
        save_draft(self.place, by=self.user, typed=typed)
        messages.info(self.request, _("What you typed is kept among your drafts."))

    def forget(self) -> None:
        """The form was sent."""
        forget_draft(self.place, by=self.user)

    # What the template asks.

    @property
    def version(self) -> int:
        """The version that this page knows of."""
        return self.stored.version if self.stored else 0

    @cached_property
    def seen(self) -> int:
        """The last entry of the case that whoever opens the page now has before them."""
        if self.place.case is None:
            return 0
        heads = ChainHead.objects.filter(chain=self.place.case.pk)
        return heads.values_list("seq", flat=True).first() or 0

    @property
    def sender(self) -> str:
        """Who has opened the form, signed, so that nobody else gets what was typed."""
        return Signer(salt="draft").sign(str(self.user.pk))

    @property
    def until(self) -> datetime | None:
        """When a draft that nobody touches is deleted."""
        return self.stored.saved_at + KEPT_FOR if self.stored else None

    @cached_property
    def news(self) -> list[str]:
        """What others have done in the case since the person began to type."""
        if self.stored is None or self.place.case is None:
            return []
        return news_since(self.place.case, self.stored.seen, but=self.user)

    @cached_property
    def changed(self) -> list[Changed]:
        """Fields whose value somebody has changed meanwhile: both values, and what was typed."""
        if self.stored is None or self.fresh is None:
            return []
        return changed_fields(self.fresh, self.stored)

    @property
    def elsewhere(self) -> list[tuple[str, str]]:
        """What was typed in another window than the one whose draft was kept last."""
        return said_in(self.fresh or self.form, self.newer)

    def _save(self, post: QueryDict, make: Make) -> Draft:
        offered = {} if draft_of(self.place, self.user) else _offered(make)
        version = _count(post, "version") if "draft_version" in post else None
        typed = Typed(typed_in(post), version, _count(post, "seen"), offered)
        return save_draft(self.place, by=self.user, typed=typed)

    def _kept(self, draft: Draft, status: int = 200) -> HttpResponse:
        """A line for the page that keeps as one types; for the button, the page again."""
        now = time_format(timezone.localtime(), "H:i")
        said = _("Draft kept at %(time)s.") % {"time": now}
        if status != 200:
            said = _("You have typed into this form in another window. Reload to see that draft.")
        if not self.request.htmx:  # type: ignore[attr-defined]
            level = messages.SUCCESS if status == 200 else messages.WARNING
            messages.add_message(self.request, level, said)
            return redirect(self.request.get_full_path())
        case = self.place.case
        seen = _count(self.request.POST, "seen")
        news = news_since(case, seen, but=self.user) if case and seen else []
        version = draft.version if status == 200 else None
        context = {"said": said, "news": news, "part": self.place.part, "version": version}
        return render(self.request, "forms/_kept.html", context, status=status)

    def take_in(self) -> None:
        """Keep what waits in the session since the person's last one ended."""
        waits = self.request.session.get(_WAITING)
        if waits is None:
            return
        if waits["by"] != self.user.pk:
            del self.request.session[_WAITING]
            return
        if waits["address"] != self.place.address:
            return
        del self.request.session[_WAITING]
        typed = Typed(waits["data"], waits["version"], waits["seen"])
        try:
            save_draft(replace(self.place, part=waits["part"]), by=self.user, typed=typed)
        except Newer:
            self.newer = waits["data"]


def keeps_typing(view: View) -> View:
    """Ask for a session as `login_required` does; what was sent without one is not lost."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        kept = request.method == "POST" and _wait(request)
        if request.htmx:  # type: ignore[attr-defined]
            url = f"{reverse('login')}?{urlencode({'next': request.get_full_path()})}"
            return render(request, "forms/_ended.html", {"url": url, "kept": kept}, status=401)
        return redirect_to_login(request.get_full_path())

    return asked


def address_of(request: HttpRequest, *names: str) -> str:
    """The address by which a form is known: its page, with those of its parameters that count."""
    query = {name: request.GET[name] for name in names if request.GET.get(name)}
    return f"{request.path}?{urlencode(query)}" if query else request.path


def typed_in(post: QueryDict) -> dict[str, Any]:
    """What a person typed of a post, one value or several a field."""
    typed = {name: values for name, values in post.lists() if name not in OWN}
    return {name: vals if len(vals) > 1 else vals[0] for name, vals in typed.items()}


def _offered(make: Make) -> dict[str, Any]:
    """What the form holds; nothing where what it needs has gone since the page was opened."""
    try:
        return offered_by(make())
    except FORMLESS:
        return {}


def _wait(request: HttpRequest) -> bool:
    """Keep what was sent in the session of nobody, for the person who had opened the form."""
    sender = _sender(request.POST)
    if sender is None:
        return False
    typed = typed_in(request.POST)
    if len(json.dumps(typed)) > LONGEST:
        return False
    request.session[_WAITING] = {
        "by": sender,
        "address": address_of(request, "parent"),
        "part": request.POST.get("part", ""),
        "data": typed,
        "version": _count(request.POST, "version"),
        "seen": _count(request.POST, "seen"),
    }
    return True


def _sender(post: QueryDict) -> int | None:
    try:
        return int(Signer(salt="draft").unsign(post.get("draft_by", "")))
    except (BadSignature, ValueError):
        return None


def _count(post: QueryDict, name: str) -> int:
    text = post.get(f"draft_{name}", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _value(form: forms.Form, name: str, said: Any) -> Any:
    """A kept value as its field takes it: one, or many."""
    many = getattr(form.fields[name].widget, "allow_multiple_selected", False)
    if isinstance(said, list):
        return said if many else said[-1]
    return [said] if many else said
