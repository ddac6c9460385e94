"""A small province for tests: one department, the organs that a case meets, and their people."""

from dataclasses import dataclass, field
from datetime import date
from itertools import count

from permissions.catalogue import Lane, Role
from permissions.checks import today
from permissions.grants import grant
from permissions.models import User
from processes.organisation.bodies import Body, Membership
from processes.organisation.people import (
    AssetDeclaration,
    Cadre,
    Degree,
    Evaluation,
    HealthCertificate,
    Planning,
    PostHeld,
)
from processes.organisation.positions import Competence, Position, TitleGroup, TitleStandard
from processes.organisation.units import LaneUnit, Level, Unit

SINCE = date(2015, 1, 1)
_numbers = count(1)
GIVEN = ("An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Khánh", "Lan", "Minh", "Nga", "Phúc", "Quân")

LANES = {
    Lane.OC: "BTCTU",
    Lane.IC: "UBKTTU",
    Lane.IA: "BNCTU",
    Lane.POL: "CAT",
    Lane.OFFICE: "VPTU",
    Lane.PCOM: "UBND",
    Lane.SC: "P26",
    Lane.SEC: "P26",
    Lane.STANDING: "P26",
    Lane.AUDIT: "P26",
}
CONSULTED = (Lane.IC, Lane.IA, Lane.POL)

STAFF = {
    "clerk": (Role.UNIT_CLERK, "SNV"),
    "head": (Role.UNIT_HEAD, "SNV"),
    "party": (Role.UNIT_PARTY, "SNV"),
    "oc_clerk": (Role.OC_CLERK, "BTCTU"),
    "oc_head": (Role.OC_HEAD, "BTCTU"),
    "ic": (Role.ORGAN_OFFICER, "UBKTTU"),
    "ic_clerk": (Role.IC_CLERK, "UBKTTU"),
    "ic_head": (Role.IC_HEAD, "UBKTTU"),
    "ia": (Role.ORGAN_OFFICER, "BNCTU"),
    "pol": (Role.ORGAN_OFFICER, "CAT"),
    "standing": (Role.STANDING_MEMBER, "P26"),
    "sc_clerk": (Role.SC_CLERK, "P26"),
    "secretary": (Role.SECRETARY, "P26"),
    "chair": (Role.STATE_CHAIR, "UBND"),
    "office": (Role.OFFICE_CLERK, "VPTU"),
    "inspector": (Role.INSPECTOR, "P26"),
    "admin": (Role.ADMINISTRATOR, "P26"),
    "stranger": (Role.UNIT_CLERK, "STC"),
}


@dataclass
class World:
    """What the tests speak of by name."""

    units: dict[str, Unit]
    people: dict[str, User]
    bodies: dict[str, Body]
    group: TitleGroup
    candidates: list[Cadre]
    positions: dict[str, Position] = field(default_factory=dict)

    def __getitem__(self, name: str) -> User:
        return self.people[name]


def make_cadre(unit: Unit, user: User | None = None, **facts: object) -> Cadre:
    """A cadre who meets every condition of an appointment."""
    number = next(_numbers)
    cadre = Cadre.objects.create(
        code=f"{number:012d}",
        family_name="Nguyễn",
        middle_name="Thử",
        given_name=GIVEN[number % len(GIVEN)],
        born_on=facts.pop("born_on", date(today().year - 42, 3, 1)),
        sex=facts.pop("sex", Cadre.Sex.FEMALE if number % 2 else Cadre.Sex.MALE),
        unit=unit,
        theory=facts.pop("theory", "advanced"),
        party_joined_on=SINCE,
        user=user,
    )
    for year in range(today().year - 4, today().year):
        Evaluation.objects.create(cadre=cadre, year=year, grade="good")
    Degree.objects.create(cadre=cadre, rank="bachelor", field="Luật", awarded_on=SINCE)
    HealthCertificate.objects.create(cadre=cadre, issued_on=today(), fit=True)
    AssetDeclaration.objects.create(cadre=cadre, declared_on=today(), verified_on=today())
    return cadre


def make_user(name: str, **kwargs: object) -> User:
    """An account without a password."""
    user = User(username=name, last_name="Trần Thử", first_name=name.title(), **kwargs)
    user.set_unusable_password()
    user.save()
    return user


def make_body(unit: Unit, kind: str, members: list[Cadre]) -> Body:
    """A body whose first member is its head."""
    body = Body.objects.create(unit=unit, kind=kind, name=f"{kind} {unit}", valid_from=SINCE)
    Membership.objects.bulk_create(
        Membership(
            body=body,
            cadre=cadre,
            seat="head" if index == 0 else "member",
            valid_from=SINCE,
        )
        for index, cadre in enumerate(members)
    )
    return body


def small_world(leaders: int = 8) -> World:
    """Build it; the leadership collective of the department has `leaders` members."""
    units = _units()
    people = {name: make_user(name) for name in STAFF}
    for name, (role, unit) in STAFF.items():
        grant(people[name], role, units[unit], by=None, since=SINCE)
    group = TitleGroup.objects.create(code="deputy-director", name="Phó giám đốc sở", rank=3)
    Competence.objects.create(
        province=units["P26"], group=group, action="appoint", deciding_body="standing_committee",
        policy_request=True, valid_from=SINCE, source="test",
    )  # fmt: skip
    TitleStandard.objects.create(
        group=group, political_theory="advanced", degrees=1, valid_from=SINCE, source="test"
    )
    bodies = _bodies(units, people, leaders)
    world = World(units, people, bodies, group, [])
    world.positions = {
        kind: Position.objects.create(
            code=f"SNV-{kind}", unit=units["SNV"], title="Phó giám đốc", group=group, kind=kind,
            valid_from=SINCE,
        )
        for kind in Position.Kind.values
    }  # fmt: skip
    world.candidates = [make_candidate(world) for _n in range(4)]
    return world


def staff_second_unit(world: World) -> Unit:
    """People of the other department, where somebody else works; its clerk is `stranger`."""
    unit = world.units["STC"]
    accounts = [make_user(f"stc_{name}") for name in ("head", "party", "teller1", "teller2")]
    world.people |= {user.username: user for user in accounts}
    grant(accounts[0], Role.UNIT_HEAD, unit, by=None, since=SINCE)
    grant(accounts[1], Role.UNIT_PARTY, unit, by=None, since=SINCE)
    seats = [make_cadre(unit, user) for user in accounts]
    seats += [make_cadre(unit) for _n in range(4)]
    world.bodies["stc_leadership"] = make_body(unit, Body.Kind.LEADERSHIP, seats)
    world.bodies["stc_key"] = make_body(unit, Body.Kind.KEY_CADRES, seats)
    return unit


def make_candidate(world: World, unit: Unit | None = None, **facts: object) -> Cadre:
    """A cadre in planning for the positions of the small world."""
    unit = unit or world.units["SNV"]
    cadre = make_cadre(unit, **facts)
    Planning.objects.create(cadre=cadre, group=world.group, unit=unit, approved_on=SINCE)
    PostHeld.objects.create(
        cadre=cadre, title="Trưởng phòng", group=world.group, unit=unit, since=SINCE
    )
    return cadre


def _units() -> dict[str, Unit]:
    tiers = {
        code: Level.objects.get_or_create(code=code, defaults={"name": code, "rank": rank})[0]
        for rank, code in enumerate(("province", "organ"), start=1)
    }
    province = Unit.objects.create(
        code="P26", name="Tỉnh Thử Nghiệm", level=tiers["province"], valid_from=SINCE
    )
    province.province = province
    province.save()
    units = {"P26": province}
    for code in ("BTCTU", "UBKTTU", "BNCTU", "CAT", "VPTU", "UBND", "SNV", "STC"):
        units[code] = Unit.objects.create(
            code=code, name=f"Cơ quan {code}", level=tiers["organ"], parent=province,
            province=province, valid_from=SINCE,
        )  # fmt: skip
    for lane, code in LANES.items():
        LaneUnit.objects.create(
            province=province, lane=lane, unit=units[code], consulted=lane in CONSULTED,
            valid_from=SINCE,
        )  # fmt: skip
    return units


def _bodies(units: dict[str, Unit], people: dict[str, User], leaders: int) -> dict[str, Body]:
    department, province = units["SNV"], units["P26"]
    accounts = [people["head"], make_user("teller1"), make_user("teller2"), make_user("teller3")]
    seats = [make_cadre(department, user) for user in accounts]
    seats += [make_cadre(department) for _n in range(leaders - len(seats))]
    staff = [make_cadre(department) for _n in range(4)]
    committee = [
        make_cadre(province, people["secretary"]),
        make_cadre(province, people["standing"]),
    ]
    committee += [make_cadre(province, make_user(f"sc{n}")) for n in range(3)]
    kinds = Body.Kind
    return {
        "leadership": make_body(department, kinds.LEADERSHIP, seats),
        "extended": make_body(department, kinds.LEADERSHIP_EXTENDED, seats + staff[:2]),
        "key": make_body(department, kinds.KEY_CADRES, seats + staff),
        "committee": make_body(department, kinds.PARTY_COMMITTEE, seats[:3]),
        "standing_committee": make_body(province, kinds.STANDING_COMMITTEE, committee),
    }
