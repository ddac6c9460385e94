"""The demo's past, built once: what its cases show, and that all is in the order of time."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from permissions.checks import today
from permissions.models import User
from processes.audit.models import AuditEntry, Event
from processes.audit.verify import verify
from processes.cases.models import Case, CaseTask, Opinion
from processes.cases.workdays import is_working_day
from processes.demo.build import build_demo, build_past
from processes.demo.clock import MORNING
from processes.demo.plans import PLANS
from processes.demo.province import AlreadyBuilt, Province
from processes.eligibility.roster import assess, candidates_for
from processes.flows import AppointmentInPlaceFlow
from processes.organisation.positions import Position
from processes.pages.due import horizon, light
from processes.rules import load
from processes.rules.rulebook import Family
from processes.steps.automatic import CaseEnd
from processes.steps.sweep import sweep

# The build takes half a minute; what it writes is the same on every database.
pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[Case]]:
    """The demo's cases; taken back when the last test of the module is done."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_past(2021, today=today())
        transaction.set_rollback(True)


def open_tasks():
    return CaseTask.objects.filter(finished__isnull=True, seat="")


def test_there_is_a_case_for_each_plan(demo):
    assert len(demo) == len(PLANS) == Case.objects.count()


def test_a_case_stands_at_every_step_that_people_carry_out(demo):
    steps = {row.name for row in AppointmentInPlaceFlow.rows() if row.act}
    assert {task.flow_task.name for task in open_tasks()} == steps


def test_a_case_has_come_to_every_end(demo):
    ends = {row.outcome for row in AppointmentInPlaceFlow.rows() if isinstance(row, CaseEnd)}
    outcomes = Case.objects.filter(finished__isnull=False).values_list("outcome", flat=True)
    assert set(outcomes) == ends


def test_the_inbox_shows_every_light(demo):
    on = today()
    lights = {light(task.due_on, on=on, soon=horizon(on)).state for task in open_tasks()}
    assert {"late", "fine", "open"} <= lights
    assert lights & {"week", "soon"}  # which of them depends on the day of the week


def test_cases_end_in_different_months(demo):
    ends = Case.objects.filter(finished__isnull=False).values_list("finished", flat=True)
    assert len({timezone.localdate(end).replace(day=1) for end in ends}) >= 3


def test_the_trail_is_in_the_order_of_time_and_nothing_is_yet_to_come(demo):
    moments = list(AuditEntry.objects.order_by("pk").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert moments[-1] < timezone.now()


def test_people_act_on_working_days_in_working_hours(demo):
    moments = AuditEntry.objects.filter(by__isnull=False).values_list("at", flat=True)
    local = [timezone.localtime(moment) for moment in moments]
    assert all(is_working_day(moment.date()) for moment in local)
    assert min(moment.time() for moment in local) >= MORNING[0]
    assert max(moment.hour for moment in local) < 18


def test_the_trail_of_the_past_verifies(demo):
    report = verify()
    assert (report.sound, report.chains) == (True, len(demo) + 1)


def test_a_case_keeps_the_edition_of_its_opening_when_a_new_one_comes(demo):
    now = load().in_force(Family.APPOINTMENT, today())
    case = Case.objects.exclude(edition=now.key).get()
    assert case.opened_on < now.effective_from < timezone.localdate(case.finished)
    assert (case.edition, case.outcome) == (
        load().in_force(Family.APPOINTMENT, case.opened_on).key,
        "appointed",
    )
    assert set(case.entries.values_list("edition", flat=True)) == {case.edition}


def test_every_case_runs_under_the_edition_of_the_day_on_which_it_was_opened(demo):
    for case in Case.objects.all():
        assert case.edition == load().in_force(Family.APPOINTMENT, case.opened_on).key


def test_deadlines_were_reminded_of_and_escalated_in_their_time(demo):
    events = AuditEntry.objects.filter(by__isnull=True)
    for entry in events.filter(event=Event.REMINDED):
        assert timezone.localdate(entry.at).isoformat() <= entry.facts["due_on"]
    assert events.filter(event=Event.REMINDED).exists()
    late = events.filter(event=Event.ESCALATED)
    assert all(timezone.localdate(entry.at).isoformat() > entry.facts["due_on"] for entry in late)
    assert set(late.values_list("facts__rule", flat=True)) == {
        "deadlines.process", "deadlines.policy_decision", "deadlines.appraisal"
    }  # fmt: skip


def test_a_delay_is_explained_after_it_has_come(demo):
    entry = AuditEntry.objects.get(event=Event.EXPLAINED)
    late = AuditEntry.objects.get(event=Event.ESCALATED, case=entry.case)
    assert late.at < entry.at


def test_an_organ_that_is_silent_is_passed_by_at_the_deadline(demo):
    silent = AuditEntry.objects.get(step="consult_organs", outcome="deadline")
    opinions = Opinion.objects.filter(case=silent.case)
    assert opinions.exists()
    assert not opinions.filter(unit=silent.unit).exists()


def test_the_sweep_of_today_has_been_done(demo):
    before = AuditEntry.objects.count()
    sweep(today())
    assert AuditEntry.objects.count() == before


def test_nobody_is_appointed_twice_nor_while_a_candidate_elsewhere(demo):
    appointed = list(Case.objects.filter(outcome="appointed").values_list("candidate", flat=True))
    assert Case.objects.filter(candidate__in=appointed).count() == len(appointed)


@pytest.mark.parametrize("month", [1, 3, 6, 12])
def test_somebody_can_be_appointed_to_every_vacant_post_in_every_season(demo, month):
    on = date(today().year - 1, month, 20)
    for post in Province().for_cases():
        rules = load().for_case(on, post.kind == Position.Kind.STATE)
        checked = assess(candidates_for(post, rules, on), post, rules, on).values()
        assert any({check.verdict for check in checks} == {"yes"} for checks in checked), post


def test_the_clerk_of_the_personas_has_something_to_do(demo):
    waiting = CaseTask.objects.to_take(User.objects.get(username="clerk"))
    assert waiting.values("flow_task").distinct().count() >= 3


def test_a_second_build_is_refused_and_changes_nothing(demo):
    before = AuditEntry.objects.count()
    with pytest.raises(AlreadyBuilt):
        build_demo(2021, today=today())
    assert AuditEntry.objects.count() == before
