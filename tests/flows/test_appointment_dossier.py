"""The paths of the table from the Party committee's opinion to the decision (12.1, a09-a19)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from permissions.checks import today
from processes.cases.models import Case, Opinion
from processes.demo.stories import (
    advance,
    against,
    consult,
    hold,
)
from processes.demo.walk import Walk
from processes.organisation.people import Discipline
from processes.organisation.positions import Position
from processes.steps.sweep import sweep
from tests.rules.put import put


def new_issue(walk: Walk) -> Walk:
    return walk.do("committee_opinion", "new_issue", comment="Có đơn.", basis="Đơn 12",
                   reason="Chờ xác minh.")  # fmt: skip


@pytest.mark.stands("committee_opinion")
def test_a_new_issue_holds_the_case_on_a_written_basis(walk: Walk) -> None:
    new_issue(walk)
    assert walk.at == ["held"]
    assert walk.case.holds.get().basis == "Đơn 12"
    assert walk.case.entries.get(event="held").role == "unit_party"


@pytest.mark.stands("committee_opinion")
def test_a_resumed_case_goes_back_to_the_step_it_came_from(walk: Walk) -> None:
    new_issue(walk).do("held", "resume", reason="Đã kết luận.")
    assert walk.at == ["committee_opinion"]


@pytest.mark.stands("committee_opinion")
def test_a_held_case_may_restart_from_a_step(walk: Walk) -> None:
    new_issue(walk).do("held", "restart", restart_from="conference_1", reason="Làm lại.")
    assert (walk.at, walk.case.round) == (["conference_1"], 2)
    assert walk.case.entries.get(event="restarted").role == "oc_head"
    advance(walk)
    assert walk.case.outcome == "appointed"


@pytest.mark.stands("committee_opinion")
def test_a_held_case_may_end(walk: Walk) -> None:
    new_issue(walk).do("held", "reject", reason="Vi phạm.")
    assert walk.case.outcome == "rejected"


@pytest.mark.stands("check_dossier")
def test_a_hold_at_any_step_freezes_its_tasks(walk: Walk) -> None:
    hold(advance(walk, "check_dossier"))
    task = walk.task("check_dossier")
    assert walk.at == ["check_dossier", "held"]
    assert task.flow_task.why_not(walk.actor(walk.task("held")), task)


@pytest.mark.stands("check_dossier")
def test_a_resumed_hold_gives_the_tasks_back(walk: Walk) -> None:
    hold(advance(walk, "check_dossier")).do("held", "resume", reason="Xong.")
    assert walk.at == ["check_dossier"]
    advance(walk)
    assert walk.case.outcome == "appointed"


@pytest.mark.stands("check_dossier")
def test_an_incomplete_dossier_goes_back(walk: Walk) -> None:
    advance(walk, "check_dossier").do("check_dossier", "incomplete", reason="Thiếu.")
    assert walk.at == ["assemble_dossier"]


@pytest.mark.stands("assemble_dossier")
def test_a_dossier_that_lacks_papers_cannot_be_submitted(walk: Walk) -> None:
    advance(walk, "assemble_dossier")
    walk.case.documents.filter(item="cv").delete()
    with pytest.raises(ValidationError):
        walk.do("assemble_dossier", "submit")


@pytest.mark.stands("consult_organs")
def test_consulted_organs_answer_side_by_side(walk: Walk) -> None:
    advance(walk, "consult_organs")
    assert walk.at == ["consult_organs"] * 3
    consult(walk)
    assert (walk.at, Opinion.objects.filter(case=walk.case).count()) == (["appraise"], 3)


@pytest.mark.stands("consult_organs")
def test_an_adverse_opinion_travels_as_a_flag(walk: Walk) -> None:
    consult(advance(walk, "consult_organs"), "adverse")
    assert (walk.at, walk.case.flags) == (["appraise"], ["adverse_opinion"])


@pytest.mark.stands("consult_organs")
def test_the_deadline_ends_a_consultation(walk: Walk) -> None:
    advance(walk, "consult_organs")
    sweep(today() + timedelta(days=60))
    assert walk.at == ["appraise"]


@pytest.mark.stands("appraise")
def test_an_appraisal_may_ask_for_a_supplement(walk: Walk) -> None:
    advance(walk, "appraise").do("appraise", "supplement", report="Thiếu.", reason="Bổ sung.")
    assert walk.at == ["assemble_dossier"]
    assert walk.case.dossier_received_on is None


@pytest.mark.stands("appraise")
def test_not_recommended_still_reaches_the_agenda_with_a_flag(walk: Walk) -> None:
    advance(walk, "appraise").do("appraise", "not_recommended", report="Chưa đạt.", reason="Yếu.")
    assert (walk.at, walk.case.flags) == (["schedule"], ["not_recommended"])


@pytest.mark.stands("appraise")
def test_an_appraisal_may_hold_the_case(walk: Walk) -> None:
    advance(walk, "appraise").do("appraise", "hold", report="Có đơn.", basis="Đơn 9", reason="Chờ.")
    assert walk.at == ["held"]


@pytest.mark.stands("schedule")
def test_the_standing_board_may_return_to_the_appraisal(walk: Walk) -> None:
    advance(walk, "schedule").do("schedule", "return", reason="Làm rõ.")
    assert walk.at == ["appraise"]


@pytest.mark.stands("standing_committee")
@pytest.mark.parametrize(
    ("motion", "step"),
    [("supplement", "check_dossier"), ("defer", "standing_committee"), ("rerun", "conference_1")],
)
def test_the_standing_committee_may_move_without_a_ballot(
    walk: Walk, motion: str, step: str
) -> None:
    advance(walk, "standing_committee").motion("standing_committee", motion, "Lý do.")
    assert walk.at == [step]


@pytest.mark.stands("standing_committee")
def test_the_standing_committee_may_reject(walk: Walk) -> None:
    advance(walk, "standing_committee").conference("standing_committee", against)
    assert walk.case.outcome == "rejected"


@pytest.mark.stands("standing_committee")
def test_eligibility_is_checked_again_on_the_day_of_the_decision(walk: Walk) -> None:
    advance(walk, "standing_committee")
    Discipline.objects.create(cadre=walk.case.candidate, form="warning", decided_on=today())
    with pytest.raises(ValidationError):
        walk.conference("standing_committee")
    assert walk.at == ["standing_committee"]


@pytest.mark.stands("standing_committee")
@pytest.mark.parametrize(
    ("kind", "step"), [("party", "sign_decision"), ("state", "state_decision")]
)
def test_whoever_signs_may_return_the_decision(walk: Walk, kind: str, step: str) -> None:
    Position.objects.filter(pk=walk.case.position_id).update(kind=kind)
    walk = Walk(Case.objects.get(pk=walk.case.pk))
    walk.conference("standing_committee").do(step, "return", reason="Sửa văn bản.")
    assert walk.at == ["schedule"]


@pytest.mark.stands("standing_committee")
@pytest.mark.parametrize(("months", "at"), [(None, "signed"), (6, "signed"), (1, "refused")])
def test_a_vote_counts_as_long_as_the_edition_says(
    walk: Walk, monkeypatch: pytest.MonkeyPatch, months: int | None, at: str
) -> None:
    put(monkeypatch, "result_validity_months", months)
    walk.case.conferences.update(held_on=today() - timedelta(days=60))
    if at == "refused":
        with pytest.raises(ValidationError, match="1 tháng"):
            advance(walk, "sign_or_issue")
        assert walk.at == ["standing_committee"]
    else:
        assert advance(walk).case.outcome == "appointed"


@pytest.mark.stands("standing_committee")
def test_a_deferred_case_has_no_day_of_a_meeting_until_it_gets_one(walk: Walk) -> None:
    assert advance(walk, "standing_committee").case.meeting_on is not None
    walk.motion("standing_committee", "defer", "Chuyển sang phiên họp sau.")
    assert walk.case.meeting_on is None
    assert advance(walk).case.meeting_on == today()
