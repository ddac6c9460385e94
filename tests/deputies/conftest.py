"""The head of the Organization Committee is away; a colleague stands in."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from permissions.catalogue import Role
from permissions.checks import today
from permissions.grants import grant
from permissions.models import StandIn, User
from processes.deputies.writers import Scope, appoint
from tests.dossiers.papers import PDF
from tests.pages.conftest import browser
from tests.road import road, standing, walk, world
from tests.world import SINCE, World, make_user

__all__ = ["browser", "road", "standing", "walk", "world"]

WHY = "Đi công tác theo Quyết định cử cán bộ."
Appoint = Callable[..., StandIn]


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("uy-quyen.pdf", PDF)


def days(first: int, last: int) -> dict[str, date]:
    return {"since": today() + timedelta(first), "until": today() + timedelta(last)}


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Any) -> None:
    settings.DOCUMENT_ROOT = tmp_path


@pytest.fixture
def deputy(world: World) -> User:
    """A member of the Organization Committee who has no tasks of their own."""
    person = make_user("oc_deputy", title="Phó Trưởng ban")
    grant(person, Role.MEMBER, world.units["BTCTU"], by=None, since=SINCE)
    world.people["deputy"] = person
    return person


@pytest.fixture
def stand_in(world: World, deputy: User) -> Appoint:
    """Appoint somebody; nothing said, the deputy of the head of the Organization Committee."""

    def made(who: str = "oc_head", by: str = "", whom: User = deputy, **said: Any) -> StandIn:
        dates = days(*said.pop("days", (0, 10)))
        scope = Scope(**said)
        return appoint(
            world[who], whom, by=world[by or who], reason=WHY, document="Ủy quyền số 01",
            issued_on=today(), file=paper(), scope=scope, **dates,
        )  # fmt: skip

    return made
