"""Every path of the table of nomination to a Party post (procedures.md 12.4)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from permissions.catalogue import Role
from permissions.checks import holders, today
from permissions.grants import grant
from permissions.models import User
from processes.audit.models import Event
from processes.audit.verify import verify
from processes.demo.stories import against, befall, hold, nobody, scattered, thirds
from processes.demo.stories_nomination import (
    PARTY,
    answered,
    begin,
    draw_up_list,
    effective,
    everybody,
    go,
    voting,
)
from processes.demo.walk import Walk
from processes.flows import NominationPartyPostFlow
from processes.flows import choices_nomination as who
from processes.flows.table import table
from processes.organisation.people import Cadre, Discipline, PostHeld
from tests.flows.nominations import english, road_of, walk, world
from tests.world import SINCE
from tests.world_elections import ElectionWorld

__all__ = ["english", "walk", "world"]

TABLE = "d01 d02a d02b d02c d02d d02e d02n d03 d04 d05 d06 d07 d08 d09 z_hold z_withdraw z_reject"
ROAD = [*PARTY, ""]
road = road_of(lambda world: begin(NominationPartyPostFlow, world.positions["committee"]), PARTY)


def others(walk: Walk, number: int) -> list[Cadre]:
    return who.may_be_listed(walk.case)[:number]


def test_the_table_has_every_row_of_the_law_book() -> None:
    codes = {row.code for row in NominationPartyPostFlow.rows()}
    assert [code for code in TABLE.split() if code not in codes] == []


def test_the_table_is_printed_in_the_order_of_the_law_book() -> None:
    codes = [row.code for row in NominationPartyPostFlow.rows()]
    assert codes[:3] == ["d01", "d01r", "d02a"]
    assert codes.index("d04") < codes.index("d05") < codes.index("d09") < codes.index("z_hold")
    assert "approve→d05; change→d01r; reject→z_reject" in table(NominationPartyPostFlow)


@pytest.mark.stands("scope")
def test_nobody_eligible_is_taken_to_the_superior(walk: Walk, world: ElectionWorld) -> None:
    for cadre in world.candidates:
        Discipline.objects.create(cadre=cadre, form="removal", decided_on=today())
    go(walk, PARTY, "nomination_1")
    assert walk.at == ["ask_superior"]
    walk.do("ask_superior", "stop", reason="Không có nguồn.")
    assert walk.case.outcome == "rejected"


@pytest.mark.stands("scope")
def test_a_held_case_may_restart_and_ends_elected(walk: Walk) -> None:
    go(walk, PARTY, "nomination_5")
    hold(walk).do("held", "restart", restart_from="nomination_3", reason="Làm lại.")
    assert (walk.at, walk.case.candidate) == (["nomination_3"], None)
    go(walk, PARTY)
    assert walk.case.outcome == "elected"


@pytest.mark.stands("nomination_1")
def test_the_list_may_be_passed_again(walk: Walk) -> None:
    walk.conference("nomination_1", outcome="redo")
    assert walk.at == ["nomination_1"]


@pytest.mark.parametrize(
    "step",
    [
        pytest.param(step, marks=pytest.mark.stands(step))
        for step in (*(f"nomination_{n}" for n in range(1, 6)), "elect")
    ],
)
def test_without_a_quorum_the_conference_is_called_again(walk: Walk, step: str) -> None:
    walk.conference(step, absent=99)
    assert walk.at == [step]
    assert walk.case.conferences.filter(outcome="quorum_fail").count() == 1


@pytest.mark.stands("nomination_2")
def test_nobody_named_is_taken_to_the_superior_and_begun_again(walk: Walk) -> None:
    go(walk, PARTY, "nomination_3")
    walk.conference("nomination_3", against)
    assert walk.at == ["ask_superior"]
    walk.do("ask_superior", "rerun", approval="CV 11-CV/BTCTW", reason="Làm lại.")
    assert (walk.at, walk.case.round) == (["nomination_1"], 2)


@pytest.mark.stands("nomination_3")
def test_nobody_over_half_sends_the_two_highest_on(walk: Walk) -> None:
    walk.conference("nomination_3", scattered)
    assert walk.at == ["nomination_4"]
    assert len(who.nominees(walk.case)) == 2


@pytest.mark.stands("nomination_3")
def test_a_tie_for_the_second_place_is_ruled_on(walk: Walk) -> None:
    walk.conference("nomination_3", thirds)
    tied = who.tied_nominees(walk.case)
    assert walk.at == ["rule_on_nominees"]
    walk.do("rule_on_nominees", "ruled", go_on=[tied[-1].pk], reason="Theo thâm niên.")
    assert (walk.at, who.nominees(walk.case)) == (["nomination_4"], [tied[-1]])


@pytest.mark.stands("nomination_5")
def test_nobody_selected_is_taken_to_the_superior(walk: Walk) -> None:
    walk.conference("nomination_5", nobody)
    assert walk.at == ["ask_superior"]


@pytest.mark.stands("submit_upward")
def test_an_incomplete_dossier_stays_with_the_organization_committee(walk: Walk) -> None:
    walk.do("submit_upward", "incomplete", reason="Thiếu nhận xét nơi cư trú.")
    with pytest.raises(ValidationError, match="missing"):
        walk.do("submit_upward", "complete")
    assert walk.at == ["submit_upward"]


@pytest.mark.stands("superior_appraisal")
def test_the_submission_has_a_number_and_the_answer_its_document(walk: Walk) -> None:
    assert "-TTr/" in walk.case.documents.get(item="submission").number
    answered("superior_appraisal", "approve", "CV 77-CV/BTCTW")(walk)
    assert walk.case.facts["answer_superior_appraisal"]["document"] == "CV 77-CV/BTCTW"


@pytest.mark.stands("superior_appraisal")
def test_an_answer_of_tomorrow_is_refused(walk: Walk) -> None:
    tomorrow = today() + timedelta(days=1)
    with pytest.raises(ValidationError, match="future"):
        walk.do("superior_appraisal", "approve", document="CV 1", answered_on=tomorrow)


@pytest.mark.stands("superior_appraisal")
def test_only_whom_data_name_for_the_superior_records_its_answer(
    walk: Walk, world: ElectionWorld
) -> None:
    task = walk.task("superior_appraisal")
    assert holders("record_answer", [task.unit_id]) == [world["liaison"]]
    assert task.flow_task.why_not(world["oc_clerk"], task)


@pytest.mark.stands("superior_appraisal")
def test_whoever_compiled_the_dossier_does_not_record_the_answer(
    walk: Walk, world: ElectionWorld
) -> None:
    grant(world["oc_clerk"], Role.LIAISON, world.units["VPTU"], by=None, since=SINCE)
    task = walk.task("superior_appraisal")
    clerk = User.objects.get(pk=world["oc_clerk"].pk)
    assert "You prepared papers" in task.flow_task.why_not(clerk, task)


@pytest.mark.stands("superior_appraisal")
def test_a_directed_change_nominates_anew(walk: Walk) -> None:
    answered("superior_appraisal", "change", reason="Đổi nhân sự.")(walk)
    assert (walk.at, walk.case.round, walk.case.candidate) == (["nomination_1"], 2, None)


@pytest.mark.stands("superior_appraisal")
def test_the_superior_may_reject(walk: Walk) -> None:
    answered("superior_appraisal", "reject", reason="Chưa đủ điều kiện.")(walk)
    assert walk.case.outcome == "rejected"


@pytest.mark.stands("election_list")
@pytest.mark.parametrize(("to_elect", "beside", "said"), [
    (3, 1, "list more"), (3, 2, "needs a surplus"), (3, 4, "at most 1"), (1, 1, "at most 0"),
])  # fmt: skip
def test_a_list_has_a_surplus_within_the_limit(
    walk: Walk, to_elect: int, beside: int, said: str
) -> None:
    with pytest.raises(ValidationError, match=said):
        draw_up_list(walk, *others(walk, beside), to_elect=to_elect)
    assert walk.at == ["election_list"]


@pytest.mark.stands("election_list")
def test_a_dossier_that_comes_too_late_travels_as_a_flag(walk: Walk) -> None:
    draw_up_list(walk, in_days=10)
    assert walk.case.flags == ["dossier_late"]


@pytest.mark.stands("election_list")
def test_a_dossier_in_time_leaves_no_flag(walk: Walk) -> None:
    draw_up_list(walk, *others(walk, 3), to_elect=3)
    assert (walk.at, walk.case.flags, len(who.listed(walk.case))) == (["floor"], [], 4)


@pytest.mark.stands("floor")
def test_a_nominee_from_the_floor_needs_more_than_three_tenths(
    walk: Walk, world: ElectionWorld
) -> None:
    extra = who.may_be_proposed(walk.case)[:1]
    floor = {"extra": [extra[0].pk], "proposed_by": "delegate"}
    walk.do("floor", "poll", **floor).conference("extra_nominees", voting(3))
    assert (walk.at, who.proposed(walk.case)) == (["floor"], [])
    assert extra[0] not in who.listed(walk.case)


@pytest.mark.stands("election_list")
def test_whoever_has_enough_delegates_joins_the_list_while_it_has_room(walk: Walk) -> None:
    draw_up_list(walk, *others(walk, 3), to_elect=3)
    gone = who.listed(walk.case)[-1]
    walk.do("floor", "withdrawals", withdrawing=[gone.pk])
    walk.conference("decide_withdrawals", everybody)
    first, second = [c for c in who.may_be_proposed(walk.case) if c != gone][:2]
    walk.do("floor", "poll", extra=[first.pk, second.pk], proposed_by="delegate")
    walk.conference("extra_nominees", everybody)
    listed = who.listed(walk.case)
    assert (walk.at, len(listed)) == (["floor"], 4)
    assert len({first, second} & set(listed)) == 1


@pytest.mark.stands("floor")
def test_only_whom_the_congress_lets_go_leaves_the_list(walk: Walk) -> None:
    (nominee,) = who.listed(walk.case)
    walk.do("floor", "withdrawals", withdrawing=[nominee.pk])
    walk.conference("decide_withdrawals", against)
    assert (walk.at, who.listed(walk.case)) == (["floor"], [nominee])


@pytest.mark.stands("floor")
def test_a_list_that_is_too_short_cannot_be_voted_on(walk: Walk) -> None:
    walk.do("floor", "withdrawals", withdrawing=[walk.case.candidate_id])
    walk.conference("decide_withdrawals", everybody).do("floor", "list_fixed")
    with pytest.raises(ValidationError, match="Nobody is on the slip"):
        walk.conference("elect")


@pytest.mark.stands("floor")
@pytest.mark.parametrize(("outcome", "proposed_by", "said"), [
    ("poll", "committee_member", "nominate nobody"),
    ("poll", "", "who proposed"),
    ("list_fixed", "self", "has to vote"),
])  # fmt: skip
def test_what_the_floor_may_not_do_is_refused(
    walk: Walk, outcome: str, proposed_by: str, said: str
) -> None:
    extra = who.may_be_proposed(walk.case)[0]
    with pytest.raises(ValidationError, match=said):
        walk.do("floor", outcome, extra=[extra.pk], proposed_by=proposed_by)


@pytest.mark.stands("floor")
@pytest.mark.parametrize("outcome", ["poll", "withdrawals"])
def test_a_vote_on_nobody_is_refused(walk: Walk, outcome: str) -> None:
    with pytest.raises(ValidationError, match="at least one"):
        walk.do("floor", outcome)


@pytest.mark.stands("floor")
@pytest.mark.parametrize("step", ["extra_nominees", "decide_withdrawals"])
def test_a_congress_without_a_quorum_votes_again(walk: Walk, step: str) -> None:
    extra = who.may_be_proposed(walk.case)[0]
    said = {
        "extra_nominees": {"outcome": "poll", "extra": [extra.pk], "proposed_by": "self"},
        "decide_withdrawals": {
            "outcome": "withdrawals",
            "withdrawing": [walk.case.candidate_id],
        },
    }
    walk.do("floor", **said[step]).conference(step, absent=99)
    assert walk.at == [step]


def of_four(walk: Walk, nominee: int, *rest: int) -> Walk:
    """Elect three of four, with so many votes for the nominee and for the others."""
    draw_up_list(walk, *others(walk, 3), to_elect=3).do("floor", "list_fixed")
    first = walk.case.candidate_id

    def votes(slip: list[Cadre], present: int) -> dict[int, int]:
        beside = iter(rest)
        return {c.pk: nominee if c.pk == first else next(beside) for c in slip}

    return walk.conference("elect", votes)


@pytest.mark.stands("election_list")
def test_three_of_four_are_elected_and_all_are_entered(walk: Walk) -> None:
    of_four(walk, 10, 9, 8, 3)
    assert walk.at == ["ratify"]
    effective("ratify", "approved", "QĐ 5-QĐNS/TW")(walk)
    posts = PostHeld.objects.filter(position=walk.case.position)
    assert walk.case.outcome == "elected"
    assert {post.cadre_id for post in posts} == {c.pk for c in who.elected(walk.case)}
    assert {post.term_ends_on.year for post in posts} == {today().year + 5}
    called = walk.case.entries.filter(event=Event.CALLED, step="elect").get()
    assert called.facts["seats"] == 3


@pytest.mark.stands("election_list")
def test_a_nominee_who_is_not_elected_stops_the_election(walk: Walk) -> None:
    of_four(walk, 3, 10, 9, 8)
    assert walk.at == ["report_election"]
    answered("report_election", "retry", reason="Cấp trên cho bầu lại.")(walk)
    assert walk.at == ["election_list"]
    go(walk, PARTY)
    assert walk.case.outcome == "elected"


@pytest.mark.stands("election_list")
def test_a_tie_for_the_last_seat_is_ruled_on(walk: Walk) -> None:
    of_four(walk, 6, 9, 9, 6)
    assert walk.at == ["rule_on_election"]
    tied = who.tied_in_election(walk.case)
    with pytest.raises(ValidationError, match="ahead of the tie"):
        walk.do("rule_on_election", "ruled", go_on=[c.pk for c in tied], reason="Tất cả.")
    votes = walk.case.conferences.get(code="election").result["shares"]
    ahead = [line["candidate"] for line in votes if line["agree"] == 9]
    go_on = [*ahead, walk.case.candidate_id]
    walk.do("rule_on_election", "ruled", go_on=go_on, reason="Người đứng đầu lựa chọn.")
    assert walk.at == ["ratify"]


@pytest.mark.stands("elect")
def test_nobody_over_half_is_reported_and_may_end_the_case(walk: Walk) -> None:
    walk.conference("elect", nobody)
    assert walk.at == ["report_election"]
    answered("report_election", "stop", reason="Dừng.")(walk)
    assert walk.case.outcome == "rejected"


@pytest.mark.stands("elect")
def test_whoever_stands_for_election_votes_too(walk: Walk, world: ElectionWorld) -> None:
    walk.conference("elect", until="open")
    meeting = walk.case.conferences.get(code="election")
    assert set(meeting.summonses.values_list("barred", flat=True)) == {""}


@pytest.mark.stands("elect")
def test_whoever_is_unfit_on_the_day_is_not_voted_on(walk: Walk) -> None:
    Discipline.objects.create(cadre=walk.case.candidate, form="warning", decided_on=today())
    with pytest.raises(ValidationError, match="No discipline"):
        walk.conference("elect")


@pytest.mark.stands("ratify")
def test_a_refused_ratification_is_reported(walk: Walk) -> None:
    answered("ratify", "refused", reason="Chưa đúng quy chế.")(walk)
    assert walk.at == ["report_election"]


@pytest.mark.stands("ratify")
def test_a_ratification_says_from_when(walk: Walk) -> None:
    with pytest.raises(ValidationError, match="in effect"):
        answered("ratify", "approved")(walk)


@pytest.mark.stands("ratify")
def test_a_case_may_be_withdrawn_at_any_step(walk: Walk) -> None:
    befall(walk, "withdraw", reason="Cấp ủy xin rút.")
    assert walk.case.outcome == "withdrawn"


@pytest.mark.stands("")
def test_the_main_road_ends_elected_with_a_sound_trail(walk: Walk) -> None:
    assert (walk.case.outcome, walk.at) == ("elected", [])
    assert verify(walk.case.pk).sound
    assert not walk.case.clocks.filter(stopped_on__isnull=True).exists()
