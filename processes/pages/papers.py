"""Papers of a case: upload to an item of the checklist, and download through a check of rights."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from permissions.errors import Refused
from permissions.models import User
from processes.cases.drafts import Place
from processes.dossiers.access import open_document
from processes.dossiers.models import Document
from processes.dossiers.uploads import owners, upload
from processes.organisation.people import Cadre
from processes.pages.blame import add_errors
from processes.pages.drafting import Drafts, address_of, keeps_typing
from processes.pages.refusals import readable_case
from processes.pages.sheet import Sheet, cases_for
from processes.steps.forms import day_field


class UploadForm(forms.Form):
    """A file, the day on which the paper was issued, and whose it is where nobody is chosen."""

    cadre = forms.ModelChoiceField(Cadre.objects.none(), label=gettext_lazy("Whose paper it is"))
    file = forms.FileField(
        label=gettext_lazy("File"), help_text=gettext_lazy("PDF, DOCX, JPEG or PNG.")
    )
    issued_on = day_field(gettext_lazy("Issued on"))

    def __init__(self, *args: Any, people: "QuerySet[Cadre] | None" = None, **kwargs: Any) -> None:
        """`people` are those whose paper it may be; None where nobody has to be named."""
        super().__init__(*args, **kwargs)
        if people is None:
            del self.fields["cadre"]
            return
        field: Any = self.fields["cadre"]
        field.queryset = people
        field.help_text = _("Nobody is chosen yet: it counts for this person only.")
        if not people.exists():
            field.help_text = _("Nobody is on the roster yet; add it when the roster is built.")


@keeps_typing
@require_http_methods(["GET", "HEAD", "POST"])
def upload_paper(request: HttpRequest, case_id: int, item: str) -> HttpResponse:
    """Upload a version of a paper. Raises Refused for whoever may not."""
    user: User = request.user  # type: ignore[assignment]
    case = readable_case(request, case_id, cases_for(user))
    sheet = Sheet(case, user)
    if request.method != "POST" and not sheet.may_upload:
        raise Refused(_("Papers of this case are not yours to add."))
    paper = next((p for p in sheet.papers if p.code == item and p.form == "upload"), None)
    if paper is None:
        raise Http404
    place = Place(address_of(request), title=f"{case.code}: {paper.title}", case=case)
    drafts = Drafts(request, place)
    make = partial(UploadForm, people=owners(case, item))
    if drafts.asked:
        return drafts.keep(make)
    sent = request.method == "POST"
    form = drafts.bind(make(request.POST, request.FILES)) if sent else drafts.fill(make)
    if form.is_valid():
        try:
            with drafts.survives():
                upload(case, by=user, item=item, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            drafts.forget()
            messages.success(request, _("“%(paper)s” is in the dossier.") % {"paper": paper.title})
            return redirect("case", case.pk)
    context = {"form": form, "paper": paper, "case": case, "sheet": sheet}
    return render(request, "cases/upload.html", context, status=422 if form.is_bound else 200)


@login_required
@require_safe
def download(request: HttpRequest, document_id: int) -> HttpResponse:
    """Send a paper; to whoever may not know of its case it does not exist. Raises Refused."""
    user: User = request.user  # type: ignore[assignment]
    document = get_object_or_404(Document.objects.select_related("case"), pk=document_id)
    readable_case(request, document.case_id, cases_for(user))
    suffix = document.file.rpartition(".")[2]
    name = f"{slugify(document.case.code)}-{slugify(document.item)}-v{document.version}.{suffix}"
    content = open_document(document, by=user)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=document.mime, headers=headers)
