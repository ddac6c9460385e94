"""Two at the same order at the same moment: it is carried out once, or not at all."""

from functools import partial
from typing import Any

import pytest

from permissions.errors import Conflict
from processes.audit.models import Event
from processes.audit.verify import verify
from processes.cases.erasure import ErasureOrder
from processes.cases.models import Case
from processes.retention.carry_out import carry_out_due
from processes.retention.writers import approve, preserve, revoke
from tests.kept import built
from tests.races import at_once
from tests.retention.conftest import WHY, due, order_of
from tests.world import World, small_world

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
BASIS = {"basis": "CV 7-CV/UBKTTU", "reason": "Đang xem xét khiếu nại."}


@pytest.fixture
def world() -> World:
    return built(small_world)


def carried_out(case: Case) -> int:
    """How often, as the trail has it; what it tells and what is there have to agree."""
    told = case.entries.filter(event=Event.ERASED).count()
    assert case.entries.filter(reason=WHY).exists() is not bool(told)
    assert verify(case.pk).sound
    return told


def test_two_sweeps_carry_an_order_out_once(approved: ErasureOrder, case: Case) -> None:
    given = at_once(*[partial(carry_out_due, due())] * 2)
    assert sorted(given) == [0, 1]
    assert carried_out(case) == 1


def test_two_orders_for_the_same_content_are_carried_out_by_two_sweeps(
    case: Case, world: World
) -> None:
    for _number in (1, 2):
        approve(order_of(case, world), by=world["secretary"])
    given = at_once(*[partial(carry_out_due, due())] * 2)
    assert sum(given) == 2
    assert carried_out(case) == 2


@pytest.mark.parametrize("about", ["case", "person"])
def test_a_hold_that_is_placed_while_an_order_is_carried_out_comes_before_or_after_it(
    approved: ErasureOrder, case: Case, world: World, about: str
) -> None:
    subject: Any = case if about == "case" else case.candidate
    done, hold = at_once(
        partial(carry_out_due, due()), partial(preserve, subject, by=world["inspector"], **BASIS)
    )
    assert carried_out(case) == done
    placed = case.entries.filter(event=Event.PRESERVED).values_list("seq", flat=True)
    erased = case.entries.filter(event=Event.ERASED).values_list("seq", flat=True)
    assert hold.lifted_at is None
    assert not placed or not erased or erased[0] < placed[0]


def test_of_an_approval_and_a_revocation_the_revocation_stands(
    order: ErasureOrder, case: Case, world: World
) -> None:
    given = at_once(
        partial(approve, order, by=world["secretary"]),
        partial(revoke, order, by=world["inspector"], reason="Còn cần."),
    )
    assert isinstance(given[1], ErasureOrder)
    assert isinstance(given[0], ErasureOrder | Conflict)
    assert carry_out_due(due()) == carried_out(case) == 0


def test_a_revocation_while_it_is_carried_out_stops_it_or_comes_too_late(
    approved: ErasureOrder, case: Case, world: World
) -> None:
    done, given = at_once(
        partial(carry_out_due, due()),
        partial(revoke, approved, by=world["inspector"], reason="Còn cần."),
    )
    assert isinstance(given, Conflict if done else ErasureOrder)
    assert carried_out(case) == done
