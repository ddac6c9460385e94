"""Hand over, let another prepare, hand in, get back: done, refused, twice, too late."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from permissions.catalogue import Role
from permissions.checks import today
from permissions.errors import Conflict, Refused
from permissions.grants import grant
from permissions.models import User
from processes.audit.models import AuditEntry
from processes.cases.drafts import Typed, place_of, save_draft
from processes.cases.models import CaseTask, Draft
from processes.demo.walk import Walk
from processes.organisation.people import Kinship
from processes.steps.actions import perform, take
from processes.steps.bars import bar
from processes.steps.handing import entrust, get_back, hand_in, hand_over
from processes.steps.sweep import sweep
from tests.world import SINCE, World, make_cadre, make_user

pytestmark = pytest.mark.stands("check_request")

WHY = "Đi công tác dài ngày."
OK = {"outcome": "ok", "reason": ""}


@pytest.fixture
def other(world: World) -> User:
    """A second specialist of the Organization Committee."""
    person = make_user("oc_clerk2")
    grant(person, Role.OC_CLERK, world.units["BTCTU"], by=None, since=SINCE)
    return person


@pytest.fixture
def taken(walk: Walk, world: World) -> CaseTask:
    task = walk.task("check_request")
    take(task.pk, by=world["oc_clerk"])
    return task


def last(task: CaseTask) -> AuditEntry:
    task.refresh_from_db()
    return AuditEntry.objects.filter(case=task.process_id).latest("seq")


def test_a_task_is_handed_over_with_its_reason(taken: CaseTask, world: World, other: User) -> None:
    hand_over(taken.pk, by=world["oc_clerk"], to=other, reason=WHY)
    entry = last(taken)
    assert (taken.owner, entry.event, entry.reason) == (other, "handed_over", WHY)
    assert (entry.by, entry.role, entry.facts) == (
        world["oc_clerk"],
        "oc_clerk",
        {"user": other.pk},
    )


def test_whoever_gets_the_task_concludes_it(taken: CaseTask, world: World, other: User) -> None:
    hand_over(taken.pk, by=world["oc_clerk"], to=other, reason=WHY)
    with pytest.raises(Conflict):
        perform(taken.pk, by=world["oc_clerk"], data=OK)
    perform(taken.pk, by=other, data=OK)
    taken.refresh_from_db()
    assert (taken.owner, taken.outcome) == (other, "ok")


def test_nobody_hands_over_what_another_holds(taken: CaseTask, world: World, other: User) -> None:
    with pytest.raises(Refused):
        hand_over(taken.pk, by=world["oc_head"], to=other, reason=WHY)
    assert (last(taken).event, taken.owner) == ("refused", world["oc_clerk"])


@pytest.mark.parametrize("way", [hand_over, entrust])
def test_a_task_changes_hands_only_with_a_reason(
    taken: CaseTask, world: World, other: User, way: Callable[..., None]
) -> None:
    with pytest.raises(ValidationError):
        way(taken.pk, by=world["oc_clerk"], to=other, reason=" ")
    assert last(taken).event == "taken"


@pytest.mark.parametrize("name", ["oc_head", "stranger", "clerk", "inspector"])
def test_a_task_goes_only_to_who_may_carry_it_out(taken: CaseTask, world: World, name: str) -> None:
    with pytest.raises(ValidationError):
        hand_over(taken.pk, by=world["oc_clerk"], to=world[name], reason=WHY)
    assert last(taken).event == "taken"


def test_a_task_does_not_go_to_whoever_prepared_its_papers(taken: CaseTask, world: World) -> None:
    grant(world["clerk"], Role.OC_CLERK, world.units["BTCTU"], by=None, since=SINCE)
    with override("en"), pytest.raises(ValidationError, match="prepared"):
        hand_over(taken.pk, by=world["oc_clerk"], to=world["clerk"], reason=WHY)


def test_a_closed_account_gets_nothing(taken: CaseTask, world: World, other: User) -> None:
    other.is_active = False
    with pytest.raises(ValidationError):
        hand_over(taken.pk, by=world["oc_clerk"], to=other, reason=WHY)


def test_handing_over_twice_is_refused(taken: CaseTask, world: World, other: User) -> None:
    hand_over(taken.pk, by=world["oc_clerk"], to=other, reason=WHY)
    with pytest.raises(Refused):
        hand_over(taken.pk, by=world["oc_clerk"], to=other, reason=WHY)


@pytest.mark.parametrize("way", [hand_over, entrust])
def test_a_task_that_is_over_changes_hands_no_more(
    taken: CaseTask, world: World, other: User, way: Callable[..., None]
) -> None:
    perform(taken.pk, by=world["oc_clerk"], data=OK)
    with pytest.raises(Conflict):
        way(taken.pk, by=world["oc_clerk"], to=other, reason=WHY)


def test_whoever_must_keep_out_of_the_case_does_not_choose_who_gets_it(
    walk: Walk, taken: CaseTask, world: World, other: User
) -> None:
    clerk = make_cadre(world.units["BTCTU"], world["oc_clerk"])
    walk.case.candidate = world.candidates[0]
    walk.case.save()
    Kinship.objects.create(cadre=clerk, relative=walk.case.candidate, relation="anh em ruột")
    with override("en"), pytest.raises(Refused, match="relative"):
        hand_over(taken.pk, by=world["oc_clerk"], to=other, reason=WHY)


@pytest.fixture
def entrusted(taken: CaseTask, world: World, other: User) -> CaseTask:
    """The head's neighbour prepares what the specialist concludes."""
    entrust(taken.pk, by=world["oc_clerk"], to=other, reason=WHY)
    taken.refresh_from_db()
    return taken


def test_a_task_is_given_to_another_to_prepare(
    entrusted: CaseTask, world: World, other: User
) -> None:
    entry = last(entrusted)
    assert (entrusted.owner, entrusted.entrusted_by) == (other, world["oc_clerk"])
    assert (entry.event, entry.reason, entry.facts) == ("entrusted", WHY, {"user": other.pk})


def test_neither_concludes_while_one_prepares(
    entrusted: CaseTask, world: World, other: User
) -> None:
    for person, told in ((world["oc_clerk"], Conflict), (other, Refused)):
        with pytest.raises(told):
            perform(entrusted.pk, by=person, data=OK)


def test_what_is_handed_in_is_the_draft_of_whoever_concludes(
    entrusted: CaseTask, world: World, other: User
) -> None:
    save_draft(place_of(entrusted), by=other, typed=Typed({"reason": "Đủ."}))
    hand_in(entrusted.pk, by=other, note="Đã soạn xong.")
    entry = last(entrusted)
    assert (entrusted.owner, entrusted.entrusted_by) == (world["oc_clerk"], None)
    assert (entry.event, entry.by, entry.reason) == ("prepared", other, "Đã soạn xong.")
    draft = Draft.objects.get(task=entrusted)
    assert (draft.by, draft.data) == (world["oc_clerk"], {"reason": "Đủ."})


def test_whoever_gave_it_away_concludes_it(entrusted: CaseTask, world: World, other: User) -> None:
    hand_in(entrusted.pk, by=other)
    perform(entrusted.pk, by=world["oc_clerk"], data=OK)
    entrusted.refresh_from_db()
    assert entrusted.outcome == "ok"


def test_a_task_is_got_back_before_it_is_handed_in(
    entrusted: CaseTask, world: World, other: User
) -> None:
    get_back(entrusted.pk, by=world["oc_clerk"])
    entry = last(entrusted)
    assert (entrusted.owner, entrusted.entrusted_by) == (world["oc_clerk"], None)
    assert (entry.event, entry.facts) == ("got_back", {"user": other.pk})


def test_only_who_gave_it_gets_it_back_and_only_who_has_it_hands_it_in(
    entrusted: CaseTask, world: World, other: User
) -> None:
    with pytest.raises(Refused):
        get_back(entrusted.pk, by=other)
    with pytest.raises(Refused):
        hand_in(entrusted.pk, by=world["oc_clerk"])


def test_handing_in_twice_is_refused(entrusted: CaseTask, other: User) -> None:
    hand_in(entrusted.pk, by=other)
    with pytest.raises(Refused):
        hand_in(entrusted.pk, by=other)


def test_whoever_prepares_passes_it_to_nobody(
    entrusted: CaseTask, world: World, other: User
) -> None:
    for way in (hand_over, entrust):
        with pytest.raises(Refused):
            way(entrusted.pk, by=other, to=world["oc_head"], reason=WHY)


def test_only_whoever_may_read_the_case_prepares_it(taken: CaseTask, world: World) -> None:
    with pytest.raises(ValidationError):
        entrust(taken.pk, by=world["oc_clerk"], to=world["stranger"], reason=WHY)


@pytest.mark.stands("appraise")
def test_whoever_prepared_the_appraisal_does_not_sign(walk: Walk, world: World) -> None:
    task = walk.task("appraise")
    take(task.pk, by=world["oc_head"])
    helper = make_user("oc_helper")
    grant(helper, Role.OC_CLERK, world.units["BTCTU"], by=None, since=SINCE)
    grant(helper, Role.SECRETARY, world.units["P26"], by=None, since=SINCE)
    entrust(task.pk, by=world["oc_head"], to=helper, reason=WHY)
    hand_in(task.pk, by=helper)
    walk.do("appraise", "recommend", report="Tốt.")
    with override("en"):
        assert "prepared" in bar(helper, walk.case, "sign_decision")
        assert not bar(world["secretary"], walk.case, "sign_decision")


@pytest.mark.stands("decide_policy")
def test_a_conference_is_conducted_in_person(walk: Walk, world: World) -> None:
    task = walk.task("decide_policy")
    take(task.pk, by=world["sc_clerk"])
    with override("en"), pytest.raises(Refused, match="in person"):
        entrust(task.pk, by=world["sc_clerk"], to=world["secretary"], reason=WHY)


def test_the_sweep_leaves_a_task_with_whoever_prepares_it(entrusted: CaseTask, other: User) -> None:
    sweep(today())
    entrusted.refresh_from_db()
    assert entrusted.owner == other
