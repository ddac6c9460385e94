"""Every path of the table of appointment in place (procedures.md 12.1)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from permissions.checks import today
from processes.audit.models import AuditEntry
from processes.cases.models import CaseTask
from processes.demo.stories import (
    advance,
    against,
    except_all,
    halves,
    hold,
    last_first,
    nobody,
    promulgate,
    recount,
    scattered,
    thirds,
)
from processes.demo.walk import Walk
from processes.flows import AppointmentInPlaceFlow
from processes.organisation.people import Cadre, Discipline, PostHeld
from processes.organisation.positions import Position
from processes.rules import load
from tests.dossiers.test_drawing import text_of
from tests.rules.put import put
from tests.world import SINCE, World, make_cadre


def test_the_main_road_of_a_party_post_ends_appointed(walk: Walk) -> None:
    advance(walk)
    assert (walk.case.outcome, walk.at) == ("appointed", [])


def test_the_main_road_of_a_state_post_ends_appointed_with_two_decisions(world: World) -> None:
    walk = advance(Walk.begin(AppointmentInPlaceFlow, world.positions["state"]))
    assert walk.case.outcome == "appointed"
    items = set(walk.case.documents.values_list("item", flat=True))
    assert {"party_conclusion", "state_decision"} <= items


def test_a_party_post_gets_one_decision_with_a_number(walk: Walk) -> None:
    advance(walk)
    decision = walk.case.documents.get(item="party_decision")
    assert decision.number.endswith("-QĐ/TU")


def test_an_appointment_enters_the_post_and_its_term(walk: Walk, world: World) -> None:
    advance(walk)
    post = PostHeld.objects.get(position=world.positions["party"])
    assert (post.cadre, post.since) == (walk.case.candidate, today())
    assert post.term_ends_on.year == today().year + 5


@pytest.mark.parametrize(("seats", "stay"), [(1, False), (2, True)])
def test_whoever_sits_there_leaves_only_where_no_seat_is_free(
    walk: Walk, world: World, seats: int, stay: bool
) -> None:
    Position.objects.filter(pk=walk.case.position_id).update(seats=seats)
    sitting = PostHeld.objects.create(
        cadre=make_cadre(world.units["SNV"]), position=walk.case.position, title="x",
        group=world.group, unit=world.units["SNV"], since=SINCE,
    )  # fmt: skip
    advance(walk)
    sitting.refresh_from_db()
    assert (walk.case.outcome, sitting.until is None) == ("appointed", stay)


def test_a_decision_takes_no_effect_before_its_day(walk: Walk) -> None:
    advance(walk, "promulgate")
    early = today() - timedelta(days=1)
    with pytest.raises(ValidationError, match="effective_on"):
        promulgate(walk, effective_on=early)
    assert walk.at == ["promulgate"]


def test_the_timer_of_the_term_outlives_the_case(walk: Walk) -> None:
    advance(walk)
    clock = walk.case.clocks.get(stopped_on__isnull=True)
    assert clock.rule == "reappointment_notice"


def test_a_withdrawn_request_ends_the_case(walk: Walk) -> None:
    walk.do("request_policy", "withdraw", reason="Chưa cần.", need="x", source="in_place",
            assignment="x")  # fmt: skip
    assert walk.case.outcome == "withdrawn"


@pytest.mark.stands("check_request")
def test_a_returned_request_goes_back_to_the_unit(walk: Walk) -> None:
    advance(walk, "check_request").do("check_request", "return", reason="Thiếu phương án.")
    assert walk.at == ["request_policy"]


@pytest.mark.stands("check_request")
def test_a_return_without_a_reason_is_refused(walk: Walk) -> None:
    advance(walk, "check_request")
    with pytest.raises(ValidationError, match="reason"):
        walk.do("check_request", "return")
    assert walk.at == ["check_request"]


@pytest.mark.stands("check_request")
def test_a_delegated_post_needs_no_policy(walk: Walk, world: World) -> None:
    world.group.competences.update(policy_request=False)
    advance(walk, "check_request").do("check_request", "not_needed")
    assert walk.case.clocks.get(rule="deadlines.process").started_on == today()
    assert walk.at == ["conference_1"]


@pytest.mark.stands("check_request")
def test_a_post_that_needs_policy_cannot_do_without(walk: Walk) -> None:
    advance(walk, "check_request")
    with pytest.raises(ValidationError):
        walk.do("check_request", "not_needed")


@pytest.mark.stands("decide_policy")
def test_a_rejected_policy_ends_the_case(walk: Walk) -> None:
    advance(walk, "decide_policy").conference("decide_policy", against)
    assert walk.case.outcome == "rejected"


@pytest.mark.stands("decide_policy")
def test_the_standing_committee_may_return_the_request(walk: Walk) -> None:
    advance(walk, "decide_policy").motion("decide_policy", "return", "Làm rõ nhu cầu.")
    assert walk.at == ["request_policy"]


@pytest.mark.stands("decide_policy")
def test_nobody_eligible_is_reported(walk: Walk, world: World) -> None:
    Discipline.objects.bulk_create(
        Discipline(cadre=cadre, form="removal", decided_on=today()) for cadre in world.candidates
    )
    advance(walk, "conference_1")
    assert walk.at == ["report_no_source"]


def no_source(walk: Walk, world: World) -> Walk:
    test_nobody_eligible_is_reported(walk, world)
    return walk


@pytest.mark.stands("decide_policy")
def test_without_a_source_the_case_goes_elsewhere(walk: Walk, world: World) -> None:
    no_source(walk, world).do("report_no_source", "external", reason="Không có nguồn.")
    assert walk.case.outcome == "elsewhere"


@pytest.mark.stands("decide_policy")
def test_without_a_source_the_case_may_be_closed(walk: Walk, world: World) -> None:
    no_source(walk, world).do("report_no_source", "close", reason="Không có nguồn.")
    assert walk.case.outcome == "rejected"


@pytest.mark.stands("decide_policy")
def test_an_exception_lets_a_failed_cadre_onto_the_roster(walk: Walk, world: World) -> None:
    except_all(no_source(walk, world))
    walk.do("report_no_source", "redo", reason="Đã có ngoại lệ.")
    assert walk.at == ["conference_1"]


@pytest.mark.stands("conference_1")
def test_conference_1_may_be_held_again(walk: Walk) -> None:
    advance(walk, "conference_1").conference("conference_1", outcome="redo")
    assert walk.at == ["conference_1"]


@pytest.mark.parametrize(
    "step",
    [
        pytest.param(step, marks=pytest.mark.stands(step))
        for step in ("decide_policy", *(f"conference_{n}" for n in range(1, 6)),
                     "standing_committee")
    ],
)  # fmt: skip
def test_without_a_quorum_the_conference_is_called_again(walk: Walk, step: str) -> None:
    advance(walk, step).conference(step, absent=99)
    assert walk.at == [step]
    sittings = walk.case.conferences.filter(outcome="quorum_fail")
    assert [meeting.state for meeting in sittings] == ["closed"]


@pytest.mark.stands("conference_2")
def test_nobody_named_at_conference_2_is_reported_where_that_conference_decides(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    advance(walk, "conference_2")
    put(monkeypatch, "conferences.c2", load().for_keys("R105_2017").value("conferences.c2"))
    walk.conference("conference_2", against)
    assert walk.at == ["report_no_result"]


@pytest.mark.stands("conference_2")
def test_nobody_named_where_names_are_only_collected_goes_on(walk: Walk) -> None:
    advance(walk, "conference_2").conference("conference_2", against)
    assert walk.at == ["conference_3"]


@pytest.mark.stands("conference_3")
def test_nobody_named_at_conference_3_is_reported(walk: Walk) -> None:
    advance(walk, "conference_3").conference("conference_3", against)
    assert walk.at == ["report_no_result"]


@pytest.mark.stands("conference_3")
def test_nobody_over_half_sends_the_two_highest_on(walk: Walk) -> None:
    advance(walk, "conference_3").conference("conference_3", scattered)
    task = CaseTask.objects.get(process=walk.case, outcome="top2")
    assert walk.at == ["conference_4"]
    assert len(task.flow_task.outcomes["top2"].candidates_of(walk.case)) == 2


@pytest.mark.stands("conference_3")
def test_a_tie_for_the_second_place_needs_a_ruling(walk: Walk) -> None:
    advance(walk, "conference_3").conference("conference_3", thirds)
    assert walk.at == ["rule_on_tie"]


@pytest.mark.stands("conference_3")
def test_the_ruling_says_who_goes_on(walk: Walk) -> None:
    advance(walk, "conference_3").conference("conference_3", thirds)
    chosen = walk.task("rule_on_tie").flow_task.choices_of(walk.case)[:1]
    walk.do("rule_on_tie", "ruled", go_on=[chosen[0].pk], reason="Theo thâm niên.")
    assert walk.task("conference_4").flow_task.candidates_of(walk.case) == chosen


def one_ahead(slip: list[Cadre], present: int) -> dict[int, int]:
    """The first has two votes, the two behind one each."""
    return {cadre.pk: (2, 1, 1, 0)[index] for index, cadre in enumerate(slip)}


def tie_behind_one(walk: Walk) -> list[Cadre]:
    """Conference 3 ends with a tie for the second place; gives the first and those who share it."""
    advance(walk, "conference_3").conference("conference_3", one_ahead)
    assert walk.at == ["rule_on_tie"]
    return on_slip(walk, "c3")[:3]


def on_slip(walk: Walk, conference: str) -> list[Cadre]:
    """Who stood on the slip of the last sitting, in the order in which votes are given here."""
    slip = walk.case.conferences.filter(code=conference).latest("pk").candidacies.order_by("pk")
    return [line.cadre for line in slip.select_related("cadre")]


@pytest.mark.stands("conference_3")
def test_a_ruling_leaves_nobody_out_who_is_ahead_of_the_tie(walk: Walk) -> None:
    _first, second, _third = tie_behind_one(walk)
    with pytest.raises(ValidationError, match="go_on"):
        walk.do("rule_on_tie", "ruled", go_on=[second.pk], reason="Theo thâm niên.")
    assert walk.at == ["rule_on_tie"]


@pytest.mark.stands("conference_3")
def test_a_ruling_is_over_when_its_conference_is_held_again(walk: Walk) -> None:
    first, second, _third = tie_behind_one(walk)
    walk.do("rule_on_tie", "ruled", go_on=[first.pk, second.pk], reason="Theo thâm niên.")
    hold(walk).do("held", "restart", restart_from="conference_3", reason="Bầu lại.")
    walk.conference("conference_3", last_first, reason="Đã phân tích.")
    nominees = walk.task("conference_4").flow_task.candidates_of(walk.case)
    assert nominees == on_slip(walk, "c3")[-1:]


@pytest.mark.stands("conference_2")
def test_a_result_differs_from_no_leader_who_shared_the_first_place(walk: Walk) -> None:
    advance(walk, "conference_2").conference("conference_2", halves)
    second = on_slip(walk, "c2")[1]
    walk.conference("conference_3", lambda slip, n: {c.pk: n * (c == second) for c in slip})
    assert (walk.at, walk.case.flags) == (["conference_4"], [])


@pytest.mark.stands("conference_3")
def test_a_result_that_differs_is_explained(walk: Walk) -> None:
    advance(walk, "conference_3")
    walk.conference("conference_3", last_first, reason="Đã phân tích.")
    assert "differs_from_conference_2" in walk.case.flags
    assert AuditEntry.objects.filter(case=walk.case, outcome="differs").exists()


@pytest.mark.stands("conference_3")
def test_a_result_that_differs_without_explanation_stays_open(walk: Walk) -> None:
    advance(walk, "conference_3")
    with pytest.raises(ValidationError):
        walk.conference("conference_3", last_first)
    assert walk.at == ["conference_3"]


@pytest.mark.stands("conference_3")
def test_exactly_half_lets_the_head_decide(walk: Walk) -> None:
    advance(walk, "conference_3").conference("conference_3", scattered)
    advance(walk, "conference_5").conference("conference_5", halves)
    assert walk.at == ["head_decides"]


@pytest.mark.stands("conference_3")
def test_the_head_picks_with_a_report_of_opinions(walk: Walk) -> None:
    test_exactly_half_lets_the_head_decide(walk)
    chosen = walk.task("head_decides").flow_task.choices_of(walk.case)[1]
    said = "Hai đồng chí đề nghị người thứ nhất."
    walk.do("head_decides", "pick", differing=said, pick=chosen.pk, reason="Phù hợp vị trí hơn.")
    assert (walk.at, walk.case.candidate) == (["assemble_dossier"], chosen)
    report = walk.case.documents.get(item="opinions_report")
    assert report.number
    assert all(part in text_of(report) for part in (report.number, said, "Phù hợp vị trí hơn."))


@pytest.mark.stands("conference_5")
def test_nobody_chosen_runs_again_under_a_new_approval(walk: Walk) -> None:
    advance(walk, "conference_5").conference("conference_5", nobody)
    walk.do("report_no_result", "rerun", approval="TB 15-TB/TU", reason="Làm lại.")
    assert (walk.at, walk.case.round) == (["conference_1"], 2)
    advance(walk)
    assert walk.case.outcome == "appointed"


@pytest.mark.stands("conference_5")
def test_a_rerun_without_a_new_approval_is_refused(walk: Walk) -> None:
    advance(walk, "conference_5").conference("conference_5", nobody)
    with pytest.raises(ValidationError, match="approval"):
        walk.do("report_no_result", "rerun", reason="Làm lại.")


@pytest.mark.stands("conference_5")
def test_nobody_chosen_may_stop_the_case(walk: Walk) -> None:
    advance(walk, "conference_5").conference("conference_5", nobody)
    walk.do("report_no_result", "stop", reason="Dừng.")
    assert walk.case.outcome == "rejected"


@pytest.mark.stands("conference_2")
def test_two_tellers_who_differ_lead_to_a_recount_that_keeps_both(walk: Walk) -> None:
    recount(walk)
    meeting = walk.case.conferences.get(code="c2")
    assert (meeting.count_round, meeting.counts.count()) == (2, 2)
    walk.conference("conference_2")
    assert walk.at == ["conference_3"]


@pytest.mark.stands("conference_2")
def test_a_void_ballot_is_kept_and_repeated(walk: Walk) -> None:
    advance(walk, "conference_2").conference("conference_2", until="wait")
    walk.send_part(walk.task("conference_2"), {"part": "void", "reason": "Phiếu in sai tên."})
    walk.conference("conference_2")
    states = list(walk.case.conferences.filter(code="c2").order_by("pk").values_list("state"))
    assert states == [("void",), ("closed",)]
