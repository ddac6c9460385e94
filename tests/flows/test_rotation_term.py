"""Rotation from the reception on: reports, reviews, the end of the term, placement."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from docx import Document

from permissions.catalogue import Act
from permissions.checks import today
from permissions.errors import Refused
from permissions.models import User
from processes.audit.models import AuditEntry
from processes.audit.verify import verify
from processes.cases.models import Case, CaseTask, Clock
from processes.cases.rivals import rival_for
from processes.demo import stories_rotation as go_to
from processes.demo.stories import against, befall, hold
from processes.demo.walk import Walk
from processes.dossiers.store import content_of
from processes.organisation.people import Cadre, Evaluation, PostHeld
from processes.rotation.missions import Entitlement, Finding
from processes.rotation.queries import mission_of
from processes.steps.bars import own_papers
from processes.steps.befall import CASE_ACTIONS
from processes.steps.sweep import sweep
from tests.flows.rotation_road import ROAD, at, browser, ending, english, road, walk, world
from tests.world_rotation import RotationWorld

__all__ = ["ROAD", "at", "browser", "english", "road", "walk", "world"]


@pytest.mark.stands("report_on_mission")
def test_reception_moves_the_cadre_and_begins_the_term(walk: Walk, world: RotationWorld) -> None:
    cadre = Cadre.objects.get(pk=walk.case.candidate_id)
    held = PostHeld.objects.get(cadre=cadre, until__isnull=True)
    assert (cadre.unit, held.position) == (world.units["STC"], world.posts["party"])
    clock = Clock.objects.get(case=walk.case, rule="rotation.min_months")
    assert clock.due_on == mission_of(walk.case).until == held.term_ends_on


@pytest.mark.stands("report_on_mission")
def test_reception_grants_what_the_receiving_unit_provides(walk: Walk) -> None:
    rows = Entitlement.objects.filter(order=mission_of(walk.case))
    assert {row.kind for row in rows} == {"allowance", "housing", "travel"}
    assert all(row.payer == walk.case.post.unit and row.closed_on is None for row in rows)


@pytest.mark.stands("receive_cadre")
def test_there_are_no_extra_posts_for_rotation(walk: Walk, world: RotationWorld) -> None:
    PostHeld.objects.create(
        cadre=world.candidates[3], position=world.posts["party"], title="x", group=world.group,
        unit=world.units["STC"], since=date(2024, 1, 1),
    )  # fmt: skip
    with pytest.raises(ValidationError, match="extra posts"):
        go_to.receive(walk)


@pytest.mark.stands("report_on_mission")
def test_a_filled_post_is_free_for_the_next_case(walk: Walk, world: RotationWorld) -> None:
    assert rival_for(world.posts["party"]) is None


@pytest.mark.stands("report_on_mission")
def test_what_was_carried_out_is_neither_withdrawn_nor_rejected(walk: Walk) -> None:
    (withdraw,) = (action for action in CASE_ACTIONS if action.name == "withdraw")
    assert "carried out" in withdraw.why_not(User.objects.get(username="dst_head"), walk.case)
    hold(walk)
    with pytest.raises(ValidationError, match="carried out"):
        walk.do("held", "reject", reason="x")


# Reviews and findings.


@pytest.mark.stands("report_on_mission")
def test_a_report_is_due_some_days_after_the_quarter(walk: Walk) -> None:
    task = walk.task("report_on_mission")
    assert task.due_on > go_to.next_period_ends(walk)


@pytest.mark.stands("report_on_mission")
def test_before_the_end_of_a_quarter_a_review_is_unscheduled(walk: Walk) -> None:
    go_to.review(walk)
    (review,) = mission_of(walk.case).reviews.all()
    assert (review.kind, walk.at) == ("unscheduled", ["report_on_mission"])


@pytest.mark.stands("report_on_mission")
def test_each_quarter_is_reviewed_and_the_next_one_follows(walk: Walk, at: Any) -> None:
    first = go_to.next_period_ends(walk)
    at(first)
    go_to.review(walk)
    kinds = set(mission_of(walk.case).reviews.values_list("kind", flat=True))
    year = {"quarter", "year"} if first.month == 12 else {"quarter"}
    assert kinds == year
    assert go_to.next_period_ends(walk) > first


@pytest.mark.stands("report_on_mission")
def test_a_review_looks_at_the_policy_again(walk: Walk) -> None:
    go_to.review(walk)
    rows = Entitlement.objects.filter(order=mission_of(walk.case))
    assert {row.reviewed_on for row in rows} == {today()}


@pytest.mark.stands("report_on_mission")
@pytest.mark.parametrize("about", ["conflict_avoidance", "isolation"])
def test_a_finding_starts_a_sanction_and_the_rotation_goes_on(walk: Walk, about: str) -> None:
    go_to.review(walk, f"finding_{about}", "Nể nang, né tránh, thiếu hợp tác.")
    finding = Finding.objects.get(review__order=mission_of(walk.case))
    assert (finding.cadre is None) == (about == "isolation")
    assert finding.sanction.parent == walk.case
    assert walk.at == ["report_on_mission"]


@pytest.mark.stands("report_on_mission")
def test_a_finding_needs_its_reason(walk: Walk) -> None:
    with pytest.raises(ValidationError, match="reason"):
        go_to.review(walk, "finding_isolation")


# The end.


@pytest.mark.stands("report_on_mission")
def test_the_clock_ends_the_rotation_after_36_months(walk: Walk, at: Any) -> None:
    after = go_to.after_the_term(walk)
    at(after)
    sweep(after)
    assert walk.at == ["evaluate_rotation"]
    ended = AuditEntry.objects.get(case=walk.case, step="rotation_over")
    assert ended.outcome == "ended"


@pytest.mark.stands("report_on_mission")
def test_on_its_last_day_the_rotation_still_goes_on(walk: Walk, at: Any) -> None:
    last = go_to.after_the_term(walk) - timedelta(days=1)
    at(last)
    sweep(last)
    assert walk.at == ["report_on_mission"]


@pytest.mark.stands("report_on_mission")
def test_the_clock_ends_it_during_a_review_too(walk: Walk, at: Any) -> None:
    walk.do("report_on_mission", "submit", report="x")
    after = go_to.after_the_term(walk)
    at(after)
    sweep(after)
    assert walk.at == ["evaluate_rotation"]


@pytest.mark.stands("report_on_mission")
def test_nobody_chooses_what_the_clock_decides(walk: Walk) -> None:
    with pytest.raises(ValidationError, match="outcome"):
        walk.do("report_on_mission", "term_ended", report="x")


@pytest.mark.stands("report_on_mission")
def test_an_early_recall_is_an_exception(walk: Walk) -> None:
    go_to.recall(walk)
    assert (walk.at, walk.case.exceptions.get().rule) == (["evaluate_rotation"], "min_36m")
    assert AuditEntry.objects.get(case=walk.case, step="rotation_over").outcome == "recalled"


@pytest.mark.stands("report_on_mission")
def test_an_early_recall_ends_a_review_that_is_under_way(walk: Walk) -> None:
    walk.do("report_on_mission", "submit", report="x")
    go_to.recall(walk)
    assert walk.at == ["evaluate_rotation"]
    left = AuditEntry.objects.filter(case=walk.case, step="review_mission").latest("pk")
    assert left.outcome == "recalled"


def test_who_is_not_on_rotation_is_not_recalled(walk: Walk, world: RotationWorld) -> None:
    (recall,) = (action for action in CASE_ACTIONS if action.name == "recall")
    with pytest.raises(Refused, match="not on rotation"):
        recall.perform(
            walk.case.pk, by=world["standing"], data={"reason": "x", "document": "TB 1-TB/TU"}
        )


@pytest.mark.stands("report_on_mission")
def test_a_case_on_hold_waits_with_the_recall(walk: Walk, world: RotationWorld) -> None:
    (recall,) = (action for action in CASE_ACTIONS if action.name == "recall")
    assert "on hold" in recall.why_not(world["standing"], hold(walk).case)


@pytest.mark.stands("report_on_mission")
def test_the_sending_unit_evaluates(walk: Walk, world: RotationWorld) -> None:
    go_to.recall(walk)
    assert walk.task("evaluate_rotation").unit == world.source


@pytest.mark.stands("report_on_mission")
def test_who_stays_is_no_rotated_cadre_any_more(walk: Walk) -> None:
    ending(walk, "stay_local")
    assert (walk.case.outcome, walk.case.children.count()) == ("placed", 0)
    order = mission_of(walk.case)
    assert order.ended_on == today()
    assert not order.entitlements.filter(closed_on__isnull=True).exists()


@pytest.mark.stands("report_on_mission")
@pytest.mark.parametrize(("kind", "post"), [("go_home", "home"), ("promote", "higher")])
def test_who_goes_on_is_appointed_by_a_case_of_its_own(
    walk: Walk, world: RotationWorld, kind: str, post: str
) -> None:
    ending(walk, kind, world.posts[post])
    (child,) = walk.case.children.all()
    assert (walk.case.outcome, child.position) == ("placed", world.posts[post])
    assert child.candidate == walk.case.candidate


@pytest.mark.stands("report_on_mission")
def test_an_appointment_that_cannot_start_leaves_a_flag(walk: Walk, world: RotationWorld) -> None:
    go_to.start(world.posts["home"])
    ending(walk, "go_home", world.posts["home"])
    assert (walk.case.outcome, walk.case.children.count()) == ("placed", 0)
    assert "appointment_not_started" in walk.case.flags


@pytest.mark.stands("report_on_mission")
def test_back_means_to_the_sending_unit(walk: Walk, world: RotationWorld) -> None:
    go_to.evaluate(go_to.recall(walk))
    with pytest.raises(ValidationError, match="position"):
        go_to.place("go_home", world.posts["higher"])(walk)


@pytest.mark.stands("report_on_mission")
@pytest.mark.parametrize("way", ["reject", "return", "quorum_fail"])
def test_a_placement_that_is_not_approved_is_proposed_anew(walk: Walk, way: str) -> None:
    go_to.evaluate(go_to.recall(walk))
    go_to.place("stay_local")(walk)
    if way == "reject":
        walk.conference("decide_placement", against)
    elif way == "return":
        walk.motion("decide_placement", "return", "Xem xét lại.")
    else:
        walk.conference("decide_placement", absent=99)
    expected = "decide_placement" if way == "quorum_fail" else "propose_placement"
    assert walk.at == [expected]


# Hold and withdrawal before the reception.


@pytest.mark.stands("comment_on_candidate")
def test_a_restart_from_the_proposals_forgets_the_candidate(walk: Walk) -> None:
    hold(walk).do("held", "restart", restart_from="propose_people", reason="Xác minh xong.")
    assert (set(walk.at), walk.case.candidate) == ({"propose_people"}, None)


@pytest.mark.stands("meet_cadre")
def test_a_rotation_may_be_withdrawn_before_the_decision(walk: Walk) -> None:
    assert befall(walk, "withdraw", reason="Cán bộ xin rút.").case.outcome == "withdrawn"


@pytest.mark.stands("report_on_mission")
def test_the_trail_of_a_rotation_verifies(walk: Walk) -> None:
    ending(go_to.review(walk), "stay_local")
    assert verify(walk.case.pk).sound


# Checks of its own.


@pytest.mark.stands("propose_people")
def test_a_higher_post_is_for_outstanding_cadres(walk: Walk, world: RotationWorld) -> None:
    cadre = world.candidates[0]
    lower = type(world.group).objects.create(code="lower", name="Trưởng phòng", rank=6)
    cadre.posthelds.update(group=lower)
    go_to.propose(walk, cadre)
    assert verdicts(walk, cadre)["equal_post"] == "no"


@pytest.mark.stands("propose_people")
def test_an_outstanding_cadre_may_get_a_higher_post(walk: Walk, world: RotationWorld) -> None:
    cadre = world.candidates[0]
    lower = type(world.group).objects.create(code="lower", name="Trưởng phòng", rank=6)
    cadre.posthelds.update(group=lower)
    Evaluation.objects.filter(cadre=cadre, year=today().year - 1).update(grade="excellent")
    go_to.propose(walk, cadre)
    assert verdicts(walk, cadre)["equal_post"] == "yes"


def verdicts(walk: Walk, cadre: Cadre) -> dict[str, str]:
    line = walk.case.roster.filter(cadre=cadre).latest("pk")
    return {check["code"]: check["verdict"] for check in line.checks}


# Through the pages.


def test_the_committee_starts_and_plans_a_rotation_through_the_pages(
    walk: Walk, world: RotationWorld, browser: Any
) -> None:
    clerk = browser(world["oc_clerk"])
    url = reverse("begin", args=["rotation", world.posts["higher"].pk])
    said = {"direction": "lateral_sector", "scheme": world.scheme.pk, "secrecy": "internal"}
    assert clerk.get(url).status_code == 200
    answer = clerk.post(url, said, follow=True)
    case = Case.objects.latest("pk")
    assert (answer.status_code, case.position) == (200, world.posts["higher"])
    task = CaseTask.objects.get(process=case)
    page = reverse("task", args=[case.pk, task.pk])
    assert clerk.get(page).status_code == 200
    plan = go_to.PLAN | {"starts_on": today(), "asked": [world.source.pk], "outcome": "submit"}
    clerk.post(page, plan, follow=True)
    case.refresh_from_db()
    assert Walk(case).at == ["decide_plan"]


@pytest.mark.stands("report_on_mission")
def test_the_page_of_a_case_on_rotation_tells_the_plan_and_offers_the_recall(
    walk: Walk, world: RotationWorld, browser: Any
) -> None:
    page = browser(world["standing"]).get(reverse("case", args=[walk.case.pk]))
    text = page.content.decode()
    assert page.status_code == 200
    assert "On rotation since" in text
    assert "Recall from rotation" in text


@pytest.mark.stands("appraise")
def test_the_report_tells_what_was_said_of_the_cadre_and_by_the_cadre(walk: Walk) -> None:
    go_to.appraise(walk)
    paper = walk.case.documents.get(item="appraisal_report")
    text = "\n".join(line.text for line in Document(BytesIO(content_of(paper))).paragraphs)
    assert "đề nghị luân chuyển đến giữ chức vụ" in text
    assert "Kết luận tiêu chuẩn chính trị: Đủ tiêu chuẩn chính trị." in text


@pytest.mark.stands("sign_rotation")
def test_the_mission_order_names_each_item(walk: Walk) -> None:
    go_to.sign(walk)
    paper = walk.case.documents.get(item="mission_order")
    text = "\n".join(line.text for line in Document(BytesIO(content_of(paper))).paragraphs)
    assert "Số thủ tục trực tuyến toàn trình, 40 thủ tục, trọng số 60" in text


def test_who_planned_a_rotation_does_not_appraise_it(walk: Walk, world: RotationWorld) -> None:
    head = world["oc_head"]
    task = walk.task("plan_rotation")
    CaseTask.objects.filter(pk=task.pk).update(owner=head)
    plan = go_to.PLAN | {"starts_on": today().isoformat(), "asked": [world.source.pk]}
    walk.do("plan_rotation", "submit", by=head, **plan)
    assert own_papers(head.pk, walk.case.pk, Act.APPRAISE).exists()


@pytest.mark.stands("appraise")
def test_the_appraisal_and_the_mission_are_sent_through_the_page(
    walk: Walk, world: RotationWorld, browser: Any
) -> None:
    head, task = browser(world["oc_head"]), walk.task("appraise")
    page = reverse("task", args=[walk.case.pk, task.pk])
    head.post(reverse("take", args=[task.pk]))
    assert "Item 1: product" in head.get(page).content.decode()
    refused = head.post(page, go_to.items() | {"report": "x", "outcome": "recommend"})
    assert "not complete" in refused.content.decode()
    go_to.upload_all(walk)
    head.post(page, go_to.items() | {"report": "Đủ điều kiện.", "outcome": "recommend"})
    assert Walk(Case.objects.get(pk=walk.case.pk)).at == ["decide_rotation"]


@pytest.mark.stands("appraise")
def test_a_mission_takes_as_many_items_as_are_needed_and_keeps_what_was_typed(
    walk: Walk, world: RotationWorld, browser: Any
) -> None:
    head, task = browser(world["oc_head"]), walk.task("appraise")
    page = reverse("task", args=[walk.case.pk, task.pk])
    head.post(reverse("take", args=[task.pk]))
    assert "Item 5: product" not in head.get(page).content.decode()
    roomier = head.post(page, go_to.items() | {"report": "Đang viết.", "more": "1"}, follow=True)
    text = roomier.content.decode()
    assert "Item 8: product" in text
    assert "Đang viết." in text
    assert "Số thủ tục trực tuyến toàn trình" in text
    assert walk.at == ["appraise"]


@pytest.mark.stands("appraise")
def test_a_mission_of_ten_items_is_ordered(walk: Walk, world: RotationWorld) -> None:
    go_to.upload_all(walk)
    first = {name: said for name, said in go_to.items().items() if name.startswith("item1_")}
    rows = [
        {name.replace("item1_", f"item{number}_"): said for name, said in first.items()}
        | {f"item{number}_weight": 10}
        for number in range(1, 11)
    ]
    said = {name: value for row in rows for name, value in row.items()}
    walk.do("appraise", "recommend", report="Đủ.", **said)
    assert len(walk.case.facts["mission"]) == 10
