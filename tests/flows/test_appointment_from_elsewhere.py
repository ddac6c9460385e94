"""Every path of the table of appointment from elsewhere (procedures.md 12.2)."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test import Client
from django.utils import translation

from permissions.checks import today
from permissions.errors import Refused
from processes.audit.models import AuditEntry
from processes.cases.models import Case, CaseTask
from processes.demo.stories import against
from processes.demo.stories_elsewhere import go, send_evaluation
from processes.demo.walk import Walk
from processes.flows import FLOWS, AppointmentFromElsewhereFlow, AppointmentInPlaceFlow
from processes.organisation.people import Cadre, Discipline, Kinship, Planning, PostHeld
from processes.rules import load
from processes.steps.opening import open_case
from tests.flows.branching import DECIDES, where
from tests.world import World, make_candidate, small_world, staff_second_unit


def half(slip: list[Cadre], present: int) -> dict[int, int]:
    """Exactly half of the eight who were summoned."""
    return {cadre.pk: present // 2 for cadre in slip}


@pytest.fixture(scope="module")
def road(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[World, Cadre]]:
    """A province with a second department, and somebody who works there."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = small_world()
        unit = staff_second_unit(world)
        yield world, make_candidate(world, unit)
        transaction.set_rollback(True)
    connection.close()


@pytest.fixture
def world(road: tuple[World, Cadre]) -> Iterator[World]:
    """The province; what a test does is undone."""
    with transaction.atomic(), translation.override("en"):
        for user in road[0].people.values():
            for kept in ("_rights", "_family", "_closed_cases"):
                user.__dict__.pop(kept, None)
        yield road[0]
        transaction.set_rollback(True)


@pytest.fixture
def person(world: World, road: tuple[World, Cadre]) -> Cadre:
    """Somebody in planning, who works in the second department."""
    return Cadre.objects.get(pk=road[1].pk)


def begin(world: World, person: Cadre, kind: str = "state") -> Walk:
    return Walk.begin(AppointmentFromElsewhereFlow, world.positions[kind], candidate=person)


@pytest.fixture
def walk(world: World, person: Cadre) -> Walk:
    """A case about a State post: the decree of 2025 lets the unit vote where the person works."""
    return begin(world, person)


def browser(user: Any) -> Client:
    client = Client(headers={"accept": "text/html"})
    client.cookies["django_language"] = "en"
    client.force_login(user)
    return client


def test_the_main_road_ends_appointed(walk: Walk) -> None:
    go(walk)
    assert (walk.case.outcome, walk.at) == ("appointed", [])


def test_the_person_moves_to_the_new_unit_and_leaves_the_old_post(walk: Walk, world: World) -> None:
    go(walk)
    person = Cadre.objects.get(pk=walk.case.candidate_id)
    held = PostHeld.objects.filter(cadre=person, until__isnull=True)
    assert person.unit == world.units["SNV"]
    assert [post.position for post in held] == [world.positions["state"]]


def test_the_case_keeps_where_the_person_worked(walk: Walk, world: World) -> None:
    go(walk)
    assert walk.case.facts["source"] == world.units["STC"].pk


@pytest.mark.parametrize(("kind", "unit"), [("state", "STC"), ("party", "SNV")])
def test_the_edition_says_which_side_votes(
    world: World, person: Cadre, kind: str, unit: str
) -> None:
    walk = go(begin(world, person, kind), "collective_vote")
    task = walk.task("collective_vote")
    assert task.unit == world.units[unit]
    assert task.flow_task.body(walk.case, today()).unit == world.units[unit]


@pytest.mark.parametrize(
    ("keys", "side"),
    [
        (("R105_2017", "D138_2020"), "destination"),
        (("R377_2025", "D170_2025"), "source"),
        (("R80_2022",), "destination"),
    ],
)
def test_the_voting_side_by_edition(keys: tuple[str, ...], side: str) -> None:
    assert load().for_keys(*keys).value("external.voting_unit") == side


def test_count_minutes_bear_the_name_of_the_unit_that_voted(walk: Walk, world: World) -> None:
    go(walk, "send_evaluation")
    entry = AuditEntry.objects.filter(case=walk.case, event="generated").latest("pk")
    assert entry.unit_id == world.units["STC"].pk


def test_a_need_that_is_not_approved_ends_the_case(walk: Walk) -> None:
    walk.do("approve_need", "reject", reason="Chưa có nhu cầu.")
    assert walk.case.outcome == "rejected"


def test_whoever_opens_the_case_does_not_approve_the_need(walk: Walk, world: World) -> None:
    with pytest.raises(Refused):
        walk.do("approve_need", "approve", by=world["oc_clerk"])


def test_a_receiving_unit_that_differs_stops_nothing(walk: Walk) -> None:
    go(walk, "hear_receiving_unit")
    walk.do("hear_receiving_unit", "differ", opinion="Đề nghị nhân sự khác.")
    assert walk.at == ["collective_vote"]
    assert "opinions_differ" in walk.case.flags
    assert walk.case.opinions.get().stand == "adverse"


def test_differing_opinions_reach_the_decision(walk: Walk, world: World) -> None:
    go(walk, "hear_receiving_unit")
    walk.do("hear_receiving_unit", "differ", opinion="Đề nghị nhân sự khác hẳn.")
    go(walk, "standing_committee")
    task = walk.task("standing_committee")
    page = browser(walk.actor(task)).get(f"/cases/{walk.case.pk}/tasks/{task.pk}/")
    assert "Đề nghị nhân sự khác hẳn." in page.content.decode()


def test_nobody_reports_agreement_where_a_side_is_against(walk: Walk) -> None:
    go(walk, "send_evaluation")
    send_evaluation(walk, "adverse")
    go(walk, "appraise")
    with pytest.raises(ValidationError, match="outcome"):
        walk.do("appraise", "report", report="Đủ tiêu chuẩn.")
    walk.do("appraise", "differ", report="Đủ tiêu chuẩn.", reason="Nơi đi chưa đồng ý.")
    assert walk.at == ["schedule"]


def test_without_a_quorum_the_vote_is_called_again(walk: Walk) -> None:
    go(walk, "collective_vote").conference("collective_vote", absent=99)
    assert walk.at == ["collective_vote"]


def test_exactly_half_lets_the_head_of_the_voting_unit_decide(walk: Walk, world: World) -> None:
    go(walk, "collective_vote").conference("collective_vote", half)
    assert walk.at == ["head_rules"]
    assert walk.actor(walk.task("head_rules")) == world["stc_head"]


def at_half(walk: Walk) -> Walk:
    return go(walk, "collective_vote").conference("collective_vote", half)


def test_the_standing_board_decides_for_a_head_who_is_kin_of_the_person(
    walk: Walk, world: World, person: Cadre
) -> None:
    go(walk, "collective_vote").conference("collective_vote", half, until="close")
    own = Cadre.objects.get(user=world["stc_head"])
    Kinship.objects.create(cadre=own, relative=person, relation="Vợ")
    walk.conference("collective_vote", half)
    assert walk.task("head_rules").unit.code == "P26"


def test_a_head_in_favour_reports_the_opinions(walk: Walk) -> None:
    at_half(walk).do("head_rules", "in_favour", differing="Không có.", reason="Phù hợp yêu cầu.")
    assert walk.at == ["send_evaluation"]
    assert walk.case.documents.filter(item="opinions_report").exists()
    assert "opinions_differ" in walk.case.flags


def test_a_head_against_loses_the_vote(walk: Walk) -> None:
    at_half(walk).do("head_rules", "against", differing="Không có.", reason="Chưa phù hợp.")
    assert walk.at == ["report_vote_lost"]


def test_a_lost_vote_may_be_reported(walk: Walk) -> None:
    go(walk, "collective_vote").conference("collective_vote", against)
    walk.do("report_vote_lost", "report", reason="Báo cáo cấp có thẩm quyền.")
    assert walk.at == ["appraise"]
    assert "vote_not_carried" in walk.case.flags


def test_a_lost_vote_may_end_the_case(walk: Walk) -> None:
    go(walk, "collective_vote").conference("collective_vote", against)
    walk.do("report_vote_lost", "stop", reason="Dừng quy trình.")
    assert walk.case.outcome == "rejected"


def test_an_evaluation_without_its_dossier_is_refused(walk: Walk) -> None:
    go(walk, "send_evaluation")
    with pytest.raises(ValidationError, match="not complete"):
        walk.do("send_evaluation", "in", stand="agree", evaluation="Tốt.")


def test_the_unit_where_the_person_works_sends_the_papers(walk: Walk, world: World) -> None:
    go(walk, "meet_person")
    entry = AuditEntry.objects.filter(case=walk.case, event="uploaded").latest("pk")
    assert (entry.unit_id, entry.role) == (world.units["STC"].pk, "unit_clerk")


def test_a_person_who_declines_ends_the_case(walk: Walk) -> None:
    go(walk, "meet_person")
    walk.do("meet_person", "declines", talk="Không nhận.", reason="Hoàn cảnh gia đình.")
    assert walk.case.outcome == "withdrawn"


def test_a_supplement_goes_back_to_the_unit_where_the_person_works(walk: Walk) -> None:
    go(walk, "appraise")
    walk.do("appraise", "supplement", report="Thiếu.", reason="Bổ sung kết luận.")
    assert (walk.at, walk.case.dossier_received_on) == (["send_evaluation"], None)


def test_an_appraisal_may_hold_the_case(walk: Walk) -> None:
    go(walk, "appraise")
    walk.do("appraise", "hold", report="Có đơn.", basis="CV 01-CV/UBKTTU", reason="Chờ xác minh.")
    assert walk.at == ["held"]


def test_a_rerun_votes_again_about_the_same_person(walk: Walk, person: Cadre) -> None:
    go(walk, "standing_committee").motion("standing_committee", "rerun", "Bỏ phiếu lại.")
    assert (walk.at, walk.case.round, walk.case.candidate) == (["collective_vote"], 2, person)
    go(walk)
    assert walk.case.outcome == "appointed"


def test_the_standing_committee_may_do_otherwise(walk: Walk) -> None:
    go(walk, "standing_committee")
    assert where(walk, DECIDES) == {
        "defer": "standing_committee", "supplement": "send_evaluation",
        "quorum_fail": "standing_committee", "reject": "rejected",
    }  # fmt: skip


def test_a_case_on_the_agenda_may_be_returned(walk: Walk) -> None:
    go(walk, "schedule").do("schedule", "return", reason="Bổ sung.")
    assert walk.at == ["appraise"]


@pytest.mark.parametrize(
    ("kind", "step", "signed"),
    [("party", "sign_decision", "signed"), ("state", "state_decision", "issued")],
)
def test_a_decision_is_issued_or_goes_back_to_the_agenda(
    world: World, person: Cadre, kind: str, step: str, signed: str
) -> None:
    walk = go(begin(world, person, kind), "sign_or_issue")
    assert walk.at == [step]
    ways = {
        signed: lambda w: w.do(step, signed),
        "return": lambda w: w.do(step, "return", reason="Sai thể thức."),
    }
    assert where(walk, ways) == {signed: "promulgate", "return": "schedule"}


def test_a_held_case_may_be_restarted_from_the_vote(walk: Walk, person: Cadre) -> None:
    go(walk, "appraise")
    walk.do("appraise", "hold", report="Có đơn.", basis="CV 01-CV/UBKTTU", reason="Chờ xác minh.")
    walk.do("held", "restart", restart_from="collective_vote", reason="Đã xác minh.")
    assert (walk.at, walk.case.round, walk.case.candidate) == (["collective_vote"], 2, person)


def test_somebody_barred_is_not_decided_on(walk: Walk, person: Cadre) -> None:
    go(walk, "standing_committee")
    Discipline.objects.create(cadre=person, form="warning", decided_on=today())
    with pytest.raises(ValidationError, match="Not eligible"):
        walk.conference("standing_committee")


def test_somebody_of_the_receiving_unit_is_refused(world: World) -> None:
    with pytest.raises(ValidationError, match="another unit"):
        begin(world, world.candidates[0])


def test_nobody_is_moved_by_two_cases(walk: Walk, world: World, person: Cadre) -> None:
    with pytest.raises(ValidationError, match=walk.case.code):
        begin(world, person, "party")


def test_every_row_of_the_law_book_is_a_step() -> None:
    codes = {row.code for row in AppointmentFromElsewhereFlow.rows()}
    wanted = "b01 b02 b03 b03h b03n b04 b05 b06 a15 a16 a17 a18 a18s a19 a20"
    assert [code for code in wanted.split() if code not in codes] == []


def test_every_step_is_reached() -> None:
    rows = AppointmentFromElsewhereFlow.rows()
    reached = {edge.dst for row in rows for edge in row._outgoing()}
    assert [row.name for row in rows[1:] if row not in reached] == []


# Through the pages.


def test_the_search_finds_people_of_other_units_only(world: World, person: Cadre) -> None:
    url = f"/start/appointment_from_elsewhere/{world.positions['party'].pk}/"
    page = browser(world["oc_clerk"]).get(url, {"q": "Cơ quan"})
    found = page.context["form"].people
    assert person in found
    assert {cadre.unit for cadre in found}.isdisjoint({world.units["SNV"]})


def test_without_words_people_in_planning_are_offered(world: World, person: Cadre) -> None:
    url = f"/start/appointment_from_elsewhere/{world.positions['party'].pk}/"
    page = browser(world["oc_clerk"]).get(url)
    assert page.context["form"].people == [person]
    assert [one.eligible for one in page.context["outlook"].people] == [True]


def test_why_somebody_is_not_eligible_is_shown(world: World, person: Cadre) -> None:
    Planning.objects.filter(cadre=person).delete()
    url = f"/start/appointment_from_elsewhere/{world.positions['party'].pk}/"
    page = browser(world["oc_clerk"]).get(url, {"q": person.code})
    (one,) = page.context["outlook"].people
    assert [check.title for check in one.checks if check.verdict == "no"] == ["In planning"]


def test_a_clerk_of_a_unit_does_not_start_it(world: World) -> None:
    url = f"/start/appointment_from_elsewhere/{world.positions['party'].pk}/"
    assert browser(world["clerk"]).get(url).status_code == 403


def test_a_case_runs_through_its_pages(world: World, person: Cadre) -> None:
    url = f"/start/appointment_from_elsewhere/{world.positions['party'].pk}/"
    sent = {"candidate": person.pk, "secrecy": "internal", "reason": "Tăng cường."}
    browser(world["oc_clerk"]).post(url, sent)
    case = Case.objects.get(candidate=person)
    task = CaseTask.objects.get(process=case, finished__isnull=True)
    head = browser(world["oc_head"])
    head.post(f"/tasks/{task.pk}/take/")
    head.post(f"/cases/{case.pk}/tasks/{task.pk}/", {"outcome": "approve"})
    task = CaseTask.objects.get(process=case, finished__isnull=True)
    clerk = browser(world["clerk"])
    clerk.post(f"/tasks/{task.pk}/take/")
    said = {"outcome": "agree", "opinion": "Thống nhất."}
    assert clerk.post(f"/cases/{case.pk}/tasks/{task.pk}/", said).status_code == 302
    assert Walk(case).at == ["collective_vote"]


# What an appointment in place without a source leads to.


@pytest.fixture
def gone(world: World) -> Case:
    """An appointment in place that ended because nobody is eligible."""
    Planning.objects.filter(unit=world.units["SNV"]).delete()
    world.group.competences.update(policy_request=False)
    walk = Walk.begin(AppointmentInPlaceFlow, world.positions["party"])
    walk.do("request_policy", "submit", need="x", source="elsewhere", assignment="x")
    walk.do("check_request", "not_needed")
    walk.do("report_no_source", "external", reason="Không có nguồn tại chỗ.")
    assert walk.case.outcome == "elsewhere"
    return walk.case


def test_the_organization_committee_is_asked_to_start_it(world: World, gone: Case) -> None:
    for url in ("/inbox/", f"/cases/{gone.pk}/"):
        page = browser(world["oc_clerk"]).get(url).content.decode()
        assert f"?parent={gone.pk}" in page
        assert f"?parent={gone.pk}" not in browser(world["clerk"]).get(url).content.decode()


def test_the_new_case_grows_out_of_the_old_one(world: World, gone: Case, person: Cadre) -> None:
    (one,) = browser(world["oc_clerk"]).get("/inbox/").context["onward"]
    sent = {"candidate": person.pk, "secrecy": "internal"}
    assert browser(world["oc_clerk"]).post(one.url, sent).status_code == 302
    child = Case.objects.get(parent=gone)
    assert child.flow_class is FLOWS["appointment_from_elsewhere"]
    reader = browser(world["oc_clerk"])
    assert child.code in reader.get(f"/cases/{gone.pk}/").content.decode()
    assert gone.code in reader.get(f"/cases/{child.pk}/").content.decode()
    assert reader.get("/inbox/").context["onward"] == []


def test_a_case_that_leads_elsewhere_is_no_parent_of_another_post(world: World, gone: Case) -> None:
    url = f"/start/appointment_from_elsewhere/{world.positions['state'].pk}/"
    assert browser(world["oc_clerk"]).get(url, {"parent": gone.pk}).status_code == 404
    with pytest.raises(ValidationError):
        open_case(AppointmentFromElsewhereFlow, by=None, position=world.positions["state"])
