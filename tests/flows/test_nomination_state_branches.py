"""The branches of the conferences and of the superior's answer in a State nomination."""

import pytest

from permissions.checks import today
from processes.demo.stories import Stage, against, nobody, scattered, thirds
from processes.demo.stories_nomination import STATE, answered, go
from processes.demo.walk import Walk
from processes.flows import choices_nomination as who
from processes.organisation.people import Discipline
from tests.flows.nominations import english, road_of, walk, world
from tests.flows.test_nomination_state_post import start
from tests.world_elections import ElectionWorld

__all__ = ["english", "walk", "world"]

ROAD = [*STATE, ""]
road = road_of(start, STATE)


def at(step: str, *given: object) -> object:
    """A test that begins at this step."""
    return pytest.param(step, *given, marks=pytest.mark.stands(step))


@pytest.mark.parametrize("step", [at(f"nomination_{number}") for number in range(1, 6)])
def test_without_a_quorum_the_conference_is_called_again(walk: Walk, step: str) -> None:
    walk.conference(step, absent=99)
    assert walk.at == [step]
    assert walk.case.conferences.filter(outcome="quorum_fail").count() == 1


@pytest.mark.parametrize(
    ("step", "way", "then"),
    [
        at("nomination_1", lambda w: w.conference("nomination_1", outcome="redo"), "nomination_1"),
        at("nomination_3", lambda w: w.conference("nomination_3", scattered), "nomination_4"),
        at("nomination_3", lambda w: w.conference("nomination_3", against), "ask_superior"),
        at("nomination_5", lambda w: w.conference("nomination_5", nobody), "ask_superior"),
        at(
            "submit_upward",
            lambda w: w.do("submit_upward", "incomplete", reason="Thiếu."),
            "submit_upward",
        ),
        at(
            "superior_appraisal",
            answered("superior_appraisal", "change", reason="Đổi nhân sự."),
            "nomination_1",
        ),
    ],
)
def test_a_branch_leads_on(walk: Walk, step: str, way: Stage, then: str) -> None:
    way(walk)
    assert walk.at == [then]


@pytest.mark.stands("scope")
def test_nobody_eligible_is_taken_to_the_superior(walk: Walk, world: ElectionWorld) -> None:
    Discipline.objects.bulk_create(
        Discipline(cadre=cadre, form="removal", decided_on=today()) for cadre in world.candidates
    )
    go(walk, STATE, "nomination_1")
    assert walk.at == ["ask_superior"]


@pytest.mark.stands("nomination_2")
def test_names_are_only_collected_at_the_second_conference(walk: Walk) -> None:
    walk.conference("nomination_2", against)
    assert walk.at == ["nomination_3"]


@pytest.mark.stands("nomination_3")
def test_a_tie_for_the_second_place_is_ruled_on(walk: Walk) -> None:
    walk.conference("nomination_3", thirds)
    tied = who.tied_nominees(walk.case)
    walk.do("rule_on_nominees", "ruled", go_on=[tied[-1].pk], reason="Theo thâm niên.")
    assert (walk.at, who.nominees(walk.case)) == (["nomination_4"], [tied[-1]])


@pytest.mark.stands("nomination_5")
def test_the_superior_lets_a_nomination_begin_again(walk: Walk) -> None:
    walk.conference("nomination_5", nobody)
    walk.do("ask_superior", "rerun", approval="CV 11-CV/BTCTW", reason="Làm lại.")
    assert (walk.at, walk.case.round) == (["nomination_1"], 2)


@pytest.mark.stands("nomination_5")
def test_the_superior_lets_a_nomination_end(walk: Walk) -> None:
    walk.conference("nomination_5", nobody)
    walk.do("ask_superior", "stop", reason="Không có nguồn.")
    assert walk.case.outcome == "rejected"


@pytest.mark.stands("superior_appraisal")
def test_the_superior_may_reject(walk: Walk) -> None:
    answered("superior_appraisal", "reject", reason="Chưa đủ điều kiện.")(walk)
    assert walk.case.outcome == "rejected"
