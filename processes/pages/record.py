"""The record of a cadre as tables, one function each; the page shows them in written order."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.formats import localize
from django.utils.translation import gettext as _

from permissions.checks import today
from permissions.models import User
from processes.cases.bars import closed_cases
from processes.cases.models import Case
from processes.cases.people import is_own, units_known_to
from processes.organisation.people import Cadre, PostHeld
from processes.organisation.units import Unit
from processes.pages.labels import ENDS
from processes.pages.tables import Cell, Link, Table, unit_cell
from processes.rotation.missions import MissionOrder, RotationReview
from processes.rotation.rights import readable_missions
from processes.standards.models import TrainingLine


@dataclass(frozen=True)
class Section:
    """A part of the record; a hidden one is not shown to whom it is about."""

    table: "Callable[[Record], Table]"
    hidden: bool = False


class Record:
    """What one person sees of the record of a cadre."""

    def __init__(self, cadre: Cadre, user: User) -> None:
        self.cadre, self.user, self.on = cadre, user, today()

    @cached_property
    def own(self) -> bool:
        """Whether it is the person's own."""
        return is_own(self.user, self.cadre)

    @cached_property
    def tables(self) -> list[Table]:
        """Every part that the person may see."""
        return [one.table(self) for one in SECTIONS if not (one.hidden and self.own)]

    @cached_property
    def facts(self) -> list[tuple[str, Cell]]:
        """Who the cadre is."""
        cadre = self.cadre
        return [
            (_("Identity number"), cadre.code),
            (_("Unit"), self.unit(cadre.unit)),
            (_("Date of birth"), f"{cadre.born_on:%d/%m/%Y}"),
            (_("Sex"), cadre.get_sex_display()),
            (_("Origin"), str(cadre.origin or "–")),
            (_("Joined the Party on"), _day(cadre.party_joined_on)),
            (_("Political theory"), cadre.get_theory_display()),
        ]

    @cached_property
    def posts(self) -> list[PostHeld]:
        """Every post, the latest first."""
        return list(self.cadre.posthelds.select_related("unit").order_by("-since", "-pk"))

    @cached_property
    def missions(self) -> list[MissionOrder]:
        """Missions of the cadre that the reader may know of, with their concluded reviews."""
        done = RotationReview.objects.filter(concluded_on__isnull=False)
        found = readable_missions(self.user).filter(cadre=self.cadre)
        found = found.select_related("position", "unit")
        return list(found.prefetch_related(Prefetch("reviews", done, to_attr="concluded")))

    def unit(self, unit: Unit) -> Cell:
        """A unit, with a link where the person may see its page."""
        return unit_cell(unit, units_known_to(self.user).covers(unit))


def posts(record: Record) -> Table:
    """Posts with their dates."""
    return Table(
        "posts",
        _("Posts"),
        (_("Post held"), _("Unit"), _("Since"), _("Until"), _("Term ends on")),
        [(p.title, record.unit(p.unit), p.since, p.until, p.term_ends_on) for p in record.posts],
        _("No post is known."),
    )


def cases(record: Record) -> Table:
    """Cases about the cadre that the reader may know of and read."""
    about = Case.objects.visible_to(record.user).about({record.cadre.pk}).order_by("-pk")
    shut = closed_cases(record.user)
    return Table(
        "cases",
        _("Cases"),
        (_("Case"), _("Procedure"), _("Subject"), _("Opened"), _("State")),
        [
            (
                Link(case.code, reverse("case", args=[case.pk])),
                str(case.flow_class.process_title),
                case.title,
                case.opened_on,
                str(ENDS.get(case.outcome, case.outcome) or _("under way")),
            )
            for case in about
            if case.pk not in shut
        ],
        _("No case that you may know of is about this cadre."),
    )


def planning(record: Record) -> Table:
    """Approvals in succession planning."""
    rows = record.cadre.plannings.select_related("group", "unit").order_by("-approved_on", "-pk")
    return Table(
        "planning",
        _("Planning"),
        (_("Title group"), _("Unit"), _("Approved on"), _("Until"), _("Document")),
        [(str(p.group), record.unit(p.unit), p.approved_on, p.until, p.document) for p in rows],
        _("In planning for no title."),
    )


def bodies(record: Record) -> Table:
    """Seats in bodies."""
    rows = record.cadre.memberships.select_related("body__unit").order_by("-valid_from", "-pk")
    return Table(
        "bodies",
        _("Bodies"),
        (_("Body"), _("Unit"), _("Seat"), _("Since"), _("Until")),
        [
            (m.body.name, record.unit(m.body.unit), m.get_seat_display(), m.valid_from, m.valid_to)
            for m in rows
        ],
        _("A member of no body."),
    )


def missions(record: Record) -> Table:
    """Missions that the reader may know of."""
    return Table(
        "missions",
        _("Missions"),
        (_("Position"), _("Unit"), _("Number and symbol"), _("Since"), _("Until"), _("Ended on")),
        [
            (
                Link(order.position.title, reverse("mission", args=[order.pk])),
                record.unit(order.unit),
                order.number,
                order.since,
                order.until,
                order.ended_on,
            )
            for order in record.missions
        ],
        _("No mission is known to you."),
    )


def reviews(record: Record) -> Table:
    """Reviews of these missions that are concluded, on the scale of 100."""
    found = [(order, one) for order in record.missions for one in order.concluded]  # type: ignore[attr-defined]
    return Table(
        "reviews",
        _("Reviews of missions"),
        (_("Period"), _("Position"), _("Points"), _("Rating"), _("Concluded on")),
        [
            (
                review.period,
                order.position.title,
                None if review.total is None else localize(review.total),
                review.get_level_display(),
                review.concluded_on,
            )
            for order, review in found
        ],
        _("No review is concluded."),
    )


def degrees(record: Record) -> Table:
    """Diplomas."""
    rows = record.cadre.degrees.order_by("-awarded_on", "-pk")
    return Table(
        "degrees",
        _("Degrees"),
        (_("Rank"), _("Field"), _("Awarded on")),
        [(d.get_rank_display(), d.field, d.awarded_on) for d in rows],
        _("No degree is known."),
    )


def training(record: Record) -> Table:
    """The training plan: courses planned, taken and confirmed."""
    rows = TrainingLine.objects.filter(cadre=record.cadre).select_related("course")
    return Table(
        "training",
        _("Training"),
        (_("Course"), _("Year"), _("State"), _("Certificate"), _("Certificate of")),
        [
            (str(one.course), one.year, one.get_state_display(), one.certificate, one.taken_on)
            for one in rows
        ],
        _("No course is planned or taken."),
    )


def evaluations(record: Record) -> Table:
    """The annual evaluations, the latest first."""
    rows = record.cadre.evaluations.order_by("-year")
    return Table(
        "evaluations",
        _("Evaluations"),
        (_("Year"), _("Grade")),
        [(one.year, one.get_grade_display()) for one in rows],
        _("Not evaluated yet."),
    )


def discipline(record: Record) -> Table:
    """Disciplinary decisions."""
    rows = record.cadre.disciplines.order_by("-decided_on", "-pk")
    return Table(
        "discipline",
        _("Discipline"),
        (_("Form"), _("Decided on"), _("Document")),
        [(one.get_form_display(), one.decided_on, one.document) for one in rows],
        _("None."),
    )


def pending(record: Record) -> Table:
    """Matters that are or were looked into; whom they are about does not read of them here."""
    rows = record.cadre.pendingmatters.order_by("-opened_on", "-pk")
    return Table(
        "pending",
        _("Pending matters"),
        (_("Matter"), _("Opened"), _("Concluded on")),
        [(one.matter, one.opened_on, one.closed_on) for one in rows],
        _("None."),
    )


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else "–"


#: What is hidden from the cadre: cases, which the personal bar closes to whom they are about, and
#: matters that are not concluded (design).
SECTIONS: list[Section] = [
    Section(posts),
    Section(cases, hidden=True),
    Section(planning),
    Section(missions),
    Section(reviews),
    Section(bodies),
    Section(degrees),
    Section(training),
    Section(evaluations),
    Section(discipline),
    Section(pending, hidden=True),
]
