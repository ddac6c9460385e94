"""Who is on a slip, and what begins again: rounds, rosters and the time of the unit."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from permissions.checks import today
from processes.audit.models import AuditEntry
from processes.cases.models import Clock
from processes.demo.stories import advance, befall, hold, nobody, scattered
from processes.demo.walk import Walk
from processes.flows import AppointmentInPlaceFlow
from processes.organisation.people import Cadre, Discipline
from tests.world import World


def call_with_one_of_two(walk: Walk, reason: str) -> None:
    """Conference 3 has nominated two; the slip of conference 4 has only the first."""
    advance(walk, "conference_3").conference("conference_3", scattered)
    task = walk.task("conference_4")
    call = walk.call_data(task)
    call["candidates"] = call["candidates"][:1]
    walk.send(task, walk.actor(task), {**call, "reason": reason})


@pytest.mark.stands("conference_3")
def test_nobody_whom_conference_3_nominated_is_left_out_without_a_reason(walk: Walk) -> None:
    with pytest.raises(ValidationError, match="reason"):
        call_with_one_of_two(walk, "  ")
    assert not walk.case.conferences.filter(code="c4").exists()


@pytest.mark.stands("conference_3")
def test_the_trail_tells_whom_a_slip_leaves_out_and_why(walk: Walk) -> None:
    call_with_one_of_two(walk, "Nhân sự xin rút.")
    called = AuditEntry.objects.filter(case=walk.case, event="called").latest("seq")
    nominees = {c.pk for c in walk.task("conference_4").flow_task.candidates_of(walk.case)}
    left_out = sorted(nominees - set(called.facts["candidates"]))
    assert (called.reason, called.facts["left_out"]) == ("Nhân sự xin rút.", left_out)
    assert len(left_out) == 1


def bar_everybody(world: World) -> None:
    Discipline.objects.bulk_create(
        Discipline(cadre=cadre, form="removal", decided_on=today()) for cadre in world.candidates
    )


@pytest.mark.stands("conference_5")
def test_a_rerun_with_nobody_eligible_is_reported(walk: Walk, world: World) -> None:
    advance(walk, "conference_5").conference("conference_5", nobody)
    bar_everybody(world)
    walk.do("report_no_result", "rerun", approval="TB 15-TB/TU", reason="Làm lại.")
    assert (walk.at, walk.case.round) == (["report_no_source"], 2)


@pytest.mark.stands("conference_3")
def test_a_restart_with_nobody_eligible_is_reported(walk: Walk, world: World) -> None:
    hold(advance(walk, "conference_3"))
    bar_everybody(world)
    walk.do("held", "restart", restart_from="conference_1", reason="Làm lại.")
    assert (walk.at, walk.case.round) == (["report_no_source"], 2)


@pytest.mark.stands("standing_committee")
def test_a_rerun_by_the_standing_committee_with_nobody_eligible_is_reported(
    walk: Walk, world: World
) -> None:
    advance(walk, "standing_committee")
    bar_everybody(world)
    walk.motion("standing_committee", "rerun", "Làm lại.")
    assert (walk.at, walk.case.round) == (["report_no_source"], 2)


@pytest.mark.stands("conference_3")
def test_a_new_round_checks_the_roster_once(walk: Walk) -> None:
    hold(advance(walk, "conference_3"))
    before = walk.case.entries.filter(event="rostered").count()
    walk.do("held", "restart", restart_from="conference_1", reason="Làm lại.")
    assert walk.at == ["conference_1"]
    assert walk.case.entries.filter(event="rostered").count() == before + 1


def process_clock(walk: Walk) -> Clock:
    """The deadline of the unit's procedure that has not been met yet."""
    return walk.case.clocks.get(rule="deadlines.process", stopped_on__isnull=True)


@pytest.mark.stands("standing_committee")
def test_a_rerun_by_the_standing_committee_gives_the_unit_its_time_anew(walk: Walk) -> None:
    advance(walk, "standing_committee")
    assert not walk.case.clocks.filter(rule="deadlines.process", stopped_on__isnull=True).exists()
    walk.motion("standing_committee", "rerun", "Làm lại.")
    assert process_clock(walk).started_on == today()


@pytest.mark.stands("conference_3")
def test_a_restart_from_conference_1_gives_the_unit_its_time_anew(walk: Walk) -> None:
    hold(advance(walk, "conference_3"))
    walk.case.clocks.update(started_on=today() - timedelta(days=90), due_on=today())
    walk.do("held", "restart", restart_from="conference_1", reason="Làm lại.")
    clock = process_clock(walk)
    assert (clock.started_on, clock.due_on > today()) == (today(), True)


def returned(walk: Walk) -> Walk:
    advance(walk, "check_dossier")
    return walk.do("check_dossier", "incomplete", reason="Thiếu bản kê khai.")


@pytest.mark.stands("check_dossier")
def test_the_time_of_the_unit_stands_still_while_a_dossier_is_supplemented(walk: Walk) -> None:
    due = process_clock(returned(walk)).due_on
    walk.case.clocks.update(paused_on=today() - timedelta(days=14))
    walk.do("assemble_dossier", "submit")
    clock = process_clock(walk)
    assert (clock.paused_on, clock.due_on > due) == (None, True)


@pytest.mark.stands("check_dossier")
def test_the_time_stands_still_after_a_hold_while_the_dossier_is_with_the_unit(
    walk: Walk,
) -> None:
    hold(returned(walk)).do("held", "resume", reason="Xong.")
    assert process_clock(walk).paused_on == today()


@pytest.mark.stands("check_dossier")
def test_the_time_runs_on_after_a_restart_that_took_the_dossier_from_the_unit(walk: Walk) -> None:
    hold(returned(walk))
    walk.do("held", "restart", restart_from="conference_3", reason="Bầu lại.")
    hold(walk).do("held", "resume", reason="Xong.")
    assert process_clock(walk).paused_on is None


def move_elsewhere(walk: Walk, cadre: Cadre, world: World) -> Walk:
    """Another case about another post moves the person already."""
    other = Walk.begin(AppointmentInPlaceFlow, world.positions["state"])
    other.case.candidate = cadre
    other.case.save(update_fields=["candidate"])
    return other


@pytest.mark.stands("conference_5")
def test_nobody_whom_another_case_moves_is_on_the_last_slip(walk: Walk, world: World) -> None:
    (nominee,) = (
        advance(walk, "conference_5").task("conference_5").flow_task.candidates_of(walk.case)
    )
    task = walk.task("conference_5")
    call, conductor = walk.call_data(task), walk.actor(task)
    other = move_elsewhere(walk, nominee, world)
    with pytest.raises(ValidationError, match=other.case.code):
        walk.send(task, conductor, call)
    assert not walk.case.conferences.filter(code="c5").exists()
    befall(other, "withdraw", reason="Rút.")
    advance(walk, "assemble_dossier")
    assert walk.case.candidate == nominee


@pytest.mark.stands("conference_2")
@pytest.mark.parametrize(("reader", "known"), [("clerk", True), ("stranger", False)])
def test_the_call_names_whom_another_case_moves_and_the_case_to_who_may_know_of_it(
    walk: Walk, world: World, reader: str, known: bool
) -> None:
    task = advance(walk, "conference_2").task("conference_2")
    person = task.flow_task.candidates_of(walk.case)[0]
    other = move_elsewhere(walk, person, world)
    form = task.flow_task.form_class(task=task, user=world[reader])
    said = str(form.fields["candidates"].help_text)
    assert (str(person) in said, other.case.code in said) == (True, known)
