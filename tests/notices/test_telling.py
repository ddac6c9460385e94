"""Who is told of what: once, with the change, and nobody of what they did themselves."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from permissions.checks import today
from permissions.models import Holding, User
from processes.cases.models import Case
from processes.demo.stories import advance, befall
from processes.demo.walk import Walk
from processes.notices.kinds import Kind, Mailing
from processes.notices.models import Notice, NoticeChoice
from processes.notices.writers import notify, tell_unit
from processes.steps.actions import give_back, take
from processes.steps.sweep import sweep
from tests.world import World


def told(kind: Kind) -> set[str]:
    notices = Notice.objects.filter(kind=kind)
    return set(notices.values_list("person__username", flat=True))


def choose(user: User, kind: Kind, **channels: object) -> None:
    want = {"page": True, "desktop": False, "mail": Mailing.OFF} | channels
    NoticeChoice.objects.create(person=user, kind=kind, **want)


@pytest.mark.stands("check_request")
def test_a_new_task_is_told_to_whoever_may_take_it(walk: Walk, world: World) -> None:
    advance(walk, "check_request")
    notice = Notice.objects.get(task=walk.task("check_request"))
    assert (notice.person, notice.kind) == (world["oc_clerk"], Kind.UNIT_TASK)
    assert (notice.case, notice.by) == (walk.case, world["clerk"])
    assert (notice.page, notice.desktop, notice.mailing) == (True, False, Mailing.DIGEST)


@pytest.mark.stands("check_request")
def test_whoever_does_a_step_is_not_told_of_the_next_one(walk: Walk, world: World) -> None:
    task = advance(walk, "check_request").task("check_request")
    Notice.objects.all().delete()
    with transaction.atomic():
        tell_unit(task, by=world["oc_clerk"], key="x")
    assert not Notice.objects.exists()


@pytest.mark.stands("check_request")
def test_whose_role_has_ended_is_told_nothing(walk: Walk, world: World) -> None:
    task = advance(walk, "check_request").task("check_request")
    Notice.objects.all().delete()
    Holding.objects.filter(user=world["oc_clerk"]).update(valid_until=today() - timedelta(days=1))
    with transaction.atomic():
        tell_unit(task, by=None, key="x")
    assert not Notice.objects.exists()


@pytest.mark.stands("check_request")
def test_a_task_is_told_in_one_statement_by_the_channels_of_each_person(
    walk: Walk, world: World
) -> None:
    task = advance(walk, "check_request").task("check_request")
    choose(world["oc_clerk"], Kind.UNIT_TASK, desktop=True, mail=Mailing.NOW)
    with transaction.atomic(), CaptureQueriesContext(connection) as sent:
        tell_unit(task, by=None, key="x")
    notice = Notice.objects.get(key="x")
    assert len(sent) == 1
    assert (notice.page, notice.desktop, notice.mailing) == (True, True, Mailing.NOW)


@pytest.mark.stands("check_request")
def test_the_same_news_is_told_once(walk: Walk, world: World) -> None:
    task = advance(walk, "check_request").task("check_request")
    with transaction.atomic():
        for _time in range(2):
            tell_unit(task, by=None, key="x")
            notify(Kind.MENTION, [world["oc_head"]], key="y", by=None, case=walk.case)
    assert Notice.objects.filter(key__in=["x", "y"]).count() == 2


def test_a_change_that_is_undone_tells_nobody(walk: Walk, world: World) -> None:
    with transaction.atomic():
        notify(Kind.MENTION, [world["oc_head"]], key="y", by=None, case=walk.case)
        transaction.set_rollback(True)
    assert not Notice.objects.filter(key="y").exists()


@pytest.mark.stands("check_request")
def test_a_task_that_is_given_back_is_told_again_but_not_to_who_gave_it(
    walk: Walk, world: World
) -> None:
    task = advance(walk, "check_request").task("check_request")
    take(task.pk, by=world["oc_clerk"])
    before = Notice.objects.count()
    give_back(task.pk, by=world["oc_clerk"])
    assert Notice.objects.count() == before


@pytest.mark.stands("conference_2")
def test_tellers_are_told_of_their_seats(walk: Walk) -> None:
    advance(walk, "conference_3")
    assert {"teller1", "teller2"} & told(Kind.TASK)


@pytest.mark.stands("decide_policy")
def test_the_end_of_a_case_is_told_to_whoever_worked_on_it_and_did_not_end_it(walk: Walk) -> None:
    advance(walk, "decide_policy")
    befall(walk, "withdraw", reason="Rút.")
    assert told(Kind.DECISION) == {"oc_clerk"}


@pytest.mark.stands("decide_policy")
def test_a_deadline_that_is_near_is_told_to_whoever_has_to_act(walk: Walk, world: World) -> None:
    advance(walk, "decide_policy")
    clock = walk.case.clocks.get(rule="deadlines.policy_decision")
    for _time in range(2):
        sweep(clock.due_on)
    assert told(Kind.REMINDER) == {"sc_clerk"}
    assert Notice.objects.get(kind=Kind.REMINDER).facts == {
        "rule": clock.rule, "due_on": clock.due_on.isoformat()
    }  # fmt: skip


@pytest.mark.stands("decide_policy")
def test_a_deadline_that_has_passed_goes_up_to_the_heads_and_the_competent_level(
    walk: Walk, world: World
) -> None:
    advance(walk, "decide_policy")
    clock = walk.case.clocks.get(rule="deadlines.policy_decision")
    sweep(clock.due_on + timedelta(days=1))
    assert told(Kind.ESCALATION) == {"sc_clerk", "oc_head", "standing"}


@pytest.mark.stands("check_request")
def test_to_whom_a_case_is_closed_no_notice_of_it_is_shown(walk: Walk, world: World) -> None:
    advance(walk, "check_request")
    shown = Notice.objects.in_page(world["oc_clerk"])
    assert shown.exists()
    Case.objects.filter(pk=walk.case.pk).update(candidate=world.candidates[0])
    world.candidates[0].user = world["oc_clerk"]
    world.candidates[0].save()
    person = User.objects.get(pk=world["oc_clerk"].pk)
    assert not Notice.objects.in_page(person).exists()


@pytest.mark.stands("check_request")
def test_a_task_that_another_has_taken_is_unread_no_more(walk: Walk, world: World) -> None:
    task = advance(walk, "check_request").task("check_request")
    unread = Notice.objects.unread(world["oc_clerk"])
    assert unread.count() == 1
    task.owner = world["oc_head"]
    task.save()
    assert unread.count() == 0
