"""A small province once a module; each test works in it and is undone."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import translation

from permissions.checks import today
from permissions.models import User
from processes.organisation.people import PostHeld
from processes.rotation import planning
from processes.rotation.schemes import RotationScheme
from tests.world import SINCE, World, small_world


@pytest.fixture(scope="module")
def province(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[World]:
    """The module's province, with a holder in the State post; gone when the module is done."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = small_world(leaders=4)
        seat(world.candidates[0], world.positions["state"])
        yield world
        transaction.set_rollback(True)
    connection.close()


@pytest.fixture
def world(province: World, db: None) -> World:
    """The province with its people as the database has them now."""
    people = User.objects.in_bulk([user.pk for user in province.people.values()])
    return replace(
        province, people={name: people[user.pk] for name, user in province.people.items()}
    )


@pytest.fixture
def scheme(world):
    return RotationScheme.objects.create(
        province=world.units["P26"], term="2025-2030", title="Đề án luân chuyển",
        valid_from=today(),
    )  # fmt: skip


@pytest.fixture
def chain(world, scheme):
    return planning.make_chain(
        world.units["P26"], title="Chuỗi 1", scheme=scheme, by=world["oc_clerk"]
    )


def seat(cadre, position, since=SINCE):
    """Let somebody hold a post from a day on."""
    return PostHeld.objects.create(
        cadre=cadre, position=position, title=position.title, group=position.group,
        unit=position.unit, since=since,
    )  # fmt: skip


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Refusals are compared in English."""
    with translation.override("en"):
        yield


@pytest.fixture
def browser(world):
    """A client in which somebody is signed in; the pages speak English, so that tests read them."""

    def signed_in(who):
        client = Client(headers={"accept": "text/html"})
        client.cookies["django_language"] = "en"
        client.force_login(world[who])
        return client

    return signed_in
