"""What the clock, the deadline and the holder do in a reappointment (procedures.md 7.3, 12.3)."""

from datetime import timedelta

import pytest

from permissions.checks import today
from permissions.errors import Refused
from permissions.models import User
from processes.audit.models import AuditEntry
from processes.cases.models import Case, Clock
from processes.cases.workdays import add_working_days
from processes.demo.stories import advance
from processes.demo.stories_reappointment import renew, report
from processes.demo.walk import Walk
from processes.flows import AppointmentInPlaceFlow, ReappointmentFlow
from processes.organisation.people import PostHeld
from processes.steps.actions import give_back, perform
from processes.steps.automatic import TERM_TIMER
from processes.steps.sweep import sweep
from tests.flows.terms import begin, browser, hold_post, post, road, walk, world
from tests.world import World

__all__ = ["post", "road", "walk", "world"]


# The decision's deadline.


def test_the_decision_is_due_a_working_day_before_the_term_ends(walk: Walk, post: PostHeld) -> None:
    clock = walk.case.clocks.get(rule="deadlines.decision_before_term_end")
    assert clock.due_on == add_working_days(post.term_ends_on, -1)


def test_a_decision_that_is_late_is_escalated(walk: Walk, post: PostHeld) -> None:
    sweep(post.term_ends_on)
    walk.case.refresh_from_db()
    rules = [e.facts["rule"] for e in walk.case.entries.filter(event="escalated")]
    assert "deadlines.decision_before_term_end" in rules
    assert "late" in walk.case.flags


def test_a_signed_decision_meets_its_deadline(walk: Walk) -> None:
    renew(walk, "promulgate")
    assert walk.case.clocks.get(rule="deadlines.decision_before_term_end").stopped_on == today()


# The clock.


@pytest.fixture
def appointed(world: World) -> Walk:
    """An appointment in place, with its timer."""
    return advance(Walk.begin(AppointmentInPlaceFlow, world.positions["state"]))


def test_the_clock_opens_the_case_when_the_notice_is_due(appointed: Walk) -> None:
    timer = appointed.case.clocks.get(rule=TERM_TIMER)
    assert sweep(timer.due_on - timedelta(days=1)).opened == 0
    done = sweep(timer.due_on)
    case = Case.objects.get(parent=appointed.case)
    assert done.opened == 1
    assert (case.flow_class, case.opened_by) == (ReappointmentFlow, None)
    assert case.candidate == appointed.case.candidate
    assert Walk(case).at == ["notify"]


def test_the_clock_opens_a_case_once(appointed: Walk) -> None:
    due = appointed.case.clocks.get(rule=TERM_TIMER).due_on
    assert [sweep(due).opened, sweep(due).opened] == [1, 0]


def test_a_case_in_the_way_is_waited_for(appointed: Walk, world: World) -> None:
    timer = appointed.case.clocks.get(rule=TERM_TIMER)
    other = Walk.begin(AppointmentInPlaceFlow, world.positions["state"])
    assert sweep(timer.due_on).opened == 0
    other.do("request_policy", "withdraw", reason="Thôi.", need="x", source="in_place",
             assignment="x")  # fmt: skip
    assert sweep(timer.due_on + timedelta(days=1)).opened == 1


def test_the_clock_forgets_who_has_left_the_post(appointed: Walk) -> None:
    PostHeld.objects.filter(position=appointed.case.position).update(until=today())
    sweep(appointed.case.clocks.get(rule=TERM_TIMER).due_on)
    assert not Case.objects.filter(parent=appointed.case).exists()
    assert not Clock.objects.filter(rule=TERM_TIMER, stopped_on__isnull=True).exists()


def test_a_case_started_by_hand_stops_the_timer(appointed: Walk) -> None:
    post = PostHeld.objects.get(position=appointed.case.position)
    begin(post)
    assert not Clock.objects.filter(rule=TERM_TIMER, stopped_on__isnull=True).exists()


# The holder's own step.


@pytest.fixture
def own(walk: Walk) -> Walk:
    """The case waits for the holder's report."""
    return renew(walk, "self_report")


def test_the_report_is_the_holders_task_at_once(own: Walk, post: PostHeld) -> None:
    task = own.task("self_report")
    assert task.owner == post.cadre.user
    assert task.due_on is not None


def test_nobody_else_reports_for_the_holder(own: Walk, world: World) -> None:
    for name in ("clerk", "head", "oc_head"):
        with pytest.raises(Refused):
            perform(own.task("self_report").pk, by=world[name], data={"outcome": "in"})


def test_the_holder_does_nothing_else_in_the_case(own: Walk, post: PostHeld) -> None:
    user = User.objects.get(pk=post.cadre.user_id)
    client, case = browser(user), own.case
    task = own.task("self_report")
    assert client.get(f"/cases/{case.pk}/trail/").status_code == 403
    assert "case-columns" not in client.get(f"/cases/{case.pk}/").content.decode()
    report(own)
    other = own.task("key_conference")
    assert client.get(f"/cases/{case.pk}/tasks/{other.pk}/").status_code == 403
    assert other.flow_task.why_not(user, other)
    assert own.case.documents.get(item="self_report").cadre == post.cadre
    assert task.flow_task.why_not(user, own.case.task_set.get(pk=task.pk))


def test_the_holder_reports_through_the_pages(own: Walk, post: PostHeld) -> None:
    user, case, task = post.cadre.user, own.case, own.task("self_report")
    client = browser(user)
    address = f"/cases/{case.pk}/tasks/{task.pk}/"
    assert address in client.get("/inbox/").content.decode()
    assert address in client.get(f"/cases/{case.pk}/").content.decode()
    assert client.post(address, {"report": "Bản nháp", "keep_draft": "1"}).status_code == 302
    page = client.get(address).content.decode()
    assert "Bản nháp" in page
    assert client.post(address, {"outcome": "in", "report": "Hoàn thành tốt."}).status_code == 302
    assert own.at == ["key_conference"]
    entry = AuditEntry.objects.get(case=case, step="self_report", event="concluded")
    assert entry.by == user


def test_the_holder_cannot_give_the_report_away(own: Walk, post: PostHeld) -> None:
    with pytest.raises(Refused, match="yours alone"):
        give_back(own.task("self_report").pk, by=post.cadre.user)


def test_the_inbox_does_not_offer_to_give_the_report_back(own: Walk, post: PostHeld) -> None:
    page = browser(User.objects.get(pk=post.cadre.user_id)).get("/inbox/").content.decode()
    task = own.task("self_report")
    assert f'id="open-{task.pk}"' in page
    assert f'id="back-{task.pk}"' not in page


def test_the_sweep_leaves_the_report_with_the_holder(own: Walk) -> None:
    assert sweep(today()).released == 0


def test_a_report_that_is_overdue_is_escalated(own: Walk) -> None:
    sweep(own.task("self_report").due_on + timedelta(days=1))
    own.case.refresh_from_db()
    assert "late" in own.case.flags


def test_a_clerk_files_the_report_of_a_holder_without_an_account(world: World) -> None:
    walk = renew(begin(hold_post(world, "state", user="none")), "self_report")
    task = walk.task("self_report")
    assert (task.owner, walk.actor(task)) == (None, world["clerk"])
    report(walk)
    assert walk.at == ["key_conference"]


def test_an_account_that_is_closed_leaves_the_report_to_the_clerk(
    own: Walk, post: PostHeld, world: World
) -> None:
    User.objects.filter(pk=post.cadre.user_id).update(is_active=False)
    assert sweep(today()).released == 1
    assert own.actor(own.task("self_report")) == world["clerk"]


# Beginning.


def test_a_position_that_nobody_holds_cannot_be_renewed(world: World) -> None:
    url = f"/start/reappointment/{world.positions['state'].pk}/"
    page = browser(world["oc_clerk"]).post(url, {"secrecy": "internal"})
    assert page.status_code == 422


def test_a_case_is_started_from_its_page(world: World, post: PostHeld) -> None:
    url = f"/start/reappointment/{post.position_id}/"
    client = browser(world["oc_clerk"])
    assert str(post.cadre) in client.get(url).content.decode()
    assert client.post(url, {"secrecy": "internal", "candidate": post.cadre_id}).status_code == 302
    assert Walk(Case.objects.get(candidate=post.cadre)).at == ["notify"]


def test_planning_is_not_asked_of_a_holder(walk: Walk) -> None:
    codes = [check["code"] for check in walk.case.roster.get().checks]
    assert "in_planning" not in codes
    assert "health_ok" in codes
