"""A deputy at work: what they find, take and conclude, in both names; and what bars them."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from permissions.catalogue import NEVER_DEPUTED, VOTE_ACTS, Act, Role
from permissions.checks import today
from permissions.errors import Conflict, Refused
from permissions.grants import grant
from permissions.models import StandIn, User
from processes.audit.models import AuditEntry
from processes.cases.models import Case, CaseTask
from processes.demo.walk import Walk
from processes.deputies.writers import end
from processes.organisation.people import Kinship
from processes.steps.actions import give_back, perform, take
from processes.steps.bars import bar
from processes.steps.handing import entrust
from processes.steps.sweep import sweep
from tests.deputies.conftest import WHY, Appoint
from tests.world import SINCE, World, make_cadre, make_user

pytestmark = pytest.mark.stands("appraise")

APPRAISED = {"outcome": "recommend", "reason": "", "report": "Đủ điều kiện."}


def again(user: User) -> User:
    """The account as the next request reads it: nothing remembered."""
    return User.objects.get(pk=user.pk)


def why_not(task: CaseTask, user: User) -> str:
    task = CaseTask.objects.get(pk=task.pk)
    with override("en"):
        return str(task.flow_task.why_not(again(user), task))


def last(walk: Walk) -> AuditEntry:
    return AuditEntry.objects.filter(case=walk.case).latest("seq")


def to_take(user: User) -> list[CaseTask]:
    return list(CaseTask.objects.to_take(again(user)))


def test_without_an_appointment_a_colleague_may_not(walk: Walk, deputy: User) -> None:
    assert "belongs to" in why_not(walk.task("appraise"), deputy)
    assert to_take(deputy) == []


def test_a_deputy_finds_what_nobody_holds_and_what_the_other_holds(
    walk: Walk, world: World, deputy: User, stand_in: Appoint
) -> None:
    stand_in()
    task = walk.task("appraise")
    assert to_take(deputy) == [task]
    take(task.pk, by=world["oc_head"])
    assert to_take(deputy) == [task]


def test_a_deputy_knows_of_the_cases_of_these_tasks_only(
    walk: Walk, world: World, stand_in: Appoint
) -> None:
    outsider = make_user("outsider")
    assert not Case.objects.visible_to(outsider).exists()
    grant(outsider, Role.MEMBER, world.units["BTCTU"], by=None, since=SINCE)
    stand_in(whom=outsider)
    assert list(Case.objects.visible_to(again(outsider))) == [walk.case]


def test_what_a_deputy_takes_is_entered_in_both_names(
    walk: Walk, world: World, deputy: User, stand_in: Appoint
) -> None:
    stand_in()
    take(walk.task("appraise").pk, by=again(deputy))
    entry, task = last(walk), walk.task("appraise")
    assert (entry.by, entry.behalf, entry.role) == (deputy, world["oc_head"], "oc_head")
    assert (task.owner, task.behalf) == (deputy, world["oc_head"])


def test_every_entry_and_paper_of_a_step_names_both(
    walk: Walk, world: World, deputy: User, stand_in: Appoint
) -> None:
    stand_in()
    before = last(walk).seq
    perform(walk.task("appraise").pk, by=again(deputy), data=APPRAISED)
    made = AuditEntry.objects.filter(case=walk.case, seq__gt=before, by=deputy)
    assert {"generated", "concluded"} <= {entry.event for entry in made}
    assert {entry.behalf for entry in made} == {world["oc_head"]}


def test_the_other_takes_back_what_their_deputy_holds(
    walk: Walk, world: World, deputy: User, stand_in: Appoint
) -> None:
    stand_in()
    task = walk.task("appraise")
    take(task.pk, by=again(deputy))
    take(task.pk, by=world["oc_head"])
    assert (walk.task("appraise").owner, walk.task("appraise").behalf) == (world["oc_head"], None)
    with pytest.raises(Conflict):
        perform(task.pk, by=again(deputy), data=APPRAISED)


def test_what_a_deputy_gives_back_is_free_again(
    walk: Walk, deputy: User, stand_in: Appoint
) -> None:
    stand_in()
    task = walk.task("appraise")
    take(task.pk, by=again(deputy))
    give_back(task.pk, by=again(deputy))
    assert (walk.task("appraise").owner, walk.task("appraise").behalf) == (None, None)


@pytest.mark.parametrize("days", [(1, 10), (0, 10)])
def test_only_the_days_named_count(
    walk: Walk, deputy: User, stand_in: Appoint, days: tuple[int, int]
) -> None:
    made = stand_in(days=days)
    StandIn.objects.filter(pk=made.pk, valid_from=today()).update(
        valid_from=today() - timedelta(9), valid_until=today() - timedelta(1)
    )
    assert to_take(deputy) == []
    assert "belongs to" in why_not(walk.task("appraise"), deputy)


def test_only_what_is_named_is_covered(walk: Walk, deputy: User, stand_in: Appoint) -> None:
    flow = "processes/flows.appointment_in_place.AppointmentInPlaceFlow"
    stand_in(steps=[f"{flow}.sign_decision"])
    assert to_take(deputy) == []
    assert "belongs to" in why_not(walk.task("appraise"), deputy)


@pytest.mark.parametrize("kind", ["procedures", "steps", "units"])
def test_what_is_named_is_covered(
    walk: Walk, world: World, deputy: User, stand_in: Appoint, kind: str
) -> None:
    flow = "processes/flows.appointment_in_place.AppointmentInPlaceFlow"
    unit = world.units["BTCTU"].pk
    scope = {"procedures": [flow], "steps": [f"{flow}.appraise"], "units": [unit]}
    stand_in(**{kind: scope[kind]})
    assert to_take(deputy) == [walk.task("appraise")]
    assert why_not(walk.task("appraise"), deputy) == ""


def prepared_by(walk: Walk, user: User) -> None:
    """Let a step of the case that the appraisal examines be done by this person."""
    task = CaseTask.objects.filter(process=walk.case, act=Act.CHECK, outcome="complete").first()
    task.owner = user
    task.save()


@pytest.mark.parametrize("who", ["deputy", "oc_head"])
def test_four_eyes_are_asked_of_both(
    walk: Walk, world: World, deputy: User, stand_in: Appoint, who: str
) -> None:
    stand_in()
    prepared_by(walk, world[who])
    with pytest.raises(Refused):
        take(walk.task("appraise").pk, by=again(deputy))
    assert last(walk).event == "refused"


@pytest.mark.parametrize("who", ["deputy", "oc_head"])
def test_kin_are_asked_of_both(
    walk: Walk, world: World, deputy: User, stand_in: Appoint, who: str
) -> None:
    stand_in()
    person = make_cadre(world.units["BTCTU"], world[who])
    Kinship.objects.create(cadre=person, relative=walk.case.candidate, relation="anh em ruột")
    reason = why_not(walk.task("appraise"), deputy)
    assert ("relative" in reason) is (who == "deputy")
    assert reason


def test_what_a_deputy_did_bars_both_from_approving_it(
    walk: Walk, world: World, deputy: User, stand_in: Appoint
) -> None:
    stand_in()
    perform(walk.task("appraise").pk, by=again(deputy), data=APPRAISED)
    for person in (deputy, world["oc_head"]):
        assert bar(again(person), walk.case, Act.SIGN)
    assert not bar(again(world["secretary"]), walk.case, Act.SIGN)


def test_a_role_that_goes_with_no_other_keeps_a_deputy_out(
    walk: Walk, world: World, deputy: User, stand_in: Appoint
) -> None:
    stand_in()
    deputy.holdings.update(role=Role.INSPECTOR)
    assert "goes with no other" in why_not(walk.task("appraise"), deputy)


def test_a_confidential_case_needs_the_deputys_own_clearance(
    walk: Walk, deputy: User, stand_in: Appoint
) -> None:
    stand_in()
    Case.objects.filter(pk=walk.case.pk).update(secrecy="secret")
    assert to_take(deputy) == []
    assert "confidential" in why_not(walk.task("appraise"), deputy)


def test_a_deputy_stands_in_for_nobody_who_has_lost_the_right(
    walk: Walk, world: World, deputy: User, stand_in: Appoint
) -> None:
    stand_in()
    world["oc_head"].holdings.update(valid_until=today() - timedelta(1))
    assert to_take(deputy) == []
    assert why_not(walk.task("appraise"), deputy)


def test_a_vote_is_passed_on_only_where_the_edition_says_so(
    walk: Walk, world: World, deputy: User, stand_in: Appoint
) -> None:
    grant(deputy, Role.MEMBER, world.units["SNV"], by=None, since=SINCE)
    stand_in("head")
    CaseTask.objects.filter(pk=walk.task("appraise").pk).update(
        act=Act.HEAD_DECIDE, unit=world.units["SNV"]
    )
    assert "does not let a deputy vote" in why_not(walk.task("appraise"), deputy)
    assert to_take(deputy) == []


def test_what_is_never_passed_on_is_no_vote_of_an_edition() -> None:
    assert {Act.RULE, Act.HEAD_DECIDE} == VOTE_ACTS
    assert {Act.SIGN_DELEGATED, Act.EXAMINE, Act.SIGN_OFF} == NEVER_DEPUTED


def test_a_deputy_has_no_deputy(walk: Walk, world: World, deputy: User, stand_in: Appoint) -> None:
    """What they hold for another is not found by who stands in for them."""
    stand_in()
    take(walk.task("appraise").pk, by=again(deputy))
    third = make_user("third")
    grant(third, Role.MEMBER, world.units["BTCTU"], by=None, since=SINCE)
    grant(deputy, Role.OC_CLERK, world.units["BTCTU"], by=None, since=SINCE)
    world.people["deputy"] = again(deputy)
    stand_in("deputy", whom=third)
    assert to_take(third) == []


def test_a_deputy_passes_the_work_on_to_nobody(
    walk: Walk, world: World, deputy: User, stand_in: Appoint
) -> None:
    stand_in()
    task = walk.task("appraise")
    take(task.pk, by=again(deputy))
    with override("en"), pytest.raises(Refused, match="as a deputy"):
        entrust(task.pk, by=again(deputy), to=world["oc_clerk"], reason=WHY)


def test_when_the_time_is_ended_the_task_goes_back_to_the_other(
    walk: Walk, world: World, deputy: User, stand_in: Appoint
) -> None:
    made = stand_in()
    take(walk.task("appraise").pk, by=again(deputy))
    end(made, by=world["oc_head"], reason="Về sớm.")
    task, entry = walk.task("appraise"), last(walk)
    assert (task.owner, task.behalf) == (world["oc_head"], None)
    assert (entry.event, entry.by, entry.facts) == ("given_back", None, {"user": task.owner_id})


def test_when_the_days_are_over_the_sweep_gives_the_task_back(
    walk: Walk, world: World, deputy: User, stand_in: Appoint
) -> None:
    made = stand_in()
    take(walk.task("appraise").pk, by=again(deputy))
    sweep(today())
    assert walk.task("appraise").owner == deputy
    StandIn.objects.filter(pk=made.pk).update(
        valid_from=today() - timedelta(9), valid_until=today() - timedelta(1)
    )
    with pytest.raises(Refused):
        perform(walk.task("appraise").pk, by=again(deputy), data=APPRAISED)
    sweep(today())
    assert walk.task("appraise").owner == world["oc_head"]
