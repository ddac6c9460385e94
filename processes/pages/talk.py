"""The talk of a case: read it, say something, word it anew, withdraw it, move it into the case."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from permissions.errors import Conflict, Refused
from permissions.models import User
from processes.audit.models import Event
from processes.audit.trail import record
from processes.cases.drafts import Place
from processes.cases.models import Case
from processes.dossiers.access import reader_role
from processes.dossiers.store import read
from processes.organisation.units import Unit
from processes.pages.blame import add_errors
from processes.pages.drafting import Drafts, address_of, keeps_typing
from processes.pages.reading import note_reading
from processes.pages.refusals import readable_case
from processes.pages.sheet import Sheet, cases_for
from processes.pages.talk_lines import handles, lines_of
from processes.steps.actions import refuse
from processes.steps.fields import NumberField
from processes.steps.forms import offer, text_field
from processes.talk.models import Attachment, Comment
from processes.talk.moving import move, why_not_move
from processes.talk.queries import reachable
from processes.talk.writers import note_units, reword, say, why_not_talk, withdraw


class FilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """None, one or several files."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each as a file of its own."""
        one_by_one = partial(super().clean, initial=initial)
        return [one_by_one(file) for file in data or []]


class CommentForm(forms.Form):
    """What is said, who reads it, and what comes with it."""

    text = text_field(
        gettext_lazy("Comment"),
        max_length=5000,
        help_text=gettext_lazy("Mention people with @ and their account, from the list below."),
    )
    unit = forms.ChoiceField(label=gettext_lazy("Who reads it"), required=False)
    file = FilesField(
        label=gettext_lazy("Attachments"),
        required=False,
        help_text=gettext_lazy("PDF, DOCX, JPEG or PNG."),
    )

    def __init__(self, *args: Any, units: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(unit.pk): unit for unit in units}
        everybody = [("", _("Everybody who may read the case"))]
        only = _("Only %(unit)s")
        offer(self, "unit", everybody + [(k, only % {"unit": u}) for k, u in self.units.items()])


class WordingForm(forms.Form):
    """Another text for a comment, and which one it takes the place of."""

    text = text_field(gettext_lazy("Comment"), max_length=5000)
    seen = NumberField(widget=forms.HiddenInput)


class WithdrawForm(forms.Form):
    """Why a comment is taken back."""

    reason = text_field(gettext_lazy("Reason"), rows=2, required=False, max_length=500)


@keeps_typing
@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show what has been said about a case, and say something. Raises Refused and Conflict."""
    user: User = request.user  # type: ignore[assignment]
    case = readable_case(request, case_id, cases_for(user))
    units = list(Unit.objects.filter(pk__in=note_units(user, case)).order_by("pk"))
    make = partial(CommentForm, units=units)
    title = f"{case.code}: {_('Comment')}"
    drafts = Drafts(request, Place(address_of(request), title=title, case=case))
    if drafts.asked:
        return drafts.keep(make)
    if request.method != "POST":
        note_reading(case, by=user)
        return _shown(request, case, None if why_not_talk(user, case) else drafts.fill(make))
    form = drafts.bind(make(request.POST, request.FILES))
    with drafts.survives(), _told(case, user):
        if form.is_valid() and _said(form, case, user):  # type: ignore[arg-type]
            drafts.forget()
            messages.success(request, _("Your comment is written."))
            return redirect("talk", case.pk)
    return _shown(request, case, form, status=422)


@keeps_typing
@require_http_methods(["GET", "HEAD", "POST"])
def talk_edit(request: HttpRequest, case_id: int, comment_id: int) -> HttpResponse:
    """Word a comment of one's own anew. Raises Refused and Conflict."""
    user: User = request.user  # type: ignore[assignment]
    comment = _comment(request, case_id, comment_id)
    last = comment.versions.order_by("-number")[0]
    held = {"text": getattr(getattr(last, "content", None), "text", ""), "seen": last.number}

    def make(data: Any = None, initial: dict[str, Any] | None = None) -> WordingForm:
        return WordingForm(data, initial=held | (initial or {}) | {"seen": last.number})

    place = Place(address_of(request), title=f"{comment.case}: {_('Comment')}", case=comment.case)
    drafts = Drafts(request, place)
    with drafts.survives(), _told(comment.case, user):
        if comment.by_id != user.pk:
            raise Refused(_("Only who wrote a comment changes or withdraws it."))
        if last.withdrawn or comment.case.finished:
            raise Conflict(
                why_not_talk(user, comment.case) or _("This comment has been withdrawn.")
            )
        if drafts.asked:
            return drafts.keep(make)
        form = drafts.bind(make(request.POST)) if request.method == "POST" else drafts.fill(make)
        if form.is_valid() and _done(form, partial(reword, comment, by=user)):
            drafts.forget()
            messages.success(request, _("The comment has another text; the former one stays."))
            return redirect("talk", case_id)
    return _asked(request, comment, form, _("Word the comment anew"))


@keeps_typing
@require_http_methods(["GET", "HEAD", "POST"])
def talk_withdraw(request: HttpRequest, case_id: int, comment_id: int) -> HttpResponse:
    """Take a comment of one's own back. Raises Refused and Conflict."""
    user: User = request.user  # type: ignore[assignment]
    comment = _comment(request, case_id, comment_id)
    title = f"{comment.case.code}: {_('Withdraw the comment')}"
    drafts = Drafts(request, Place(address_of(request), title=title, case=comment.case))
    with drafts.survives(), _told(comment.case, user):
        if comment.by_id != user.pk:
            raise Refused(_("Only who wrote a comment changes or withdraws it."))
        if drafts.asked:
            return drafts.keep(WithdrawForm)
        sent = request.method == "POST"
        form = drafts.bind(WithdrawForm(request.POST)) if sent else drafts.fill(WithdrawForm)
        if form.is_valid():
            drafts.forget()
            withdraw(comment, by=user, reason=form.cleaned_data["reason"])
            messages.success(request, _("The comment is withdrawn."))
            return redirect("talk", case_id)
    return _asked(request, comment, form, _("Withdraw the comment"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def talk_move(request: HttpRequest, case_id: int, comment_id: int) -> HttpResponse:
    """Move what was said into the dossier of the case. Raises Refused and Conflict."""
    user: User = request.user  # type: ignore[assignment]
    comment = _comment(request, case_id, comment_id)
    with _told(comment.case, user):
        if reason := why_not_move(user, comment.case):
            raise (Conflict if comment.case.finished else Refused)(reason)
        if request.method == "POST":
            move(comment, by=user)
            messages.success(request, _("The comment is in the dossier now."))
            return redirect("case", case_id)
    return _asked(request, comment, None, _("Move into the case"))


@login_required
@require_safe
def talk_file(request: HttpRequest, case_id: int, attachment_id: int) -> HttpResponse:
    """Send what is attached to a comment, with an entry. Raises Refused."""
    user: User = request.user  # type: ignore[assignment]
    case = readable_case(request, case_id, cases_for(user))
    readable = [line.comment.pk for line in lines_of(case, user) if line.readable]
    file = get_object_or_404(Attachment, pk=attachment_id, comment__in=readable)
    with transaction.atomic():
        content = read(file.file, file.sha256, file.name, case.pk)
        facts = {"title": file.name, "version": 1, "comment": file.comment_id}
        record(
            Event.DOWNLOADED, by=user, role=reader_role(user, case), case=case, unit=case.unit,
            documents=[file.sha256], facts=facts,
        )  # fmt: skip
    stem, _dot, suffix = file.name.rpartition(".")
    name = f"{slugify(case.code)}-{slugify(stem) or file.pk}.{suffix}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=file.mime, headers=headers)


def _comment(request: HttpRequest, case_id: int, comment_id: int) -> Comment:
    """A comment that the person reads; Http404 for any other."""
    user: User = request.user  # type: ignore[assignment]
    case = readable_case(request, case_id, cases_for(user))
    found = Comment.objects.filter(case=case).visible_to(user).select_related("by", "unit")
    comment: Comment = get_object_or_404(found, pk=comment_id)
    comment.case = case
    return comment


def _said(form: CommentForm, case: Case, user: User) -> bool:
    sent = form.cleaned_data
    unit = form.units.get(sent["unit"])
    return _done(form, lambda text, **_rest: say(
        case, by=user, text=text, unit=unit, files=sent["file"]
    ))  # fmt: skip


def _done(form: forms.Form, act: Any) -> bool:
    try:
        act(**form.cleaned_data)
    except ValidationError as error:
        add_errors(form, error)
        return False
    return True


class _told:  # noqa: N801 -- reads as a clause: with told(case, user)
    """Let a refusal be an entry of the case."""

    def __init__(self, case: Case, user: User) -> None:
        self.case, self.user = case, user

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        if isinstance(error, Refused):
            refuse(self.case, by=self.user, reason=str(error))
            error.noted = True


def _shown(
    request: HttpRequest, case: Case, form: forms.Form | None, status: int = 200
) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]
    context = {
        "case": case,
        "sheet": Sheet(case, user),
        "lines": lines_of(case, user),
        "form": form,
        "people": handles(reachable(case)) if form else [],
        "why_not": why_not_talk(user, case),
    }
    return render(request, "talk/page.html", context, status=status)


def _asked(
    request: HttpRequest, comment: Comment, form: forms.Form | None, title: str
) -> HttpResponse:
    """The page that asks once more: about one comment."""
    user: User = request.user  # type: ignore[assignment]
    line = next(one for one in lines_of(comment.case, user) if one.comment.pk == comment.pk)
    context = {"case": comment.case, "sheet": Sheet(comment.case, user), "line": line}
    context |= {"form": form, "title": title}
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "talk/one.html", context, status=status)
