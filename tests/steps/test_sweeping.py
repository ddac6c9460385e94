"""What the clock cannot do for one case stops nobody else."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from permissions.catalogue import Lane
from permissions.models import User
from processes.cases.models import Draft
from processes.demo.stories import advance
from processes.demo.walk import Walk
from processes.organisation.units import LaneUnit
from processes.steps.sweep import sweep
from tests.world import SINCE, World

pytestmark = pytest.mark.stands("consult_organs")


@pytest.fixture
def without_committee(walk: Walk) -> Walk:
    """The last part of a consultation will find nobody who appraises the case."""
    advance(walk, "consult_organs")
    LaneUnit.objects.filter(lane=Lane.OC).update(valid_to=SINCE)
    return walk


def stale_draft(person: User) -> None:
    Draft.objects.create(by=person, address="/x/", title="x")
    Draft.objects.update(saved_at=timezone.now() - timedelta(days=400))


def test_what_cannot_be_done_is_named_stops_nothing_else_and_is_tried_again(
    without_committee: Walk, world: World
) -> None:
    walk = without_committee
    clocks = walk.case.clocks.filter(task__isnull=False, stopped_on=None)
    late, parts = max(clock.due_on for clock in clocks) + timedelta(days=1), len(clocks)
    stale_draft(world["clerk"])
    done = sweep(late)
    assert (done.expired, done.dropped, walk.at) == (parts - 1, 1, ["consult_organs"])
    (failure,) = done.failed
    assert failure.startswith(f"{walk.case.code}: ")
    LaneUnit.objects.filter(lane=Lane.OC).update(valid_to=None)
    done = sweep(late)
    assert (done.expired, done.failed, walk.at) == (1, [], ["appraise"])


def test_the_command_fails_where_something_could_not_be_done(
    without_committee: Walk, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("sweep")
    without_committee.case.clocks.update(due_on=SINCE)
    with pytest.raises(CommandError):
        call_command("sweep")
    assert without_committee.case.code in capsys.readouterr().err
