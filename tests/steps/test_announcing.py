"""Who is told after commit: those in whose inbox a task came, went or changed, and no others."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

from processes.cases.announce import person_group, unit_group
from processes.demo.stories import advance, hold
from processes.demo.walk import Walk
from processes.steps.actions import give_back, take
from tests.world import World


@pytest.fixture
def told(world: World, django_capture_on_commit_callbacks: Any) -> Callable[..., set[str]]:
    """The units and people whose sockets hear of what is done, by their names."""
    groups = {unit_group(unit.pk): code for code, unit in world.units.items()}
    groups |= {person_group(user.pk): name for name, user in world.people.items()}

    async def heard() -> set[str]:
        layer, found = get_channel_layer(), set()
        for group, name in groups.items():
            try:
                await asyncio.wait_for(layer.receive(f"test.{group}"), 0.01)
                found.add(name)
            except TimeoutError:
                pass
        return found

    async def listen() -> None:
        for group in groups:
            await get_channel_layer().group_add(group, f"test.{group}")

    def run(what: Callable[[], object]) -> set[str]:
        async_to_sync(listen)()
        with django_capture_on_commit_callbacks(execute=True):
            what()
        return async_to_sync(heard)()

    return run


def test_taking_tells_the_unit_and_who_took(
    walk: Walk, world: World, told: Callable[..., set[str]]
) -> None:
    task = advance(walk, "check_request").task("check_request").pk
    assert told(lambda: take(task, by=world["oc_clerk"])) == {"BTCTU", "oc_clerk"}


def test_giving_back_tells_who_had_it(
    walk: Walk, world: World, told: Callable[..., set[str]]
) -> None:
    task = advance(walk, "check_request").task("check_request").pk
    take(task, by=world["oc_clerk"])
    assert told(lambda: give_back(task, by=world["oc_clerk"])) == {"BTCTU", "oc_clerk"}


def test_a_step_tells_whose_task_it_was_whose_turn_it_is_and_who_has_a_notice(
    walk: Walk, told: Callable[..., set[str]]
) -> None:
    advance(walk, "check_request")
    assert told(lambda: walk.do("check_request", "ok")) == {"BTCTU", "oc_clerk", "P26", "sc_clerk"}


def test_the_end_of_a_case_is_told_to_every_unit_that_took_part(
    walk: Walk, told: Callable[..., set[str]]
) -> None:
    advance(walk, "check_request").do("check_request", "return", reason="Bổ sung.")
    gone = told(lambda: walk.do("request_policy", "withdraw", reason="Rút.", **REQUEST))
    assert {"SNV", "BTCTU"} <= gone


def test_a_hold_is_told_to_every_unit_that_takes_part(
    walk: Walk, told: Callable[..., set[str]]
) -> None:
    advance(walk, "decide_policy")
    assert {"SNV", "BTCTU", "P26"} <= told(lambda: hold(walk))


REQUEST = {"need": "Một", "source": "in_place", "assignment": "Phụ trách"}
