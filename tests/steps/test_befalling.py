"""Hold, withdraw, except, explain: done, refused, twice, too late."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils.translation import override

from permissions.checks import today
from permissions.errors import Conflict, Refused
from processes.audit.models import AuditEntry, Event
from processes.cases.clocks import resume_clocks
from processes.cases.models import CaseTask, Clock
from processes.demo.stories import advance, befall, hold
from processes.demo.walk import Walk
from processes.eligibility.sentences import check_title
from processes.organisation.people import Discipline
from processes.steps.befall import CASE_ACTIONS
from processes.steps.sweep import sweep
from processes.steps.unfit import failed_checks
from tests.world import World

ACTIONS = {action.name: action for action in CASE_ACTIONS}


def events(walk: Walk) -> list[str]:
    return list(AuditEntry.objects.filter(chain=walk.case.pk).values_list("event", flat=True))


def test_a_hold_keeps_its_basis_in_the_trail(walk: Walk) -> None:
    hold(walk)
    entry = AuditEntry.objects.get(chain=walk.case.pk, event=Event.HELD)
    assert entry.facts == {"basis": "CV 12-CV/UBKTTU"}


def test_a_clerk_may_not_hold_a_case(walk: Walk, world: World) -> None:
    with pytest.raises(Refused):
        ACTIONS["hold"].perform(walk.case.pk, by=world["clerk"], data={"reason": "x", "basis": "x"})
    assert (events(walk)[-1], walk.case.holds.count()) == (Event.REFUSED, 0)


def test_a_case_is_held_once(walk: Walk, world: World) -> None:
    hold(walk)
    data = {"reason": "x", "basis": "x"}
    with pytest.raises(Refused):
        ACTIONS["hold"].perform(walk.case.pk, by=world["oc_head"], data=data)


def test_an_ended_case_cannot_be_held(walk: Walk, world: World) -> None:
    befall(walk, "withdraw", reason="Rút.")
    data = {"reason": "x", "basis": "x"}
    with pytest.raises(Conflict):
        ACTIONS["hold"].perform(walk.case.pk, by=world["oc_head"], data=data)


@pytest.mark.stands("decide_policy")
def test_a_hold_moves_the_deadlines_by_the_days_it_lasted(walk: Walk) -> None:
    hold(advance(walk, "decide_policy"))
    clock = walk.case.clocks.get(rule="deadlines.policy_decision")
    walk.case.clocks.update(paused_on=today() - timedelta(days=14))
    walk.do("held", "resume", reason="Xong.")
    due = clock.due_on
    clock.refresh_from_db()
    assert clock.paused_on is None
    assert clock.due_on > due


@pytest.mark.stands("decide_policy")
@pytest.mark.parametrize(("unit", "days"), [("working_day", 6), ("day", 4), ("month", 4), ("", 0)])
def test_a_deadline_stands_still_in_its_own_unit_of_time(walk: Walk, unit: str, days: int) -> None:
    monday = date(2026, 3, 2)
    clock = Clock.objects.create(
        case=walk.case, rule="x", unit=unit, started_on=monday, due_on=date(2026, 3, 26),
        paused_on=monday,
    )  # fmt: skip
    resume_clocks(walk.case, on=monday + timedelta(days=4))
    clock.refresh_from_db()
    assert (clock.due_on - date(2026, 3, 26)).days == days
    assert clock.paused_on is None


@pytest.mark.stands("decide_policy")
def test_failed_checks_are_offered_by_their_names(walk: Walk, world: World) -> None:
    Discipline.objects.create(cadre=world.candidates[0], form="removal", decided_on=today())
    advance(walk, "conference_1")
    (_line, label), *_rest = failed_checks(walk.case)
    assert label == f"{world.candidates[0]}: {check_title('discipline_bar')}"


@pytest.mark.stands("conference_2")
def test_a_withdrawal_ends_the_case_and_its_tasks(walk: Walk) -> None:
    befall(advance(walk, "conference_2"), "withdraw", reason="Nhân sự xin rút.")
    open_tasks = CaseTask.objects.filter(process=walk.case, finished__isnull=True)
    assert (walk.case.outcome, open_tasks.count()) == ("withdrawn", 0)
    assert events(walk)[-2:] == [Event.WITHDRAWN, Event.ENDED]


@pytest.mark.stands("decide_policy")
def test_an_exception_names_rule_approver_reason_and_document(walk: Walk, world: World) -> None:
    Discipline.objects.create(cadre=world.candidates[0], form="removal", decided_on=today())
    advance(walk, "conference_1")
    (line, _label), *_rest = failed_checks(walk.case)
    befall(walk, "except", reason="Đặc biệt.", line=line, document="KL 05-KL/TU")
    record = walk.case.exceptions.get()
    assert (record.cadre, record.approver, record.document) == (
        world.candidates[0], world["standing"], "KL 05-KL/TU"
    )  # fmt: skip
    assert failed_checks(walk.case) == []


@pytest.mark.stands("decide_policy")
def test_a_check_that_did_not_fail_gets_no_exception(walk: Walk, world: World) -> None:
    Discipline.objects.create(cadre=world.candidates[0], form="removal", decided_on=today())
    advance(walk, "conference_1")
    with pytest.raises(ValidationError):
        befall(walk, "except", reason="x", line="1:health_ok", document="x")


@pytest.mark.stands("conference_1")
def test_where_no_check_has_failed_nothing_is_excepted(walk: Walk, world: World) -> None:
    advance(walk, "conference_1")
    data = {"reason": "x", "line": "1:health_ok", "document": "x"}
    with pytest.raises(Refused):
        ACTIONS["except"].perform(walk.case.pk, by=world["standing"], data=data)


@pytest.mark.stands("conference_2")
def test_a_late_case_is_explained_in_writing(walk: Walk) -> None:
    advance(walk, "conference_2")
    sweep(today() + timedelta(days=120))
    walk.case.refresh_from_db()
    assert walk.case.flags == ["late"]
    befall(walk, "explain", reason="Chờ kết luận thanh tra.")
    assert walk.case.flags == ["late_explained"]


def test_a_case_in_time_needs_no_explanation(walk: Walk, world: World) -> None:
    with pytest.raises(Refused):
        ACTIONS["explain"].perform(walk.case.pk, by=world["clerk"], data={"reason": "x"})


@pytest.mark.stands("conference_2")
def test_the_sweep_reminds_once_and_escalates_once(walk: Walk) -> None:
    advance(walk, "conference_2")
    due = walk.case.clocks.get(rule="deadlines.process").due_on
    assert sweep(due).reminded == 1
    assert sweep(due).reminded == 0
    assert sweep(due + timedelta(days=1)).escalated == 1
    assert sweep(due + timedelta(days=2)).escalated == 0


@pytest.mark.stands("conference_2")
@pytest.mark.parametrize("end", ["withdraw", "reject"])
def test_a_case_that_ends_while_slips_are_counted_leaves_no_open_conference(
    walk: Walk, end: str
) -> None:
    advance(walk, "conference_2").conference("conference_2", until="wait")
    if end == "withdraw":
        befall(walk, "withdraw", reason="Rút hồ sơ.")
    else:
        hold(walk).do("held", "reject", reason="Rút hồ sơ.")
    meeting = walk.case.conferences.get(code="c2")
    assert (meeting.state, meeting.void_reason) == ("void", "Rút hồ sơ.")
    (entry,) = walk.case.entries.filter(event=Event.VOIDED)
    assert entry.role == {"withdraw": "unit_clerk", "reject": "oc_head"}[end]


@pytest.mark.stands("consult_organs")
def test_nothing_is_due_any_more_of_a_step_that_a_restart_has_left(walk: Walk) -> None:
    hold(advance(walk, "consult_organs"))
    walk.do("held", "restart", restart_from="conference_3", reason="Làm lại.")
    assert not walk.case.clocks.filter(stopped_on__isnull=True).exists()
    sweep(today() + timedelta(days=60))
    walk.done()
    assert (walk.case.flags, Event.ESCALATED in events(walk)) == ([], False)


@pytest.mark.stands("conference_2")
def test_who_grants_an_exception_reads_from_when_it_counts(walk: Walk, world: World) -> None:
    Discipline.objects.create(cadre=world.candidates[0], form="removal", decided_on=today())
    hold(advance(walk, "conference_2"))
    walk.do("held", "restart", restart_from="conference_1", reason="Có vấn đề mới.")
    action = ACTIONS["except"]
    with override("en"):
        said = str(action.form_class(case=walk.case).fields["line"].help_text)
    assert "when the roster is built again" in said
    (line,) = [value for value, _ in failed_checks(walk.case)][:1]
    befall(walk, "except", line=line, document="QĐ 9-QĐ/TU", reason="Đặc biệt.")
    roster = walk.case.roster.filter(round=walk.case.round, cadre=world.candidates[0], listed=True)
    assert [one.eligible for one in roster] == [False]
    hold(walk).do("held", "restart", restart_from="conference_1", reason="Đã có ngoại lệ.")
    roster = walk.case.roster.filter(round=walk.case.round, cadre=world.candidates[0], listed=True)
    checks = {c["code"]: c["excepted"] for one in roster for c in one.checks}
    assert checks[line.partition(":")[2]]


@pytest.mark.parametrize(("language", "said"), [("vi", "đã nhắc"), ("en", "reminded")])
def test_the_command_tells_what_it_did_in_the_language_of_the_site(
    walk: Walk, capsys: pytest.CaptureFixture[str], language: str, said: str
) -> None:
    with override(language):
        call_command("sweep")
    assert said in capsys.readouterr().out
