"""A province where a term is about to end, and a case about it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from django.db import connection, transaction
from django.test import Client
from django.utils import translation

from permissions.checks import today
from permissions.models import User
from processes.demo.walk import Walk
from processes.flows import ReappointmentFlow
from processes.organisation.people import Cadre, PostHeld
from processes.organisation.positions import Position
from tests.world import World, make_cadre, make_user, small_world

ENDS = relativedelta(months=4)


def half(slip: list[Cadre], present: int) -> dict[int, int]:
    """Exactly half of the eight who were summoned."""
    return {cadre.pk: present // 2 for cadre in slip}


def hold_post(world: World, kind: str = "party", **facts: Any) -> PostHeld:
    """Somebody with an account holds a position whose term ends in some months."""
    unit = world.units["SNV"]
    user = facts.pop("user", None) or make_user(f"holder_{kind}")
    cadre = make_cadre(unit, user if user != "none" else None, **facts)
    position = world.positions[kind]
    ends = today() + ENDS
    return PostHeld.objects.create(
        cadre=cadre, position=position, title=position.title, group=position.group, unit=unit,
        since=ends - relativedelta(years=5), term_ends_on=ends,
    )  # fmt: skip


@pytest.fixture(scope="module")
def road(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[World, PostHeld]]:
    """A province where a term is about to end."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = small_world()
        yield world, hold_post(world)
        transaction.set_rollback(True)
    connection.close()


@pytest.fixture
def world(road: tuple[World, PostHeld]) -> Iterator[World]:
    """The province with its people as the database has them; what a test does is undone."""
    with transaction.atomic(), translation.override("en"):
        people = User.objects.in_bulk([user.pk for user in road[0].people.values()])
        yield replace(
            road[0], people={name: people[user.pk] for name, user in road[0].people.items()}
        )
        transaction.set_rollback(True)


@pytest.fixture
def post(world: World, road: tuple[World, PostHeld]) -> PostHeld:
    """The post whose term is about to end."""
    return PostHeld.objects.get(pk=road[1].pk)


def begin(post: PostHeld) -> Walk:
    assert isinstance(post.position, Position)
    return Walk.begin(ReappointmentFlow, post.position, candidate=post.cadre)


@pytest.fixture
def walk(post: PostHeld) -> Walk:
    """A reappointment that the Organization Committee has started by hand."""
    return begin(post)


def born_to_retire(years: int) -> date:
    """A man's day of birth, so that he retires about so long after the term ends."""
    return today() + ENDS + relativedelta(years=years, months=3) - relativedelta(years=62)


def browser(user: User) -> Client:
    client = Client(headers={"accept": "text/html"})
    client.cookies["django_language"] = "en"
    client.force_login(user)
    return client
