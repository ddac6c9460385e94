"""A case begins: done, refused, twice, and under the edition of the day."""

import pytest
from django.core.exceptions import ValidationError

from permissions.checks import today
from permissions.errors import Refused
from processes.audit.models import AuditEntry, Event
from processes.cases.models import Case
from processes.demo.walk import Walk
from processes.flows import AppointmentInPlaceFlow
from processes.organisation.lookups import NotSetUp
from processes.rules import load
from processes.steps.opening import open_case
from tests.world import World


def opened(world: World, name: str = "clerk", kind: str = "state") -> Case:
    return open_case(AppointmentInPlaceFlow, by=world[name], position=world.positions[kind])


def test_a_clerk_opens_a_case_with_its_first_entry(world: World) -> None:
    case = opened(world)
    entry = AuditEntry.objects.get(chain=case.pk)
    assert (entry.seq, entry.event, entry.by) == (1, Event.OPENED, world["clerk"])
    assert case.code == f"BN-{today().year}-{case.pk:05d}"


def test_a_case_keeps_the_edition_in_force_at_its_start(world: World) -> None:
    case = opened(world)
    assert case.edition == load().in_force("appointment", today()).key


def test_a_party_post_has_no_decree(walk: Walk) -> None:
    assert walk.case.editions == [walk.case.edition]


def test_a_state_post_has_the_decree_beside_the_edition(world: World) -> None:
    case = opened(world)
    assert case.editions == [case.edition, load().in_force("state_post", today()).key]


@pytest.mark.parametrize("name", ["head", "oc_clerk", "stranger", "inspector", "admin"])
def test_others_may_not_open_cases(world: World, name: str) -> None:
    with pytest.raises(Refused):
        opened(world, name)
    assert not Case.objects.filter(position=world.positions["state"]).exists()


def test_a_position_has_one_open_case(world: World) -> None:
    first = opened(world)
    with pytest.raises(ValidationError, match=first.code):
        opened(world)


def test_a_title_group_without_competence_is_named(world: World) -> None:
    world.group.competences.all().delete()
    with pytest.raises(NotSetUp, match="Phó giám đốc sở"):
        opened(world)
