"""The province in which the measured people work: units, lanes, posts, accounts, rights."""

from datetime import date

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from guardian.models import UserObjectPermission

from bench.bulk import load
from bench.shape import Shape
from permissions.catalogue import GRANTS, Lane, Role
from permissions.grants import grant
from permissions.models import Holding, User
from processes.organisation.names import sort_key
from processes.organisation.people import Cadre
from processes.organisation.positions import Competence, Position, TitleGroup
from processes.organisation.units import LaneUnit, Level, Unit

SINCE = date(2020, 1, 1)
POSTS = 10  # in each unit
CADRES = 2_000
LANES = {
    "OC": [Lane.OC],
    "PROVINCE": [Lane.SC, Lane.SEC, Lane.STANDING],
    "IC": [Lane.IC],
    "IA": [Lane.IA],
    "POL": [Lane.POL],
    "OFFICE": [Lane.OFFICE],
    "PCOM": [Lane.PCOM],
}
TABLES = (Unit, User, Holding, UserObjectPermission, Position, Cadre)


def build(shape: Shape) -> None:
    """Everything that stands before the first case. Units have the numbers of the shape."""
    _units(shape)
    _people(shape)
    group = TitleGroup.objects.create(code="deputy-head", name="Phó thủ trưởng", rank=3)
    Competence.objects.create(
        province=organ("PROVINCE"), group=group, action=Competence.Action.APPOINT,
        deciding_body="standing_committee", policy_request=True, valid_from=SINCE, source="bench",
    )  # fmt: skip
    add_posts(range(1, shape.units + 1), POSTS)
    Cadre.objects.bulk_create(_cadre(number) for number in range(1, CADRES + 1))


def organ(code: str) -> Unit:
    return Unit.objects.get(code=code)


def add_posts(units: range, count: int) -> list[Position]:
    """New positions in each of these units; a case needs one that no open case is about."""
    group, before = TitleGroup.objects.get(), Position.objects.count()
    return Position.objects.bulk_create(
        Position(
            code=f"P{unit}-{number}", unit_id=unit, title=f"Phó thủ trưởng {number}",
            group=group, kind=Position.Kind.PARTY, valid_from=SINCE,
        )
        for number in range(before, before + count)
        for unit in units
    )  # fmt: skip


def clerk_of_oc(shape: Shape) -> User:
    """Who checks requests: the account after those of the shape, with a role as people get it."""
    user, created = User.objects.get_or_create(pk=shape.users + 1, username="oc")
    if created:
        grant(user, Role.OC_CLERK, organ("OC"), by=None, since=SINCE)
    return user


def _units(shape: Shape) -> None:
    level = Level.objects.create(code="organ", name="Cơ quan", rank=1)
    province = shape.units + 1
    names = [f"U{number:03d}" for number in range(1, shape.units + 1)]
    codes = [*names, "PROVINCE", *(code for code in LANES if code != "PROVINCE")]
    Unit.objects.bulk_create(
        Unit(pk=number, code=code, name=f"Cơ quan {code}", level=level, province_id=province,
             parent_id=province if number != province else None, valid_from=SINCE)
        for number, code in enumerate(codes, start=1)
    )  # fmt: skip
    LaneUnit.objects.bulk_create(
        LaneUnit(province_id=province, lane=lane, unit=organ(code), valid_from=SINCE)
        for code, lanes in LANES.items()
        for lane in lanes
    )


def roles_of(shape: Shape, user: int) -> list[Role]:
    return [Role.UNIT_CLERK, Role.UNIT_HEAD] if shape.has_both_roles(user) else [Role.UNIT_CLERK]


def _people(shape: Shape) -> None:
    users = range(1, shape.users + 1)
    load(User, ("id", "username", "last_name"), ((n, f"user{n}", f"Người {n}") for n in users))
    load(
        Holding,
        ("user_id", "role", "unit_id", "valid_from"),
        ((n, role.value, shape.unit_of(n), SINCE) for n in users for role in roles_of(shape, n)),
    )
    unit = ContentType.objects.get_for_model(Unit)
    numbers = dict(Permission.objects.filter(content_type=unit).values_list("codename", "pk"))
    load(
        UserObjectPermission,
        ("user_id", "permission_id", "content_type_id", "object_pk"),
        (
            (n, numbers[act], unit.pk, str(shape.unit_of(n)))
            for n in users
            for act in sorted({act.value for role in roles_of(shape, n) for act in GRANTS[role]})
        ),
    )


def _cadre(number: int) -> Cadre:
    cadre = Cadre(
        code=f"{number:012d}", family_name="Nguyễn", middle_name="Thử", given_name=f"Số {number}",
        born_on=date(1980, 1, 1), sex=Cadre.Sex.FEMALE, unit_id=1,
    )  # fmt: skip
    cadre.name_sort = sort_key(cadre.full_name)
    return cadre
