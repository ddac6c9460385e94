"""A small province for tests: one department, the organs that a case meets, and their people."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import count

from django.db.models import Model

from permissions.catalogue import Lane, Role
from permissions.checks import today
from permissions.grants import grant
from permissions.models import User
from processes.demo.province import save_rows
from processes.organisation.bodies import Body, Membership
from processes.organisation.names import sort_key
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
    return make_cadres(unit, user, **facts)[0]


def make_cadres(unit: Unit, *users: User | None, **facts: object) -> list[Cadre]:
    """One for each account or None."""
    cadres = [_cadre(unit, user, dict(facts)) for user in users]
    Cadre.objects.bulk_create(cadres)
    save_rows([fact for cadre in cadres for fact in _facts(cadre)])
    return cadres


def _cadre(unit: Unit, user: User | None, facts: dict[str, object]) -> Cadre:
    number = next(_numbers)
    cadre = Cadre(
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
    cadre.name_sort = sort_key(cadre.full_name)
    return cadre


def _facts(cadre: Cadre) -> Iterator[Model]:
    for year in range(today().year - 4, today().year):
        yield Evaluation(cadre=cadre, year=year, grade="good")
    yield Degree(cadre=cadre, rank="bachelor", field="Luật", awarded_on=SINCE)
    yield HealthCertificate(cadre=cadre, issued_on=today(), fit=True)
    yield AssetDeclaration(cadre=cadre, declared_on=today(), verified_on=today())


def make_user(name: str, **kwargs: object) -> User:
    """An account without a password."""
    return make_users(name, **kwargs)[0]


def make_users(*names: str, **kwargs: object) -> list[User]:
    """An account of each name, without a password."""
    users = [
        User(username=name, last_name="Trần Thử", first_name=name.title(), **kwargs)
        for name in names
    ]
    for user in users:
        user.set_unusable_password()
    return User.objects.bulk_create(users)


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
    people = dict(zip(STAFF, make_users(*STAFF), strict=True))
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
    posts = Position.objects.bulk_create(
        Position(
            code=f"SNV-{kind}", unit=units["SNV"], title="Phó giám đốc", group=group, kind=kind,
            valid_from=SINCE,
        )
        for kind in Position.Kind.values
    )  # fmt: skip
    world.positions = {post.kind: post for post in posts}
    world.candidates = make_cadres(units["SNV"], *[None] * 4)
    save_rows([row for cadre in world.candidates for row in _planned(world, cadre)])
    return world


def staff_second_unit(world: World) -> Unit:
    """People of the other department, where somebody else works; its clerk is `stranger`."""
    unit = world.units["STC"]
    accounts = make_users("stc_head", "stc_party", "stc_teller1", "stc_teller2")
    world.people |= {user.username: user for user in accounts}
    grant(accounts[0], Role.UNIT_HEAD, unit, by=None, since=SINCE)
    grant(accounts[1], Role.UNIT_PARTY, unit, by=None, since=SINCE)
    seats = make_cadres(unit, *accounts, *[None] * 4)
    world.bodies["stc_leadership"] = make_body(unit, Body.Kind.LEADERSHIP, seats)
    world.bodies["stc_key"] = make_body(unit, Body.Kind.KEY_CADRES, seats)
    return unit


def make_candidate(world: World, unit: Unit | None = None, **facts: object) -> Cadre:
    """A cadre in planning for the positions of the small world."""
    cadre = make_cadre(unit or world.units["SNV"], **facts)
    save_rows([*_planned(world, cadre)])
    return cadre


def _planned(world: World, cadre: Cadre) -> Iterator[Model]:
    group, unit = world.group, cadre.unit
    yield Planning(cadre=cadre, group=group, unit=unit, approved_on=SINCE)
    yield PostHeld(cadre=cadre, title="Trưởng phòng", group=group, unit=unit, since=SINCE)


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
    organs = Unit.objects.bulk_create(
        Unit(
            code=code, name=f"Cơ quan {code}", level=tiers["organ"], parent=province,
            province=province, valid_from=SINCE,
        )
        for code in ("BTCTU", "UBKTTU", "BNCTU", "CAT", "VPTU", "UBND", "SNV", "STC")
    )  # fmt: skip
    units |= {unit.code: unit for unit in organs}
    LaneUnit.objects.bulk_create(
        LaneUnit(
            province=province, lane=lane, unit=units[code], consulted=lane in CONSULTED,
            valid_from=SINCE,
        )
        for lane, code in LANES.items()
    )  # fmt: skip
    return units


def _bodies(units: dict[str, Unit], people: dict[str, User], leaders: int) -> dict[str, Body]:
    department, province = units["SNV"], units["P26"]
    *tellers, sc0, sc1, sc2 = make_users("teller1", "teller2", "teller3", "sc0", "sc1", "sc2")
    accounts = [people["head"], *tellers]
    seats = make_cadres(department, *accounts, *[None] * (leaders - len(accounts)))
    staff = make_cadres(department, *[None] * 4)
    committee = make_cadres(province, people["secretary"], people["standing"], sc0, sc1, sc2)
    kinds = Body.Kind
    return {
        "leadership": make_body(department, kinds.LEADERSHIP, seats),
        "extended": make_body(department, kinds.LEADERSHIP_EXTENDED, seats + staff[:2]),
        "key": make_body(department, kinds.KEY_CADRES, seats + staff),
        "committee": make_body(department, kinds.PARTY_COMMITTEE, seats[:3]),
        "standing_committee": make_body(province, kinds.STANDING_COMMITTEE, committee),
    }
