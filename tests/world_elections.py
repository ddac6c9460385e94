"""What nominations need besides the small world: bodies that elect, lanes, posts and nominees."""

from dataclasses import dataclass
from datetime import timedelta

from permissions.catalogue import Lane, Role
from permissions.checks import today
from permissions.grants import grant
from processes.organisation.bodies import Body
from processes.organisation.elections import Election
from processes.organisation.people import Cadre, Planning, PostHeld
from processes.organisation.positions import Competence, Position, TitleGroup, TitleStandard
from processes.organisation.units import LaneUnit, Level, Unit
from tests.world import SINCE, World, make_body, make_cadre, make_user, small_world

LANES = {
    Lane.EC: "P26",
    Lane.CONGRESS: "P26",
    Lane.SUPERIOR: "VPTU",
    Lane.FRONT: "MTTQ",
    Lane.PC: "HDND",
    Lane.ELECTION: "HDND",
}
STAFF = {
    "liaison": (Role.LIAISON, "VPTU"),
    "front": (Role.LIAISON, "MTTQ"),
    "election": (Role.LIAISON, "HDND"),
    "province_clerk": (Role.UNIT_CLERK, "P26"),
    "council_clerk": (Role.UNIT_CLERK, "HDND"),
    "commune_clerk": (Role.UNIT_CLERK, "XA"),
}
POSTS = {  # name: unit, title, kind, seats
    "secretary": ("P26", "Phó Bí thư Tỉnh ủy", "party", 1),
    "committee": ("P26", "Ủy viên Ban Thường vụ Tỉnh ủy", "party", 9),
    "chair": ("UBND", "Phó Chủ tịch Ủy ban nhân dân tỉnh", "state", 1),
    "commune": ("XA", "Chủ tịch Ủy ban nhân dân xã", "state", 1),
    "deputy": ("HDND", "Đại biểu Hội đồng nhân dân tỉnh", "state", 50),
}


@dataclass
class ElectionWorld(World):
    """The small world, an election ahead, and the people who may be nominated."""

    election: Election | None = None


def election_world() -> ElectionWorld:
    """Build it on top of the small world."""
    small = small_world()
    world = ElectionWorld(**vars(small))
    _units(world)
    for name, (role, unit) in STAFF.items():
        world.people[name] = make_user(name)
        grant(world.people[name], role, world.units[unit], by=None, since=SINCE)
    world.group = TitleGroup.objects.create(code="elective", name="Chức danh do bầu", rank=2)
    Competence.objects.create(
        province=world.units["P26"], group=world.group, action="nominate",
        deciding_body="standing_committee", valid_from=SINCE, source="test",
    )  # fmt: skip
    TitleStandard.objects.create(
        group=world.group, political_theory="advanced", degrees=1, valid_from=SINCE, source="test"
    )
    for name, (unit, title, kind, seats) in POSTS.items():
        world.positions[name] = Position.objects.create(
            code=f"E-{name}", unit=world.units[unit], title=title, group=world.group, kind=kind,
            seats=seats, valid_from=SINCE,
        )  # fmt: skip
    world.candidates = [nominee(world) for _n in range(5)]
    _bodies(world)
    world.election = Election.objects.create(
        name="Bầu cử thử", held_on=today() + timedelta(days=120), source="test"
    )
    return world


def nominee(world: World) -> Cadre:
    """A cadre of the department in planning for every elective post."""
    department = world.units["SNV"]
    cadre = make_cadre(department)
    PostHeld.objects.create(
        cadre=cadre, title="Giám đốc", group=world.group, unit=department, since=SINCE
    )
    Planning.objects.bulk_create(
        Planning(cadre=cadre, group=world.group, unit=world.units[unit], approved_on=SINCE)
        for unit in ("P26", "UBND", "XA")
    )
    return cadre


def _units(world: World) -> None:
    province = world.units["P26"]
    commune, _made = Level.objects.get_or_create(
        code="commune", defaults={"name": "commune", "rank": 9}
    )
    organ = Level.objects.get(code="organ")
    for code, level in (("MTTQ", organ), ("HDND", organ), ("XA", commune)):
        world.units[code] = Unit.objects.create(
            code=code, name=f"Cơ quan {code}", level=level, parent=province, province=province,
            valid_from=SINCE,
        )  # fmt: skip
    for lane, code in LANES.items():
        LaneUnit.objects.create(
            province=province, lane=lane, unit=world.units[code], valid_from=SINCE
        )


def _bodies(world: World) -> None:
    kinds, province = Body.Kind, world.units["P26"]
    committee = [seat.cadre for seat in world.bodies["standing_committee"].memberships.all()]
    members = [make_cadre(province) for _n in range(4)]
    delegates = [*committee, *members, make_cadre(province)]
    staff = list(Cadre.objects.filter(unit=world.units["SNV"]))
    deputies = [make_cadre(province, make_user(f"deputy{n}")) for n in range(3)]
    deputies += [make_cadre(province) for _n in range(4)]
    commune = [make_cadre(world.units["XA"], make_user(f"commune{n}")) for n in range(5)]
    world.bodies |= {
        "executive": make_body(province, kinds.EXECUTIVE_COMMITTEE, [*committee, *members]),
        "province_key": make_body(province, kinds.KEY_CADRES, delegates),
        "congress": make_body(province, kinds.CONGRESS, delegates),
        "council": make_body(world.units["HDND"], kinds.PEOPLES_COUNCIL, deputies),
        "commune_council": make_body(world.units["XA"], kinds.PEOPLES_COUNCIL, commune),
        "voters": make_body(world.units["SNV"], kinds.WORKPLACE_VOTERS, staff),
    }
