"""Exceptions: granted by the level that appoints to the post, as the competence matrix says."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from permissions.catalogue import Lane, Role
from permissions.checks import today
from permissions.errors import Refused
from permissions.grants import grant
from permissions.models import User
from processes.audit.models import Event
from processes.cases.granting import ANSWERS, NEVER, body_name
from processes.cases.models import Case, CaseTask
from processes.demo.stories import befall
from processes.demo.walk import Walk
from processes.eligibility.roster import build_roster
from processes.eligibility.sentences import check_title
from processes.organisation.bodies import Body
from processes.organisation.people import Discipline
from processes.organisation.positions import Competence
from processes.organisation.units import LaneUnit, Unit
from processes.steps.befall import CASE_ACTIONS
from processes.steps.unfit import failed_checks
from tests.pages.conftest import words
from tests.world import SINCE, World, make_user

EXCEPT = next(action for action in CASE_ACTIONS if action.name == "except")

pytestmark = pytest.mark.stands("conference_1")


@pytest.fixture
def failed(walk: Walk, world: World) -> str:
    """A check that failed: somebody on the roster was removed from office."""
    Discipline.objects.create(cadre=world.candidates[0], form="removal", decided_on=today())
    build_roster(walk.case, by=None, on=today())
    return failed_checks(walk.case)[0][0]


#: Who enters what each body grants, one that the site does not know among them.
ENTERED_BY = {
    Body.Kind.STANDING_COMMITTEE: "standing",
    Body.Kind.STANDING_BOARD: "standing",
    Body.Kind.EXECUTIVE_COMMITTEE: "standing",
    Body.Kind.CONGRESS: "standing",
    Body.Kind.PARTY_COMMITTEE: "party",
    Body.Kind.LEADERSHIP: "head",
    Body.Kind.LEADERSHIP_EXTENDED: "head",
    Body.Kind.KEY_CADRES: "head",
    Body.Kind.WORKPLACE_VOTERS: "head",
    Body.Kind.PEOPLES_COUNCIL: "council",
    "politburo": "recorder",
}


@pytest.fixture
def people(world: World) -> dict[str, User]:
    """Those of the small world, and who answers for bodies that it has no lane for."""
    province, organ = world.units["P26"], world.units["VPTU"]
    council = Unit.objects.create(
        code="HDND", name="HĐND", level=organ.level, province=province, valid_from=SINCE
    )
    for lane, unit in ((Lane.EC, province), (Lane.CONGRESS, province), (Lane.PC, council),
                       (Lane.SUPERIOR, organ)):  # fmt: skip
        LaneUnit.objects.create(province=province, lane=lane, unit=unit, valid_from=SINCE)
    others = {"council": (Role.UNIT_HEAD, council), "recorder": (Role.LIAISON, organ)}
    for name, (role, unit) in others.items():
        world.people[name] = make_user(name)
        grant(world.people[name], role, unit, by=None, since=SINCE)
    return world.people


@pytest.mark.parametrize(("body", "who"), ENTERED_BY.items())
def test_whoever_answers_for_the_body_enters_what_it_grants(
    walk: Walk, people: dict[str, User], failed: str, body: str, who: str
) -> None:
    Competence.objects.update(deciding_body=body)
    befall(walk, "except", reason="Đặc biệt.", line=failed, document="KL 05-KL/TU")
    granted = walk.case.exceptions.get()
    assert (granted.body, granted.approver) == (body, people[who])
    assert walk.case.entries.latest("seq").facts["body"] == body


@pytest.mark.parametrize(("body", "who"), ENTERED_BY.items())
def test_nobody_else_enters_what_the_body_grants(
    walk: Walk, people: dict[str, User], failed: str, body: str, who: str
) -> None:
    Competence.objects.update(deciding_body=body)
    may = {name for name, user in people.items() if EXCEPT.why_not(user, walk.case) == ""}
    assert may == {who}


def test_every_body_is_answered_for_or_decides_on_nobody() -> None:
    assert set(ANSWERS) | NEVER == set(Body.Kind)


@pytest.mark.parametrize("body", sorted(NEVER))
def test_a_body_that_decides_on_nobody_grants_nothing(
    walk: Walk, world: World, failed: str, body: str
) -> None:
    Competence.objects.update(deciding_body=body)
    assert str(Body.Kind(body).label) in EXCEPT.why_not(world["standing"], walk.case)


@pytest.mark.parametrize("body", ["party_committee", "politburo"])
def test_the_page_of_an_exception_names_the_body_and_takes_it(
    walk: Walk, people: dict[str, User], browser: Any, failed: str, body: str
) -> None:
    Competence.objects.update(deciding_body=body)
    build_roster(walk.case, by=None, on=today())
    client = browser(ENTERED_BY[body])
    address = reverse("case_action", args=[walk.case.pk, "except"])
    with translation.override("en"):
        name = body_name(body)
    assert name in words(client.get(address))
    data = {"reason": "Đặc biệt.", "line": failed, "document": "KL 05-KL/TU"}
    assert client.post(address, data).status_code == 302
    assert name in words(client.get(reverse("case", args=[walk.case.pk])))


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_page_of_a_case_names_the_check_that_is_passed(
    walk: Walk, people: dict[str, User], browser: Any, failed: str, language: str
) -> None:
    befall(walk, "except", reason="Đặc biệt.", line=failed, document="KL 05-KL/TU")
    client = browser("standing")
    client.cookies["django_language"] = language
    said = words(client.get(reverse("case", args=[walk.case.pk])))
    rule = failed.partition(":")[2]
    with translation.override(language):
        assert f"{check_title(rule)}; KL 05-KL/TU" in said
    assert rule not in said


def test_whoever_prepared_or_appraised_enters_no_exception_for_the_leadership(
    walk: Walk, people: dict[str, User], failed: str
) -> None:
    Competence.objects.update(deciding_body=Body.Kind.LEADERSHIP)
    CaseTask.objects.filter(process=walk.case, act="prepare_case").update(owner=people["head"])
    assert EXCEPT.why_not(people["head"], walk.case)


def test_an_attempt_for_another_level_is_refused_with_an_entry(
    walk: Walk, world: World, failed: str
) -> None:
    Competence.objects.update(deciding_body=Body.Kind.PARTY_COMMITTEE)
    data = {"reason": "x", "line": failed, "document": "x"}
    with pytest.raises(Refused):
        EXCEPT.perform(walk.case.pk, by=world["standing"], data=data)
    assert not walk.case.exceptions.exists()
    assert walk.case.entries.latest("seq").event == Event.REFUSED


@pytest.mark.usefixtures("failed")
def test_the_body_above_knows_of_the_case_once_a_check_has_failed(
    walk: Walk, people: dict[str, User]
) -> None:
    Competence.objects.update(deciding_body=Body.Kind.PEOPLES_COUNCIL)
    seen = Case.objects.visible_to(people["council"])
    assert not seen.exists()
    build_roster(walk.case, by=None, on=today())
    assert list(seen) == [walk.case]


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
