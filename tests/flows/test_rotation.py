"""Every path of the table of rotation (procedures.md 12.6)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from permissions.checks import today
from permissions.errors import Refused
from permissions.models import User
from processes.cases.models import Case, CaseTask
from processes.demo import stories_rotation as go_to
from processes.demo.stories import against, except_all
from processes.demo.walk import Walk
from processes.flows import RotationFlow
from processes.flows.table import table
from processes.organisation.people import Cadre, Discipline, Kinship
from processes.rotation.queries import mission_of
from processes.steps.opening import open_case
from processes.steps.sweep import sweep
from tests.flows.rotation_road import ROAD, Road, at, browser, english, road, walk, world
from tests.world_rotation import RotationWorld

__all__ = ["ROAD", "at", "browser", "english", "road", "walk", "world"]


def test_the_table_has_every_row_of_the_law_book() -> None:
    codes = [row.code for row in RotationFlow.rows()]
    law = [f"e{number:02d}" for number in range(1, 16)] + ["z_hold", "z_withdraw", "z_reject"]
    assert [code for code in law if code not in codes] == []
    assert codes.index("e03") < codes.index("e04") < codes.index("e15") < codes.index("z_hold")


def test_the_printed_table_names_the_outcomes() -> None:
    printed = table(RotationFlow)
    assert "approve→e03; return→e01; reject→z_reject" in printed
    assert "term_ended→e13; recalled→e13" in printed


# Plan and policy.


def test_a_rotation_counts_towards_its_scheme(walk: Walk, world: RotationWorld) -> None:
    line = walk.case.scheme_move
    assert (line.scheme, line.direction) == (world.scheme, "lateral_sector")


def test_a_rotation_goes_by_the_editions_of_rotation_and_appointment(walk: Walk) -> None:
    assert walk.case.editions == ["R65_2022", "R377_2025"]


def test_only_the_organization_committee_starts_a_rotation(walk: Walk, world: Any) -> None:
    with pytest.raises(Refused):
        open_case(RotationFlow, by=world["clerk"], position=world.posts["home"])


def test_a_plan_shorter_than_36_months_is_refused(walk: Walk, world: RotationWorld) -> None:
    with pytest.raises(ValidationError, match="months"):
        go_to.plan(walk, world.source, months=35)


@pytest.mark.stands("decide_plan")
def test_the_standing_committee_may_return_the_plan(walk: Walk) -> None:
    assert walk.motion("decide_plan", "return", "Làm rõ chức danh.").at == ["plan_rotation"]


@pytest.mark.stands("decide_plan")
def test_a_rejected_plan_ends_the_case(walk: Walk) -> None:
    assert walk.conference("decide_plan", against).case.outcome == "rejected"


@pytest.mark.stands("decide_plan")
def test_without_a_quorum_the_plan_is_called_again(walk: Walk) -> None:
    assert walk.conference("decide_plan", absent=99).at == ["decide_plan"]


@pytest.mark.stands("decide_plan")
def test_an_approved_plan_asks_every_unit_that_it_names(walk: Walk, world: RotationWorld) -> None:
    walk.conference("decide_plan")
    tasks = CaseTask.objects.filter(process=walk.case, finished__isnull=True)
    assert {task.unit for task in tasks} == {world.source, world.units["UBKTTU"]}
    assert all(task.due_on for task in tasks)


# Proposals and eligibility.


@pytest.mark.stands("propose_people")
def test_a_unit_proposes_only_its_own_people(walk: Walk, world: RotationWorld) -> None:
    own = walk.task("propose_people", unit=world.units["UBKTTU"])
    with pytest.raises(ValidationError, match="people"):
        walk.send(own, walk.actor(own), {"people": [world.candidates[0].pk], "text": "x"})


@pytest.mark.stands("propose_people")
def test_the_deadline_goes_on_with_what_is_in(walk: Walk, world: RotationWorld) -> None:
    task = walk.task("propose_people", unit=world.source)
    people = [world.candidates[0].pk]
    walk.send(task, walk.actor(task), {"people": people, "text": "Đủ tiêu chuẩn."})
    assert walk.at == ["propose_people"]
    sweep(walk.task("propose_people").due_on + timedelta(days=1))
    assert walk.at == ["choose_candidate"]


@pytest.mark.stands("propose_people")
def test_nobody_proposed_asks_what_to_do(walk: Walk) -> None:
    assert go_to.propose(walk).at == ["nobody_fits"]


@pytest.mark.stands("propose_people")
def test_the_units_may_be_asked_again(walk: Walk) -> None:
    go_to.propose(walk).do("nobody_fits", "ask_again", reason="Chưa có nguồn.")
    assert (set(walk.at), walk.case.facts["proposals"]) == ({"propose_people"}, [])


@pytest.mark.stands("propose_people")
def test_the_plan_may_be_dropped(walk: Walk) -> None:
    go_to.propose(walk).do("nobody_fits", "drop", reason="Không có nguồn.")
    assert walk.case.outcome == "rejected"


@pytest.mark.stands("propose_people")
def test_an_exception_lets_a_barred_person_through(walk: Walk, world: RotationWorld) -> None:
    cadre = world.candidates[0]
    Discipline.objects.create(cadre=cadre, form="warning", decided_on=today())
    assert go_to.propose(walk, cadre).at == ["nobody_fits"]
    except_all(walk).do("nobody_fits", "check_again", reason="Đã có ngoại lệ.")
    assert walk.at == ["choose_candidate"]


@pytest.mark.stands("propose_people")
def test_who_retires_in_less_than_ten_years_is_not_eligible(walk: Walk, world: Any) -> None:
    cadre = world.candidates[0]
    Cadre.objects.filter(pk=cadre.pk).update(born_on=date(today().year - 55, 1, 1))
    go_to.propose(walk, cadre)
    line = walk.case.roster.get(cadre=cadre)
    failed = [check["code"] for check in line.checks if check["verdict"] != "yes"]
    assert (failed, walk.at) == (["remaining_time"], ["nobody_fits"])


@pytest.mark.stands("choose_candidate")
def test_none_of_the_eligible_may_fit(walk: Walk) -> None:
    walk.do("choose_candidate", "none", reason="Chưa phù hợp.")
    assert walk.at == ["nobody_fits"]


@pytest.mark.stands("choose_candidate")
def test_only_who_was_proposed_and_is_eligible_can_be_chosen(walk: Walk, world: Any) -> None:
    with pytest.raises(ValidationError, match="pick"):
        walk.do("choose_candidate", "pick", pick=world.candidates[3].pk, reason="x")


@pytest.mark.stands("choose_candidate")
def test_nobody_is_moved_by_two_cases(walk: Walk, world: RotationWorld) -> None:
    other = Walk(go_to.start(world.posts["higher"]).case)
    Case.objects.filter(pk=other.case.pk).update(candidate=world.candidates[0])
    with pytest.raises(ValidationError, match="moves"):
        walk.do("choose_candidate", "pick", pick=world.candidates[0].pk, reason="x")


# Comments, hearing, talk, appraisal.


@pytest.mark.stands("comment_on_candidate")
def test_the_party_committee_where_the_cadre_works_comments(walk: Walk, world: Any) -> None:
    task = walk.task("comment_on_candidate")
    assert (task.unit, walk.actor(task)) == (world.source, world["party"])


@pytest.mark.stands("hear_both_units")
def test_differing_opinions_travel_with_the_case(walk: Walk) -> None:
    said = go_to.AGREED | {"destination_stand": "adverse", "destination_text": "Chưa có nhu cầu."}
    walk.do("hear_both_units", "differ", reason="Nơi đến chưa đồng ý.", **said)
    stands = set(walk.case.opinions.values_list("stand", flat=True))
    assert (walk.at, stands) == (["meet_cadre"], {"agree", "adverse"})
    assert "opinions_differ" in walk.case.flags


@pytest.mark.stands("hear_both_units")
def test_a_unit_that_is_against_cannot_be_in_order(walk: Walk) -> None:
    with pytest.raises(ValidationError, match="outcome"):
        walk.do("hear_both_units", "ok", **{**go_to.AGREED, "source_stand": "adverse"})


@pytest.mark.stands("meet_cadre")
def test_an_objection_is_recorded_and_stops_nothing(walk: Walk) -> None:
    walk.do("meet_cadre", "objection", met_on=today(), minutes="Hoàn cảnh gia đình.",
            reason="Con nhỏ.")  # fmt: skip
    assert (walk.at, "cadre_objects" in walk.case.flags) == (["appraise"], True)


@pytest.mark.stands("appraise")
def test_an_appraisal_waits_for_the_dossier(walk: Walk) -> None:
    with pytest.raises(ValidationError, match="not complete"):
        walk.do("appraise", "recommend", report="x", **go_to.items())


@pytest.mark.stands("appraise")
def test_the_weights_of_a_mission_add_up_to_a_hundred(walk: Walk) -> None:
    go_to.upload_all(walk)
    with pytest.raises(ValidationError, match="add up to 90"):
        walk.do("appraise", "recommend", report="x", **{**go_to.items(), "item1_weight": 50})


@pytest.mark.stands("appraise")
def test_who_is_not_recommended_goes_to_the_vote_all_the_same(walk: Walk) -> None:
    go_to.appraise(walk, "not_recommended", reason="Chưa đủ kinh nghiệm.")
    assert (walk.at, "not_recommended" in walk.case.flags) == (["decide_rotation"], True)


# The vote and the decision.


@pytest.mark.stands("decide_rotation")
def test_the_vote_may_send_the_case_back_to_the_appraisal(walk: Walk) -> None:
    assert walk.motion("decide_rotation", "return", "Bổ sung.").at == ["appraise"]


@pytest.mark.stands("decide_rotation")
def test_a_rejected_rotation_ends_the_case(walk: Walk) -> None:
    assert walk.conference("decide_rotation", against).case.outcome == "rejected"


@pytest.mark.stands("decide_rotation")
def test_without_a_quorum_the_vote_is_called_again(walk: Walk) -> None:
    assert walk.conference("decide_rotation", absent=99).at == ["decide_rotation"]


@pytest.mark.stands("decide_rotation")
def test_conditions_are_checked_again_on_the_day_of_the_vote(walk: Walk) -> None:
    Discipline.objects.create(cadre=walk.case.candidate, form="warning", decided_on=today())
    with pytest.raises(ValidationError, match="No discipline"):
        walk.conference("decide_rotation")


@pytest.mark.stands("sign_rotation")
def test_the_decision_comes_with_a_mission(walk: Walk) -> None:
    go_to.sign(walk)
    order = mission_of(walk.case)
    assert (order.cadre, order.items.count()) == (walk.case.candidate, 2)
    papers = walk.case.documents.in_bulk(field_name="pk").values()
    numbers = {paper.item: paper.number for paper in papers}
    assert numbers["rotation_decision"] == numbers["mission_order"] == order.number
    assert walk.at == ["receive_cadre"]


def test_a_state_post_gets_a_decision_of_the_peoples_committee(road: Road, walk: Walk) -> None:
    other = go_to.start(road.world.posts["state"])
    go_to.go(other, road.stages, "receive_cadre")
    items = set(other.case.documents.values_list("item", flat=True))
    assert {"rotation_decision", "rotation_state_decision"} <= items
    assert other.case.editions == ["R65_2022", "R377_2025", "D170_2025"]


# Reception.


@pytest.mark.stands("receive_cadre")
def test_the_standing_board_receives_for_a_head_who_is_kin_of_the_cadre(
    walk: Walk, world: RotationWorld
) -> None:
    task = walk.task("receive_cadre")
    assert task.unit == world.units["STC"]
    own = Cadre.objects.create(
        user=User.objects.get(username="dst_head"), unit=task.unit, code="KIN",
        family_name="Trần", given_name="Thân", born_on=date(1975, 1, 1), sex=Cadre.Sex.FEMALE,
    )  # fmt: skip
    Kinship.objects.create(cadre=own, relative=walk.case.candidate, relation="Chị")
    assert sweep(today()).passed_on == 1
    assert walk.task("receive_cadre").unit == world.units["P26"]
    assert go_to.receive(walk).at == ["report_on_mission"]
