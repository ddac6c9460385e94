"""The bodies of the demo province, and who sits in them."""

from collections.abc import Iterable, Mapping
from datetime import date

from processes.demo.people import Person, Staff
from processes.demo.tables import table
from processes.organisation.bodies import Body, Membership
from processes.organisation.units import Unit

Kind, Seat = Body.Kind, Membership.Seat
COMMITTEE, TELLERS = 5, 4
_SEATS = table("standing_committee")
_NAMES = {
    Kind.LEADERSHIP: "Tập thể lãnh đạo {unit}",
    Kind.LEADERSHIP_EXTENDED: "Tập thể lãnh đạo mở rộng {unit}",
    Kind.KEY_CADRES: "Cán bộ chủ chốt {unit}",
    Kind.PARTY_COMMITTEE: "Cấp ủy {unit}",
    Kind.COUNTING_TEAM: "Tổ kiểm phiếu {unit}",
    Kind.STANDING_COMMITTEE: "Ban Thường vụ Tỉnh ủy",
    Kind.EXECUTIVE_COMMITTEE: "Ban Chấp hành Đảng bộ tỉnh",
    Kind.STANDING_BOARD: "Thường trực Tỉnh ủy",
}


class Seating:
    """Collects bodies and memberships, to be saved in two queries."""

    def __init__(self, since: date) -> None:
        self._since = since
        self._bodies: list[Body] = []
        self._memberships: list[Membership] = []

    def save(self) -> None:
        """Write everything that was seated."""
        Body.objects.bulk_create(self._bodies)
        Membership.objects.bulk_create(self._memberships)

    def unit(self, staff: Staff) -> None:
        """The five bodies of a unit; its personnel section attends the leadership's without a vote.

        (The section attends conference 1 without a vote: D170 art. 33.)
        """
        personnel, sections = staff.staff[0], staff.staff[1:]
        leadership = self._seat(staff.unit, Kind.LEADERSHIP, staff.leading)
        self._add(leadership, personnel, votes=False)
        self._seat(staff.unit, Kind.LEADERSHIP_EXTENDED, [*staff.post, *sections])
        self._seat(staff.unit, Kind.KEY_CADRES, staff.everybody)
        self._seat(staff.unit, Kind.PARTY_COMMITTEE, [*staff.post, *sections][:COMMITTEE])
        self._seat(staff.unit, Kind.COUNTING_TEAM, sections[:TELLERS])

    def province(self, units: Mapping[str, Staff], province: Unit) -> None:
        """The province's bodies: leaders of its organs and districts beside its own."""
        seats = [(units[row["unit"]].find("post", row["number"]), row) for row in _SEATS]
        standing = [person for person, _row in seats]
        heads = [person for staff in units.values() for person in staff.post[:1]]
        deputies = [person for staff in units.values() for person in staff.post[1:]]
        executive = [*standing, *(p for p in heads if p not in standing)]
        everybody = [*executive, *(p for p in deputies if p not in executive)]
        self._seat(province, Kind.STANDING_BOARD, units[province.code].post)
        self._seat(province, Kind.STANDING_COMMITTEE, standing)
        self._seat(province, Kind.EXECUTIVE_COMMITTEE, executive)
        self._seat(province, Kind.KEY_CADRES, everybody)
        self._seat(province, Kind.COUNTING_TEAM, [p for p, row in seats if row["teller"] == "1"])

    def _seat(self, unit: Unit, kind: Body.Kind, people: Iterable[Person]) -> Body:
        name = _NAMES[kind].format(unit=unit.name)
        body = Body(unit=unit, kind=kind, name=name, valid_from=self._since)
        self._bodies.append(body)
        for person in people:
            self._add(body, person)
        return body

    def _add(self, body: Body, person: Person, *, votes: bool = True) -> None:
        self._memberships.append(
            Membership(
                body=body,
                cadre=person.cadre,
                seat=_place(person, body.unit),
                votes=votes,
                valid_from=self._since,
            )
        )


def _place(person: Person, unit: Unit) -> Membership.Seat:
    """Head and deputies of this very unit; whoever comes from elsewhere is a member."""
    if person.post is None or person.post.unit != unit:
        return Seat.MEMBER
    return Seat.HEAD if person.post.is_head else Seat.DEPUTY
