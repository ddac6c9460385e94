"""Questions to the dated structure: who stands in a lane, which body sits, who is kin."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from permissions.catalogue import Lane
from permissions.compiled import Compiled
from processes.organisation.bodies import Body, Composition, Membership
from processes.organisation.people import Kinship
from processes.organisation.positions import Competence, TitleGroup
from processes.organisation.units import LaneUnit, Unit

#: Bodies that only a province has.
PROVINCE_BODIES = frozenset(
    {
        Body.Kind.STANDING_COMMITTEE,
        Body.Kind.EXECUTIVE_COMMITTEE,
        Body.Kind.STANDING_BOARD,
        Body.Kind.CONGRESS,
    }
)


class NotSetUp(Exception):
    """The dated data lack a row that a procedure needs; the message says which."""


def organ_in_lane(lane: Lane, *, province: Unit, on: date) -> Unit:
    """The unit that stands in a lane of a province that day; NotSetUp where data name none."""
    rows = _lane_units(province=province.pk, lane=str(lane.value), on=on)
    if not rows:
        raise NotSetUp(
            _("No unit stands in the lane “%(lane)s” of %(province)s on %(day)s; add it in data.")
            % {"lane": lane.label, "province": province, "day": f"{on:%d/%m/%Y}"}
        )
    return rows[0].unit


_lane_units = Compiled(
    lambda province, lane, on: (
        LaneUnit.objects.in_force(on)
        .filter(province=province, lane=lane)
        .select_related("unit")
        .order_by("pk")
    ),
    province=int,
    lane=str,
    on=date,
)


def consulted_organs(province: Unit, on: date) -> list[LaneUnit]:
    """The lanes whose organs are asked for an opinion; NotSetUp where data name none."""
    rows = LaneUnit.objects.in_force(on).filter(province=province, consulted=True)
    found = list(rows.select_related("unit").order_by("lane"))
    if not found:
        raise NotSetUp(
            _("%(unit)s has no organ to be consulted on %(day)s; add it in data.")
            % {"unit": province, "day": f"{on:%d/%m/%Y}"}
        )
    return found


def competence(group: TitleGroup, action: str, *, province: Unit, on: date) -> Competence:
    """Who decides on a title group that day; raises NotSetUp where the matrix has no row."""
    rows = _competences(group=group.pk, action=str(action), province=province.pk, on=on)
    if not rows:
        raise NotSetUp(
            _("The competence matrix has no row for “%(group)s” on %(day)s; add it in data.")
            % {"group": group, "day": f"{on:%d/%m/%Y}"}
        )
    return rows[0]


_competences = Compiled(
    lambda group, action, province, on: (
        Competence.objects.in_force(on)
        .filter(province=province, group=group, action=action)
        .order_by("pk")
    ),
    group=int,
    action=str,
    province=int,
    on=date,
)


def body_at(
    conference: str,
    body_kind: str,
    *,
    edition: str,
    unit: Unit,
    province: Unit,
    group: TitleGroup | None,
    on: date,
) -> Body:
    """The body that sits at a conference: composition data first, else the edition's own kind.

    The most specific composition row wins: edition, title group and province, in this order.
    Raises NotSetUp where that body does not exist on that day.
    """
    rows = _compositions(
        conference=conference, edition=edition, group=group.pk if group else 0,
        province=province.pk, on=on,
    )  # fmt: skip
    best = max(
        rows, key=lambda r: (bool(r.edition), r.group_id or 0, r.province_id or 0), default=None
    )
    kind = best.body_kind if best else body_kind
    own = province if (best and best.in_province) or kind in PROVINCE_BODIES else unit
    bodies = _bodies(unit=own.pk, kind=str(kind), on=on)
    if not bodies:
        raise NotSetUp(
            _("%(unit)s has no body “%(body)s” on %(day)s; add it in data.")
            % {"unit": own, "body": Body.Kind(kind).label, "day": f"{on:%d/%m/%Y}"}
        )
    return bodies[0]


_compositions = Compiled(
    lambda conference, edition, group, province, on: Composition.objects.in_force(on).filter(
        Q(edition="") | Q(edition=edition),
        Q(group__isnull=True) | Q(group=group),
        Q(province__isnull=True) | Q(province=province),
        conference=conference,
    ),
    conference=str,
    edition=str,
    group=int,
    province=int,
    on=date,
)
_bodies = Compiled(
    lambda unit, kind, on: (
        Body.objects.in_force(on).filter(unit=unit, kind=kind).order_by("pk")[:1]
    ),
    unit=int,
    kind=str,
    on=date,
)


def members_on(body: Body, on: date) -> list[Membership]:
    """Members of a body that day, in the order of Vietnamese lists."""
    return _members(body=body.pk, on=on)


_members = Compiled(
    lambda body, on: (
        Membership.objects.in_force(on)
        .filter(body=body)
        .select_related("cadre")
        .order_by("cadre__name_sort")
    ),
    body=int,
    on=date,
)


def kin_of(cadre_ids: set[int]) -> set[int]:
    """Numbers of everybody tied by family to one of these cadres, either way."""
    pairs = _ties(cadres=cadre_ids)
    return {person for pair in pairs for person in pair if person not in cadre_ids}


_ties = Compiled(
    lambda cadres: Kinship.objects.filter(Q(cadre__in=cadres) | Q(relative__in=cadres)).values_list(
        "cadre", "relative"
    ),
    cadres=list,
)
