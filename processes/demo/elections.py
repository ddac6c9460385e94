"""What nominations need in the demo province: bodies that elect, posts, nominees, elections."""

from collections.abc import Iterable
from datetime import date, timedelta

from permissions.checks import today
from processes.demo.province import SINCE, Province
from processes.eligibility.roster import assess
from processes.organisation.bodies import Body, Membership
from processes.organisation.elections import Election, ElectionDeadline
from processes.organisation.people import Cadre, Planning
from processes.organisation.positions import Position, TitleGroup
from processes.organisation.units import Unit
from processes.rules import load

#: Elective posts: code, unit, title, group, kind, seats.
POSTS = (
    ("P26-BCH", "P26", "Ủy viên Ban Chấp hành Đảng bộ tỉnh", "committee_member", "party", 50),
    ("UBND-UV", "UBND", "Ủy viên Ủy ban nhân dân tỉnh", "state_member", "state", 40),
    ("D243-UV", "D243", "Ủy viên Ủy ban nhân dân thành phố", "district_member", "state", 15),
    ("HDND-DB", "HDND", "Đại biểu Hội đồng nhân dân tỉnh", "deputy", "state", 60),
)
#: How many people are planned for the posts, in the order of the table; deputies are not planned.
NOMINEES = {"P26-BCH": 18, "UBND-UV": 14, "D243-UV": 4}
DELEGATES, DEPUTIES = 60, 25
NATIONAL = date(2026, 3, 15)
#: Days before the demo's own election by which each part is over.
DEADLINES = {"round_1": 85, "voters": 60, "round_2": 50, "round_3": 35}
AHEAD = timedelta(days=120)


def add_elections(province: Province) -> None:
    """Add everything to a province that was built; the elections are as of today."""
    for code, unit, title, group, kind, seats in POSTS:
        Position.objects.create(
            code=code, unit=province.organ(unit), title=title, kind=kind, seats=seats,
            group=TitleGroup.objects.get(code=group), term_years=5, valid_from=SINCE,
        )  # fmt: skip
    _plan()
    _bodies(province)
    _elections(province)


def _plan() -> None:
    """Plan people who are nobody else's candidates, and who meet every other condition."""
    free = Cadre.objects.filter(plannings=None, user=None).exclude(
        memberships__body__kind=Body.Kind.STANDING_COMMITTEE
    )
    left = list(free.order_by("code").distinct())
    for code, number in NOMINEES.items():
        position = Position.objects.select_related("unit", "group").get(code=code)
        chosen = _fit(left, position)[:number]
        Planning.objects.bulk_create(
            Planning(cadre=cadre, group=position.group, unit=position.unit, approved_on=SINCE)
            for cadre in chosen
        )
        left = [cadre for cadre in left if cadre not in chosen]


def _fit(people: list[Cadre], position: Position) -> list[Cadre]:
    rules = load().for_case(today(), position.kind == Position.Kind.STATE)
    checked = assess(people, position, rules, today())
    return [
        cadre
        for cadre in people
        if {check.code for check in checked[cadre.pk] if check.verdict != "yes"} <= {"in_planning"}
    ]


def _bodies(province: Province) -> None:
    committee = _members(province.unit, Body.Kind.EXECUTIVE_COMMITTEE)
    seated = [cadre.pk for cadre in committee]
    others = list(Cadre.objects.exclude(pk__in=seated).order_by("code"))
    _seat(province.unit, Body.Kind.CONGRESS, "Đại hội đại biểu Đảng bộ tỉnh",
          [*committee, *others[:DELEGATES]])  # fmt: skip
    known = list(Cadre.objects.filter(user__isnull=False).order_by("code"))
    councillors = [cadre for cadre in committee if cadre not in known][:DEPUTIES]
    councillors += [cadre for cadre in known if cadre.unit.code in ("SNV", "SYT")]
    _seat(province.organ("HDND"), Body.Kind.PEOPLES_COUNCIL, "Hội đồng nhân dân tỉnh", councillors)
    city = Cadre.objects.filter(unit__code="D243").order_by("code")
    _seat(province.organ("D243"), Body.Kind.PEOPLES_COUNCIL, "Hội đồng nhân dân thành phố", city)
    for code in ("SNV", "STC", "SYT", "BTGTU", "D243"):
        unit = province.organ(code)
        staff = Cadre.objects.filter(unit=unit).order_by("code")
        _seat(unit, Body.Kind.WORKPLACE_VOTERS, f"Cử tri nơi công tác {unit.name}", staff)


def _members(unit: Unit, kind: str) -> list[Cadre]:
    seats = Membership.objects.filter(body__unit=unit, body__kind=kind).select_related("cadre")
    return [seat.cadre for seat in seats.order_by("pk")]


def _seat(unit: Unit, kind: str, name: str, people: Iterable[Cadre]) -> None:
    body = Body.objects.create(unit=unit, kind=kind, name=name, valid_from=SINCE)
    Membership.objects.bulk_create(
        Membership(body=body, cadre=cadre, valid_from=SINCE) for cadre in people
    )


def _elections(province: Province) -> None:
    """The election of 2026, whose own deadlines are not known, and one that is ahead."""
    Election.objects.create(
        name="Bầu cử đại biểu Quốc hội khóa XVI và đại biểu HĐND các cấp 2026-2031",
        held_on=NATIONAL, source="S82", confidence="verified",
    )  # fmt: skip
    ahead = Election.objects.create(
        name="Bầu cử bổ sung đại biểu HĐND tỉnh (dữ liệu trình diễn)",
        held_on=today() + AHEAD, province=province.unit, source="-", confidence="design",
    )  # fmt: skip
    ElectionDeadline.objects.bulk_create(
        ElectionDeadline(
            election=ahead, part=part, on=ahead.held_on - timedelta(days=days),
            source="-", confidence="design",
        )
        for part, days in DEADLINES.items()
    )  # fmt: skip
