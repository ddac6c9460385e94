"""Exceptions: granted by the level that appoints to the post, as the competence matrix says."""

import pytest

from permissions.checks import today
from permissions.errors import Refused
from processes.audit.models import Event
from processes.demo.stories import befall
from processes.demo.walk import Walk
from processes.eligibility.roster import build_roster
from processes.organisation.bodies import Body
from processes.organisation.people import Discipline
from processes.organisation.positions import Competence
from processes.steps.befall import CASE_ACTIONS
from processes.steps.unfit import failed_checks
from tests.world import World

EXCEPT = next(action for action in CASE_ACTIONS if action.name == "except")
ACTED_FOR = ("standing_committee", "standing_board")

pytestmark = pytest.mark.stands("conference_1")


@pytest.fixture
def failed(walk: Walk, world: World) -> str:
    """A check that failed: somebody on the roster was removed from office."""
    Discipline.objects.create(cadre=world.candidates[0], form="removal", decided_on=today())
    build_roster(walk.case, by=None, on=today())
    return failed_checks(walk.case)[0][0]


@pytest.mark.parametrize("body", Body.Kind.values)
def test_the_standing_board_enters_what_the_standing_committee_may_grant(
    walk: Walk, world: World, failed: str, body: str
) -> None:
    Competence.objects.update(deciding_body=body)
    reason = EXCEPT.why_not(world["standing"], walk.case)
    assert (reason == "") is (body in ACTED_FOR)
    if reason:
        assert str(Body.Kind(body).label) in reason
        return
    befall(walk, "except", reason="Đặc biệt.", line=failed, document="KL 05-KL/TU")
    assert walk.case.exceptions.get().approver == world["standing"]


def test_an_attempt_for_another_level_is_refused_with_an_entry(
    walk: Walk, world: World, failed: str
) -> None:
    Competence.objects.update(deciding_body=Body.Kind.EXECUTIVE_COMMITTEE)
    data = {"reason": "x", "line": failed, "document": "x"}
    with pytest.raises(Refused):
        EXCEPT.perform(walk.case.pk, by=world["standing"], data=data)
    assert not walk.case.exceptions.exists()
    assert walk.case.entries.latest("seq").event == Event.REFUSED


def test_without_a_row_in_the_matrix_nobody_grants(walk: Walk, world: World) -> None:
    Competence.objects.all().delete()
    assert EXCEPT.why_not(world["standing"], walk.case)


def test_other_acts_do_not_ask_who_appoints(walk: Walk, world: World) -> None:
    Competence.objects.update(deciding_body=Body.Kind.EXECUTIVE_COMMITTEE)
    (hold,) = (action for action in CASE_ACTIONS if action.name == "hold")
    assert hold.why_not(world["oc_head"], walk.case) == ""


def test_a_row_of_the_matrix_that_has_ended_does_not_count(walk: Walk, world: World) -> None:
    Competence.objects.update(valid_to=today())
    assert EXCEPT.why_not(world["standing"], walk.case)
