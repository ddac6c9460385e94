"""The whole demonstration, built once: every step and end is shown, and its past is in order.

The cases of the first procedure, which have the past, are always built. Those of the others take
twice as long and are built where all must run; tests/flows leads each of their procedures on.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

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
from processes.demo import (
    nominations,
    plans,
    rotations,
    stories_elsewhere,
    stories_reappointment,
)
from processes.demo.build import build_demo, build_past
from processes.demo.clock import MORNING
from processes.demo.province import AlreadyBuilt, Province
from processes.demo.shown import unshown
from processes.eligibility.roster import assess, candidates_for
from processes.flows import (
    FLOWS,
    AppointmentFromElsewhereFlow,
    AppointmentInPlaceFlow,
    ReappointmentFlow,
    RotationFlow,
)
from processes.organisation.elections import Election
from processes.organisation.positions import Position
from processes.pages.due import horizon, light
from processes.rotation.missions import MissionOrder
from processes.rotation.progress import progress
from processes.rules import load
from processes.rules.rulebook import Family
from processes.steps.sweep import sweep
from tests.conftest import REQUIRE_ALL

# The build takes half a minute; what it writes is the same on every database.
pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

whole = pytest.mark.skipif(
    not REQUIRE_ALL, reason="the other procedures of the demo are built with REQUIRE_ALL=1"
)
PLANS = {
    AppointmentInPlaceFlow: plans.PLANS,
    **nominations.PLANS,
    AppointmentFromElsewhereFlow: stories_elsewhere.PLANS,
    ReappointmentFlow: stories_reappointment.PLANS,
    RotationFlow: rotations.PLANS,
}


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[SimpleNamespace]:
    """The cases, and when their building began: what is older is the past that it made up.

    Taken back when the last test of the module is done.
    """
    build = build_demo if REQUIRE_ALL else build_past
    with django_db_blocker.unblock(), transaction.atomic():
        began = timezone.now()
        yield SimpleNamespace(began=began, cases=build(2021, today=today()))
        transaction.set_rollback(True)


def each(flow_classes: Iterable[type]) -> list[Any]:
    """The procedures as parameters of a test."""
    return [
        pytest.param(one, marks=[] if one is AppointmentInPlaceFlow else whole)
        for one in flow_classes
    ]


def of(flow_class: type) -> list[Case]:
    return list(Case.objects.filter(flow_class=flow_class))


def past(demo: SimpleNamespace):
    """What was entered in the past that the building made up."""
    return AuditEntry.objects.filter(at__lt=demo.began)


def open_tasks():
    """What is open in the cases with a past."""
    return CaseTask.objects.filter(
        finished__isnull=True, seat="", process__flow_class=AppointmentInPlaceFlow
    )


def test_whoever_has_acted_did_so_in_a_role(demo: SimpleNamespace) -> None:
    without = AuditEntry.objects.filter(by__isnull=False, role="")
    assert sorted(set(without.values_list("event", "step"))) == []


@pytest.mark.parametrize("flow_class", each(FLOWS.values()))
def test_a_case_is_at_every_step_of_people_and_every_end(demo, flow_class):
    assert unshown([flow_class]) == []


@pytest.mark.parametrize("flow_class", each(PLANS))
def test_there_is_a_case_for_each_plan(demo, flow_class):
    assert Counter(case.flow_class for case in demo.cases)[flow_class] == len(PLANS[flow_class])


def test_every_trail_is_sound(demo):
    report = verify()
    assert report.sound
    assert report.chains == Case.objects.count() + 1


@whole
def test_the_election_of_2026_is_known_with_its_source(demo):
    election = Election.objects.get(source="S82")
    assert (election.held_on.isoformat(), election.confidence) == ("2026-03-15", "verified")


@whole
def test_who_goes_home_from_a_rotation_is_appointed_by_a_case_of_its_own(demo):
    children = Case.objects.filter(parent__in=of(RotationFlow)).exclude(flow_class=None)
    assert {child.flow_class.code for child in children} == {"XL", "BNN"}


@whole
def test_the_moves_of_rotations_count_towards_the_scheme(demo):
    rows = progress(of(RotationFlow)[0].scheme_move.scheme)
    done = sum(row.done for row in rows)
    assert done == MissionOrder.objects.filter(case__isnull=False).count() > 0


def test_the_inbox_shows_every_light(demo):
    on = today()
    lights = {light(task.due_on, on=on, soon=horizon(on)).state for task in open_tasks()}
    assert {"late", "fine", "open"} <= lights
    assert lights & {"week", "soon"}  # which of them depends on the day of the week


def test_cases_end_in_different_months(demo):
    ends = [case.finished for case in of(AppointmentInPlaceFlow) if case.finished]
    assert len({timezone.localdate(end).replace(day=1) for end in ends}) >= 3


def test_the_trail_is_in_the_order_of_time_and_nothing_is_yet_to_come(demo):
    moments = list(past(demo).order_by("pk").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert not AuditEntry.objects.filter(at__gt=timezone.now()).exists()


def test_people_act_on_working_days_in_working_hours(demo):
    moments = past(demo).filter(by__isnull=False).values_list("at", flat=True)
    local = [timezone.localtime(moment) for moment in moments]
    assert all(is_working_day(moment.date()) for moment in local)
    assert min(moment.time() for moment in local) >= MORNING[0]
    assert max(moment.hour for moment in local) < 18


def test_a_case_keeps_the_edition_of_its_opening_when_a_new_one_comes(demo):
    now = load().in_force(Family.APPOINTMENT, today())
    (case,) = (case for case in of(AppointmentInPlaceFlow) if case.edition != now.key)
    assert case.opened_on < now.effective_from < timezone.localdate(case.finished)
    assert (case.edition, case.outcome) == (
        load().in_force(Family.APPOINTMENT, case.opened_on).key,
        "appointed",
    )
    assert set(case.entries.values_list("edition", flat=True)) == {case.edition}


def test_every_case_runs_under_the_edition_of_the_day_on_which_it_was_opened(demo):
    for case in of(AppointmentInPlaceFlow):
        assert case.edition == load().in_force(Family.APPOINTMENT, case.opened_on).key


def test_deadlines_were_reminded_of_and_escalated_in_their_time(demo):
    events = past(demo).filter(by__isnull=True)
    for entry in events.filter(event=Event.REMINDED):
        assert timezone.localdate(entry.at).isoformat() <= entry.facts["due_on"]
    assert events.filter(event=Event.REMINDED).exists()
    late = events.filter(event=Event.ESCALATED)
    assert all(timezone.localdate(entry.at).isoformat() > entry.facts["due_on"] for entry in late)
    assert set(late.values_list("facts__rule", flat=True)) == {
        "deadlines.process", "deadlines.policy_decision", "deadlines.appraisal"
    }  # fmt: skip


def test_a_delay_is_explained_after_it_has_come(demo):
    entry = past(demo).get(event=Event.EXPLAINED)
    late = past(demo).get(event=Event.ESCALATED, case=entry.case)
    assert late.at < entry.at


def test_an_organ_that_is_silent_is_passed_by_at_the_deadline(demo):
    silent = past(demo).get(step="consult_organs", outcome="deadline")
    opinions = Opinion.objects.filter(case=silent.case)
    assert opinions.exists()
    assert not opinions.filter(unit=silent.unit).exists()


def test_the_sweep_of_today_has_been_done(demo):
    entries = AuditEntry.objects.filter(case__in=of(AppointmentInPlaceFlow))
    before = entries.count()
    sweep(today())
    assert entries.count() == before


def test_nobody_is_appointed_twice_nor_while_a_candidate_elsewhere(demo):
    cases = of(AppointmentInPlaceFlow)
    appointed = {case.candidate for case in cases if case.outcome == "appointed"}
    assert Counter(case.candidate in appointed for case in cases)[True] == len(appointed)


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
