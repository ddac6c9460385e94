"""Cadres: the list of those whose records a person may read, the record of one, and the files."""

from collections.abc import Iterator

from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_safe

from permissions.checks import today
from permissions.errors import Personal, Refused
from permissions.models import User
from processes.cases.bars import family_of
from processes.cases.people import may_read_record, people_for, reach_of, why_record_closed
from processes.organisation.people import Cadre, PostHeld
from processes.organisation.staffing import held_on
from processes.pages.exports import Listing, file_of
from processes.pages.listing import page_of, words_of
from processes.pages.reading import note_record_read, note_record_refused
from processes.pages.record import Record
from processes.pages.tables import Cell, joined
from processes.search.models import Kind

PORTION = 500


class PeopleFilter(forms.Form):
    """Whom the person looks for."""

    q = forms.CharField(label=gettext_lazy("Search"), required=False, max_length=100)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["q"].widget.attrs["placeholder"] = _("Name, identity number or unit")

    def narrow(self, cadres: QuerySet[Cadre]) -> QuerySet[Cadre]:
        """Keep the cadres in whom every word stands somewhere."""
        self.is_valid()
        return cadres.filter(words_of(self.cleaned_data.get("q", ""), kind=Kind.CADRE))


@login_required
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """List the cadres whose records the person may read, by given name. Raises Refused."""
    user: User = request.user  # type: ignore[assignment]
    _guard_list(user)
    wish = PeopleFilter(request.GET)
    page = page_of(_listed(wish.narrow(people_for(user))), request)
    context = {"page": page, "filter": wish, "closed": family_of(user).kin}
    return render(request, "people/list.html", context)


@login_required
@require_safe
def person(request: HttpRequest, cadre_id: int) -> HttpResponse:
    """Show the record of a cadre; whose it is sees it without what is hidden. Raises Refused.

    Reading somebody else's leaves an entry for each reader, cadre and day.
    """
    user: User = request.user  # type: ignore[assignment]
    cadres = Cadre.objects.select_related("unit", "origin")
    cadre = get_object_or_404(cadres, pk=cadre_id)
    if not may_read_record(user, cadre):
        raise Http404
    if reason := why_record_closed(user, cadre):
        note_record_refused(cadre, by=user, reason=reason)
        raise Personal(reason, noted=True)
    record = Record(cadre, user)
    if not record.own:
        note_record_read(cadre, by=user)
    listed = bool(reach_of(user))
    return render(request, "people/person.html", {"record": record, "listed": listed})


@login_required
@require_GET
def people_file(request: HttpRequest, kind: str) -> FileResponse:
    """The cadres of the list as a file, without relatives. Raises Refused."""
    user: User = request.user  # type: ignore[assignment]
    _guard_list(user)
    found = PeopleFilter(request.GET).narrow(people_for(user)).exclude(pk__in=family_of(user).kin)
    listing = Listing(
        "cadres",
        _("Cadres"),
        (
            _("Name"), _("Identity number"), _("Date of birth"), _("Sex"), _("Unit"), _("Posts"),
            _("Term ends on"),
        ),
        _rows(_listed(found)),
        Cadre._meta.label_lower,
    )  # fmt: skip
    return file_of(listing, kind, by=user)


def _guard_list(user: User) -> None:
    if not reach_of(user):
        raise Refused(_("Only those who may read people's records see the list of cadres."))


def _listed(cadres: QuerySet[Cadre]) -> QuerySet[Cadre]:
    """With the posts that they hold today, in the order of Vietnamese lists."""
    held = PostHeld.objects.filter(held_on(today())).select_related("unit").order_by("since", "pk")
    present = Prefetch("posthelds", held, to_attr="present")
    return cadres.select_related("unit").prefetch_related(present).order_by("name_sort", "pk")


def _rows(cadres: QuerySet[Cadre]) -> Iterator[list[Cell]]:
    for cadre in cadres.iterator(chunk_size=PORTION):
        held: list[PostHeld] = cadre.present  # type: ignore[attr-defined]
        yield [
            str(cadre), cadre.code, cadre.born_on, cadre.get_sex_display(), str(cadre.unit),
            joined(f"{post.title}, {post.unit}" for post in held),
            joined(post.term_ends_on for post in held),
        ]  # fmt: skip
