"""Units: who holds which post, what is vacant, whose term ends, who sits in which body."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Prefetch, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_safe

from permissions.checks import today
from permissions.errors import Refused
from permissions.models import User
from processes.cases.people import Reach, units_known_to
from processes.organisation.bodies import Body, Membership
from processes.organisation.people import PostHeld
from processes.organisation.positions import Position
from processes.organisation.staffing import staffed, terms_ending, vacant_seats, with_vacancies
from processes.organisation.units import Unit, in_force
from processes.pages.exports import Listing, file_of
from processes.pages.listing import page_of, words_of
from processes.pages.tables import Cell, Table, cadre_cell, unit_cell
from processes.search.models import Kind

PORTION = 200


class UnitFilter(forms.Form):
    """Which unit the person looks for."""

    q = forms.CharField(label=gettext_lazy("Search"), required=False, max_length=100)
    vacant = forms.BooleanField(label=gettext_lazy("With vacancies only"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["q"].widget.attrs["placeholder"] = _("Name or code of the unit")

    def narrow(self, units: QuerySet[Unit]) -> QuerySet[Unit]:
        """Keep the units in which every word stands somewhere."""
        self.is_valid()
        wish = self.cleaned_data
        units = units.filter(words_of(wish.get("q", ""), kind=Kind.UNIT))
        if wish.get("vacant"):
            free = with_vacancies(Position.objects.in_force(today()), today())
            units = units.filter(pk__in=free.order_by().values("unit"))
        return units


class UnitSheet:
    """What one person sees of a unit today."""

    def __init__(self, unit: Unit, user: User, known: Reach) -> None:
        self.unit, self.user, self.known, self.on = unit, user, known, today()

    @cached_property
    def staffed(self) -> list[Position]:
        """The positions of the unit with their holders."""
        return list(staffed(_positions(self.unit.positions), self.on))

    @property
    def seats(self) -> int:
        """How many seats there are."""
        return sum(position.seats for position in self.staffed)

    @property
    def vacant(self) -> int:
        """How many of them nobody holds."""
        return sum(map(vacant_seats, self.staffed))

    @cached_property
    def positions(self) -> Table:
        """One row for each holder, and one for the free seats of a position."""
        return Table(
            "positions",
            _("Positions"),
            (_("Position"), _("Kind"), _("Held by"), _("Since"), _("Term ends on")),
            [row for position in self.staffed for row in self._seats(position)],
            _("No position is entered for this unit. Ask the process administrator to enter them."),
        )

    def _seats(self, position: Position) -> Iterator[tuple[Cell, ...]]:
        title, kind = position.title, position.get_kind_display()
        for post in position.held_by:  # type: ignore[attr-defined]
            holder = cadre_cell(post.cadre, self.user)
            yield title, kind, holder, post.since, post.term_ends_on
        if free := vacant_seats(position):
            yield title, kind, _vacant(free), None, None

    @cached_property
    def ending(self) -> Table:
        """Whose term ends within the time that a unit looks ahead."""
        posts = terms_ending(PostHeld.objects.filter(unit=self.unit), self.on)
        return Table(
            "ending",
            _("Terms that end within a year"),
            (_("Cadre"), _("Post held"), _("Term ends on")),
            [(cadre_cell(post.cadre, self.user), post.title, post.term_ends_on) for post in posts],
            _("No term ends within a year."),
        )

    @cached_property
    def bodies(self) -> list[Table]:
        """The bodies of the unit with their members of today, by name."""
        members = Membership.objects.filter(in_force(self.on)).select_related("cadre__unit")
        sitting = Prefetch("memberships", members.order_by("cadre__name_sort"), to_attr="sitting")
        found = Body.objects.in_force(self.on).filter(unit=self.unit).order_by("kind", "pk")
        return [self._body(body) for body in found.prefetch_related(sitting)]

    def _body(self, body: Body) -> Table:
        sitting: list[Membership] = body.sitting  # type: ignore[attr-defined]
        return Table(
            f"body-{body.pk}",
            body.name,
            (_("Member"), _("Seat"), _("Since")),
            [
                (cadre_cell(one.cadre, self.user), one.get_seat_display(), one.valid_from)
                for one in sitting
            ],
            _("This body has no member today."),
        )

    @cached_property
    def history(self) -> list[tuple[str, Cell]]:
        """Former names, predecessors and the successor."""
        unit = self.unit
        names = unit.former_names.order_by("valid_from")
        before = unit.predecessors.order_by("code")
        return [
            *((_("Former name"), f"{one.name} ({_span(one)})") for one in names),
            *((_("Predecessor"), unit_cell(one, self.known.covers(one))) for one in before),
            *self._successor(),
        ]

    def _successor(self) -> Iterator[tuple[str, Cell]]:
        unit = self.unit
        if unit.successor:
            yield _("Succeeded by"), unit_cell(unit.successor, self.known.covers(unit.successor))


@login_required
@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """List the units whose staffing the person may see. Raises Refused."""
    known = _known(request.user)  # type: ignore[arg-type]
    wish = UnitFilter(request.GET)
    found = wish.narrow(_units(known)).select_related("level", "province")
    held = Count("positions", filter=in_force(today(), "positions__"), distinct=True)
    page = page_of(found.annotate(number=held).order_by("level__rank", "name", "pk"), request)
    return render(request, "people/units.html", {"page": page, "filter": wish})


@login_required
@require_safe
def unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Show one unit. Raises Refused for whoever may see none."""
    user: User = request.user  # type: ignore[assignment]
    known = _known(user)
    found = Unit.objects.filter(known.within()).select_related("level", "parent", "successor")
    sheet = UnitSheet(get_object_or_404(found, pk=unit_id), user, known)
    return render(request, "people/unit.html", {"sheet": sheet, "unit": sheet.unit})


@login_required
@require_GET
def positions_file(request: HttpRequest, kind: str, unit_id: int | None = None) -> FileResponse:
    """Positions with their holders as a file: of one unit, or of all in the list.

    Raises Refused for whoever may see none.
    """
    user: User = request.user  # type: ignore[assignment]
    known = _known(user)
    one = None if unit_id is None else get_object_or_404(Unit, known.within(), pk=unit_id)
    chosen = [one] if one else UnitFilter(request.GET).narrow(_units(known))
    found = staffed(_positions(Position.objects.filter(unit__in=chosen)), today())
    listing = Listing(
        "positions",
        _("Positions"),
        (
            _("Unit"), _("Code"), _("Position"), _("Title group"), _("Kind"), _("Seats"),
            _("Held by"), _("Since"), _("Term ends on"),
        ),
        _rows(found),
        Position._meta.label_lower,
        unit=one,
    )  # fmt: skip
    return file_of(listing, kind, by=user)


def _known(user: User) -> Reach:
    known = units_known_to(user)
    if not known:
        raise Refused(
            _("Only those who may read people's records, and personnel clerks, see units.")
        )
    return known


def _units(known: Reach) -> QuerySet[Unit]:
    return Unit.objects.in_force(today()).filter(known.within())


def _positions(positions: Any) -> QuerySet[Position]:
    return positions.filter(in_force(today()))


def _rows(positions: QuerySet[Position]) -> Iterator[list[Cell]]:
    """One row for each holder, and one for the free seats of a position."""
    for position in positions.iterator(chunk_size=PORTION):
        about: list[Cell] = [
            str(position.unit), position.code, position.title, str(position.group),
            position.get_kind_display(), position.seats,
        ]  # fmt: skip
        for post in position.held_by:  # type: ignore[attr-defined]
            yield [*about, str(post.cadre), post.since, post.term_ends_on]
        if free := vacant_seats(position):
            yield [*about, _vacant(free), None, None]


def _vacant(seats: int) -> str:
    return _("vacant") if seats == 1 else _("vacant: %(seats)s seats") % {"seats": seats}


def _span(named: Any) -> str:
    until = f"{named.valid_to:%d/%m/%Y}" if named.valid_to else ""
    return f"{named.valid_from:%d/%m/%Y} – {until}"
