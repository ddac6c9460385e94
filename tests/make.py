"""Plain factories: one row each, with whatever it cannot do without."""

from datetime import date
from itertools import count

from permissions.checks import today
from permissions.models import User
from processes.cases.models import Case
from processes.organisation.positions import Position, TitleGroup
from processes.organisation.units import Level, Unit

SINCE = date(2015, 1, 1)
FLOW = "processes/flows.appointment_in_place.AppointmentInPlaceFlow"
_numbers = count(1)


def user(name: str = "", **fields: object) -> User:
    """An account without a password."""
    account = User(username=name or f"person{next(_numbers)}", **fields)
    account.set_unusable_password()
    account.save()
    return account


def province() -> Unit:
    """A unit at the top."""
    return unit(level="province")


def unit(within: Unit | None = None, level: str = "organ") -> Unit:
    """A unit, of a province if one is named."""
    number = next(_numbers)
    tier = Level.objects.get_or_create(code=level, defaults={"name": level, "rank": number})[0]
    return Unit.objects.create(
        code=f"U{number}", name=f"Cơ quan {number}", level=tier, province=within, valid_from=SINCE
    )


def position(at: Unit | None = None) -> Position:
    """A Party post."""
    number = next(_numbers)
    group = TitleGroup.objects.create(code=f"group{number}", name="Phó trưởng ban", rank=3)
    return Position.objects.create(
        code=f"post{number}", unit=at or unit(), title="Phó trưởng ban", group=group,
        kind=Position.Kind.PARTY, valid_from=SINCE,
    )  # fmt: skip


def bare_case(by: User | None = None) -> Case:
    """A case as a row only: no task, and no entry in the trail."""
    post = position()
    return Case.objects.create(
        flow_class=FLOW, code=f"case{next(_numbers)}", position=post,
        unit=post.unit, province=post.unit, opened_by=by or user(), opened_on=today(),
        edition="R377",
    )  # fmt: skip
