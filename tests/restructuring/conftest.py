"""A province with an open case on the last day of its structure, and a plan for the next day."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
import yaml
from django.db import transaction
from django.utils.translation import override
from pytest_django import DjangoDbBlocker

from processes.demo.walk import Walk
from processes.flows import AppointmentInPlaceFlow
from processes.restructuring.plan import Plan, read
from tests.world import World, small_world

EVE, DAY = "2025-06-30T10:00:00+07:00", "2025-07-01T08:00:00+07:00"
ORGANS = ("BTCTU", "UBKTTU", "BNCTU", "CAT", "VPTU", "UBND", "SNV")
Write = Callable[..., Plan]


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic(), time_machine.travel(EVE):
        yield small_world()
        transaction.set_rollback(True)


@pytest.fixture
def clock() -> Iterator[Any]:
    """It is the eve; a test moves on to the day."""
    with time_machine.travel(EVE) as traveller:
        yield traveller


@pytest.fixture
def world(built: World, db: None, clock: Any) -> Iterator[World]:
    with transaction.atomic(), override("en"):
        yield built
        transaction.set_rollback(True)


@pytest.fixture
def walk(world: World) -> Walk:
    """A case about the State post, just opened."""
    return Walk.begin(AppointmentInPlaceFlow, world.positions["state"])


@pytest.fixture
def plan(tmp_path: Path) -> Write:
    """Write a plan: the province P25 with its organs succeeds P26, and STC goes to SNV."""

    def write(**said: Any) -> Plan:
        units = ["code,name,level,parent_code", "P25,Tỉnh Mới,province,"]
        organs = ["code,name,kind,parent_code"]
        organs += [f"{code},Cơ quan mới {code},department,P25" for code in ORGANS]
        (tmp_path / "units.csv").write_text("\n".join(units) + "\n", "utf-8")
        (tmp_path / "organs.csv").write_text("\n".join(organs) + "\n", "utf-8")
        content = {
            "day": "2025-07-01", "source": "Nghị quyết thử", "province": {"P26": "P25"},
            "files": ["units.csv", "organs.csv"], "units": {"STC": "SNV"}, **said,
        }  # fmt: skip
        path = tmp_path / "plan.yaml"
        text = yaml.safe_dump(content, allow_unicode=True).replace("'2025-07-01'", "2025-07-01")
        path.write_text(text, "utf-8")
        return read(path)

    return write
