"""Every path of the table of reappointment and extension (procedures.md 12.3)."""

from datetime import date, timedelta
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError

from permissions.checks import today
from processes.demo.stories import against, schedule
from processes.demo.stories_reappointment import notify_extension, reassign, renew, report
from processes.demo.walk import Walk
from processes.flows import ReappointmentFlow
from processes.organisation.people import Cadre, Kinship, PostHeld
from processes.organisation.positions import Position
from processes.steps.automatic import TERM_TIMER
from tests.flows.branching import DECIDES, where
from tests.flows.terms import begin, born_to_retire, half, hold_post, post, road, walk, world
from tests.rules.put import put
from tests.world import World

__all__ = ["post", "road", "walk", "world"]


def test_the_main_road_ends_reappointed(walk: Walk) -> None:
    renew(walk)
    assert (walk.case.outcome, walk.at) == ("reappointed", [])


def test_a_state_post_gets_two_documents(world: World) -> None:
    walk = renew(begin(hold_post(world, "state")))
    items = set(walk.case.documents.values_list("item", flat=True))
    assert walk.case.outcome == "reappointed"
    assert {"party_conclusion", "state_decision", "self_report", "submission"} <= items


def test_the_new_term_follows_the_old_one(walk: Walk, post: PostHeld) -> None:
    renew(walk)
    old, new = PostHeld.objects.filter(position=post.position).order_by("pk")
    assert (old.until, new.since, new.cadre) == (today(), today(), post.cadre)
    assert new.term_ends_on == today() + relativedelta(years=5)


def test_the_new_term_has_a_timer_of_its_own(walk: Walk) -> None:
    renew(walk)
    assert walk.case.clocks.get(stopped_on__isnull=True).rule == TERM_TIMER


def test_a_short_rest_runs_to_retirement_without_a_timer(world: World) -> None:
    post = hold_post(world, "state", sex="male", born_on=born_to_retire(3))
    walk = renew(begin(post))
    new = PostHeld.objects.get(position=post.position, until__isnull=True)
    assert new.term_ends_on == date.fromisoformat(walk.case.facts["term_until"])
    assert not walk.case.clocks.filter(stopped_on__isnull=True).exists()


@pytest.fixture
def retiring(world: World) -> PostHeld:
    """Somebody who retires a year after the term ends."""
    return hold_post(world, "state", sex="male", born_on=born_to_retire(1))


def test_close_to_retirement_the_term_is_extended(retiring: PostHeld) -> None:
    walk = begin(retiring)
    notify_extension(walk)
    renew(walk)
    retiring.refresh_from_db()
    assert walk.case.outcome == "extended"
    assert retiring.until is None
    assert retiring.term_ends_on == date.fromisoformat(walk.case.facts["term_until"])
    assert not walk.case.clocks.filter(stopped_on__isnull=True).exists()


def test_an_extension_has_a_report_and_no_key_conference(retiring: PostHeld) -> None:
    walk = begin(retiring)
    notify_extension(walk)
    assert walk.at == ["self_report"]
    report(walk)
    assert walk.at == ["head_evaluates"]


def test_the_age_of_retirement_is_checked(walk: Walk, retiring: PostHeld) -> None:
    with pytest.raises(ValidationError, match="retires"):
        walk.do("notify", "under_2_years", notice="TB 1")
    with pytest.raises(ValidationError, match="retires"):
        begin(retiring).do("notify", "notified", notice="TB 1")


def test_who_retires_before_the_term_ends_is_not_reappointed(world: World) -> None:
    with pytest.raises(ValidationError, match="retires before"):
        begin(hold_post(world, "state", sex="male", born_on=born_to_retire(-1)))


def test_without_a_quorum_the_conferences_are_called_again(walk: Walk) -> None:
    renew(walk, "key_conference").conference("key_conference", absent=99)
    assert walk.at == ["key_conference"]
    renew(walk, "leadership_vote").upload_dossier().conference("leadership_vote", absent=99)
    assert walk.at == ["leadership_vote"]


def test_the_key_cadres_are_consulted_and_nothing_is_announced(walk: Walk) -> None:
    renew(walk, "key_conference").conference("key_conference", against)
    assert walk.at == ["head_evaluates"]
    assert walk.case.conferences.get(code="reappointment_key").announced is False


@pytest.mark.parametrize(
    ("votes", "strict", "step"),
    [(against, True, "report_not_reappointed"), (half, True, "report_not_reappointed"),
     (half, False, "head_evaluates")],
)  # fmt: skip
def test_with_a_share_in_the_edition_the_key_cadres_decide(
    walk: Walk, monkeypatch: pytest.MonkeyPatch, votes: Any, strict: bool, step: str
) -> None:
    renew(walk, "key_conference")
    put(monkeypatch, "reappointment.key_threshold", {"num": 1, "den": 2, "strict": strict})
    walk.conference("key_conference", votes)
    assert walk.at == [step]


@pytest.mark.parametrize(("evaluated_by", "unit"), [("standing_board", "P26"), ("unit", "SNV")])
def test_a_head_who_is_reappointed_is_evaluated_by_whom_the_edition_names(
    post: PostHeld, monkeypatch: pytest.MonkeyPatch, evaluated_by: str, unit: str
) -> None:
    Position.objects.filter(pk=post.position_id).update(is_head=True)
    put(monkeypatch, "reappointment.head_evaluated_by", evaluated_by)
    walk = renew(begin(PostHeld.objects.get(pk=post.pk)), "head_evaluates")
    assert walk.task("head_evaluates").unit.code == unit


def test_the_standing_board_decides_about_a_head_at_exactly_half(post: PostHeld) -> None:
    Position.objects.filter(pk=post.position_id).update(is_head=True)
    walk = voted(begin(PostHeld.objects.get(pk=post.pk)), half)
    assert walk.task("head_rules").unit.code == "P26"
    walk.do("head_rules", "in_favour", differing="Không có.", reason="Đáp ứng yêu cầu.")
    assert walk.at == ["appraise"]


@pytest.mark.parametrize(
    ("before", "step"), [("key_conference", "head_evaluates"), ("leadership_vote", "head_rules")]
)
def test_the_standing_board_stands_in_for_a_head_who_is_kin_of_the_holder(
    walk: Walk, world: World, post: PostHeld, before: str, step: str
) -> None:
    renew(walk, before).upload_dossier().conference(before, half, until="close")
    head = Cadre.objects.get(user=world["head"])
    Kinship.objects.create(cadre=head, relative=post.cadre, relation="Vợ")
    walk.conference(before, half)
    assert walk.task(step).unit.code == "P26"


def test_a_head_who_differs_is_heard_and_stops_nothing(walk: Walk) -> None:
    renew(walk, "head_evaluates")
    walk.do("head_evaluates", "evaluated", stand="adverse", evaluation="Chưa đạt.")
    assert walk.at == ["leadership_vote"]
    assert "opinions_differ" in walk.case.flags


def test_the_committees_written_opinion_comes_before_the_vote(walk: Walk) -> None:
    renew(walk, "leadership_vote")
    with pytest.raises(ValidationError, match="not complete"):
        walk.conference("leadership_vote")


def voted(walk: Walk, votes: Any) -> Walk:
    return renew(walk, "leadership_vote").upload_dossier().conference("leadership_vote", votes)


def test_exactly_half_lets_the_head_decide_in_favour(walk: Walk) -> None:
    voted(walk, half).do(
        "head_rules", "in_favour", differing="Không có.", reason="Đáp ứng yêu cầu."
    )
    assert walk.at == ["appraise"]
    assert {"opinions_report", "submission"} <= set(
        walk.case.documents.values_list("item", flat=True)
    )


def test_exactly_half_lets_the_head_decide_against(walk: Walk) -> None:
    voted(walk, half).do("head_rules", "against", differing="Không có.", reason="Không đáp ứng.")
    assert walk.at == ["report_not_reappointed"]


def test_who_is_not_reappointed_gets_other_work(walk: Walk, post: PostHeld) -> None:
    reassign(voted(walk, against))
    post.refresh_from_db()
    assert (walk.case.outcome, post.until) == ("reassigned", today())


def test_other_work_does_not_begin_before_the_post_that_it_ends(walk: Walk, post: PostHeld) -> None:
    PostHeld.objects.filter(pk=post.pk).update(since=today() + timedelta(days=1))
    with pytest.raises(ValidationError) as refused:
        reassign(voted(walk, against))
    assert list(refused.value.message_dict) == ["effective_on"]


def test_an_appraisal_may_be_against_or_hold(walk: Walk) -> None:
    renew(walk, "appraise")
    walk.do("appraise", "hold", report="Có đơn.", basis="CV 01", reason="Chờ xác minh.")
    walk.do("held", "resume", reason="Đã xác minh.")
    walk.do("appraise", "not_recommended", report="Chưa đủ.", reason="Sức khỏe.")
    assert walk.at == ["schedule"]
    assert "not_recommended" in walk.case.flags


def test_a_supplement_asks_the_appraisal_again(walk: Walk) -> None:
    renew(walk, "standing_committee")
    walk.motion("standing_committee", "supplement", "Làm rõ kết quả nhiệm kỳ.")
    assert walk.at == ["appraise"]


def test_a_rerun_keeps_the_report_and_votes_again(walk: Walk) -> None:
    renew(walk, "standing_committee").motion("standing_committee", "rerun", "Làm lại.")
    assert (walk.at, walk.case.round) == (["key_conference"], 2)
    assert renew(walk).case.outcome == "reappointed"


def test_the_standing_committee_may_do_otherwise(walk: Walk) -> None:
    renew(walk, "standing_committee")
    assert where(walk, DECIDES) == {
        "defer": "standing_committee", "supplement": "appraise",
        "quorum_fail": "standing_committee", "reject": "rejected",
    }  # fmt: skip


def test_a_held_case_may_be_restarted_from_the_vote(walk: Walk) -> None:
    renew(walk, "appraise")
    walk.do("appraise", "hold", report="Có đơn.", basis="CV 01", reason="Chờ xác minh.")
    walk.do("held", "restart", restart_from="leadership_vote", reason="Bỏ phiếu lại.")
    assert (walk.at, walk.case.round) == (["leadership_vote"], 2)


def test_a_case_on_the_agenda_may_be_returned(walk: Walk) -> None:
    renew(walk, "schedule").do("schedule", "return", reason="Bổ sung.")
    assert walk.at == ["appraise"]
    walk.do("appraise", "recommend", report="Đủ.")
    schedule(walk)
    assert walk.at == ["standing_committee"]


@pytest.mark.parametrize(
    ("kind", "step"), [("party", "sign_decision"), ("state", "state_decision")]
)
def test_an_unsigned_decision_may_go_back_to_the_agenda(
    world: World, post: PostHeld, kind: str, step: str
) -> None:
    walk = begin(post if kind == "party" else hold_post(world, kind))
    renew(walk, "sign_or_issue").do(step, "return", reason="Sai thể thức.")
    assert walk.at == ["schedule"]


def test_every_row_of_the_law_book_is_a_step() -> None:
    codes = {row.code for row in ReappointmentFlow.rows()}
    wanted = "c01 c02 c02x c03 c04 c05 c06 c06h c06n c07 c08 a15 a16 a17 a18 a18s a19 a20"
    assert [code for code in wanted.split() if code not in codes] == []


def test_every_step_is_reached() -> None:
    rows = ReappointmentFlow.rows()
    reached = {edge.dst for row in rows for edge in row._outgoing()}
    lost = [row.name for row in rows[1:] if row not in reached]
    assert lost == ["withdrawn"]  # by what may befall any case
