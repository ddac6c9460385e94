"""The paths of a round of comments: draft, comments side by side, synthesis, agenda."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from docx import Document as Docx

from permissions.checks import today
from processes.cases.models import Case, CaseTask, Opinion
from processes.cases.workdays import add_working_days
from processes.demo.opened import go
from processes.demo.stories import hold
from processes.demo.stories_consultation import (
    MAIN,
    PLANS,
    about_draft,
    attach,
    comment,
    comments,
    live,
    synthesise,
)
from processes.demo.walk import Walk
from processes.dossiers.store import content_of
from processes.flows.consultation_round import ConsultationRoundFlow
from processes.steps.forms_consultation import comments_of
from processes.steps.sweep import sweep
from tests.flows.support import Browser, browser, road, world
from tests.world import World

__all__ = ["browser", "road", "world"]

ASKED = ("SNV", "UBKTTU", "CAT")


@pytest.fixture
def walk(world: World) -> Walk:
    """A round among three units."""
    return about_draft(world.units["P26"], [world.units[code] for code in ASKED])


def test_a_round_of_comments_ends_with_the_standing_committees_approval(walk: Walk) -> None:
    go(walk, MAIN)
    assert walk.case.outcome == "approved"


def test_units_comment_side_by_side(walk: Walk, world: World) -> None:
    go(walk, MAIN, "comment_in_writing")
    assert walk.at == ["comment_in_writing"] * 3
    open_parts = CaseTask.objects.filter(process=walk.case, finished=None)
    assert {task.unit for task in open_parts} == {world.units[code] for code in ASKED}


def test_the_last_comment_moves_the_round_on(walk: Walk) -> None:
    go(walk, MAIN, "comment_in_writing")
    comment(walk)
    assert walk.at == ["comment_in_writing"] * 2
    comments(walk)
    assert walk.at == ["synthesise"]


def test_who_is_against_does_not_stop_the_round(walk: Walk) -> None:
    comments(go(walk, MAIN, "comment_in_writing"), "adverse")
    assert (walk.at, walk.case.flags) == (["synthesise"], ["adverse_opinion"])


def test_the_deadline_moves_the_round_on_without_the_silent(walk: Walk) -> None:
    comment(go(walk, MAIN, "comment_in_writing"))
    sweep(today() + timedelta(days=60))
    assert (walk.at, Opinion.objects.filter(case=walk.case).count()) == (["synthesise"], 1)
    synthesise(walk)
    assert "Cơ quan CAT" in text_of(walk)


def test_nothing_is_sent_without_the_draft(walk: Walk) -> None:
    day = add_working_days(today(), 10)
    with pytest.raises(ValidationError, match="missing"):
        walk.do("send_draft", "send", answer_by=day)


def test_the_editions_time_is_the_usual_day(walk: Walk) -> None:
    attach(walk).do("send_draft", "send", answer_by=add_working_days(today(), 10))
    assert {task.due_on for task in CaseTask.objects.filter(process=walk.case, finished=None)} == {
        add_working_days(today(), 10)
    }


def test_another_day_needs_its_reason(walk: Walk) -> None:
    later = add_working_days(today(), 15)
    attach(walk)
    with pytest.raises(ValidationError, match="day_reason"):
        walk.do("send_draft", "send", answer_by=later)
    walk.do("send_draft", "send", answer_by=later, day_reason="Nội dung phức tạp.")
    assert walk.task("comment_in_writing").due_on == later


def test_a_day_that_is_past_is_refused(walk: Walk) -> None:
    attach(walk)
    with pytest.raises(ValidationError, match="answer_by"):
        walk.do("send_draft", "send", answer_by=today(), day_reason="Gấp.")


def test_the_synthesis_is_not_sent_while_a_comment_is_unanswered(walk: Walk) -> None:
    go(walk, MAIN, "synthesise")
    first, *_rest = comments_of(walk.case)
    with pytest.raises(ValidationError) as refused:
        walk.do("synthesise", "submit", synthesis="Xong.", **{f"answer_{first.pk}": "Tiếp thu."})
    assert len(refused.value.error_dict) == 2
    assert walk.at == ["synthesise"]


def test_each_comment_keeps_its_answer(walk: Walk) -> None:
    go(walk, MAIN, "schedule")
    assert {one.answer for one in comments_of(walk.case)} == {"Tiếp thu, bổ sung vào dự thảo."}


def test_the_synthesis_is_drawn_up_with_comments_and_answers(walk: Walk) -> None:
    go(walk, MAIN, "schedule")
    drawn = text_of(walk)
    assert drawn.count("Tiếp thu, giải trình: Tiếp thu, bổ sung vào dự thảo.") == 3
    assert "Đã lấy ý kiến 3 đơn vị; 3 đơn vị trả lời" in drawn


def text_of(walk: Walk) -> str:
    """The words of the synthesis as it was drawn up last."""
    document = walk.case.documents.filter(item="opinions_synthesis").latest("pk")
    return "\n".join(p.text for p in Docx(BytesIO(content_of(document))).paragraphs)


def test_whoever_sent_the_draft_does_not_write_the_synthesis(walk: Walk) -> None:
    go(walk, MAIN, "synthesise")
    sender = CaseTask.objects.get(process=walk.case, outcome="send").owner
    assert walk.actor(walk.task("synthesise")) != sender


def test_the_standing_board_may_return_the_synthesis(walk: Walk) -> None:
    go(walk, MAIN, "schedule").do("schedule", "return", reason="Làm rõ ý kiến.")
    assert walk.at == ["synthesise"]


def test_the_standing_committee_may_return_the_synthesis(walk: Walk) -> None:
    go(walk, MAIN, "consider_comments").conference("consider_comments", outcome="return")
    assert walk.at == ["synthesise"]
    go(walk, MAIN)
    assert walk.case.outcome == "approved"


def test_the_standing_committee_may_take_note(walk: Walk) -> None:
    go(walk, MAIN, "consider_comments").conference("consider_comments", outcome="note")
    assert walk.case.outcome == "noted"


def test_without_a_quorum_the_committee_is_called_again(walk: Walk) -> None:
    go(walk, MAIN, "consider_comments").conference("consider_comments", absent=99)
    assert walk.at == ["consider_comments"]


def test_a_held_round_resumes_restarts_or_ends(walk: Walk) -> None:
    hold(go(walk, MAIN, "schedule")).do("held", "resume", reason="Xong.")
    assert walk.at == ["schedule"]
    hold(walk).do("held", "restart", restart_from="synthesise", reason="Ý kiến mới.")
    assert walk.at == ["synthesise"]
    hold(walk).do("held", "reject", reason="Thôi ban hành.")
    assert walk.case.outcome == "rejected"


def test_only_units_that_can_answer_are_asked(world: World) -> None:
    with pytest.raises(ValidationError, match="asked"):
        about_draft(world.units["P26"], [world.units["UBND"]])


@pytest.mark.parametrize("plan", PLANS)
def test_the_demo_can_tell_each_of_its_plans(walk: Walk, plan: str) -> None:
    live(walk, plan)
    step = PLANS[plan][0]
    assert plan != f"at {step}" or set(walk.at) == {step}


def test_a_round_is_started_commented_and_answered_by_its_pages(
    world: World, browser: Browser
) -> None:
    start = reverse("begin_without", args=["consultation_round"])
    asked = [world.units["SNV"].pk]
    said = {"title": "Dự thảo quy chế", "asked": asked, "secrecy": "internal", "reason": ""}
    browser("oc_clerk").post(start, said)
    case = Case.objects.get(flow_class=ConsultationRoundFlow)
    walk = attach(Walk(case))
    post(walk, browser, "oc_clerk", "send_draft", outcome="send",
         answer_by=add_working_days(today(), 10).isoformat())  # fmt: skip
    post(walk, browser, "head", "comment_in_writing", stand="comment", text="Nên nêu rõ kinh phí.")
    (one,) = comments_of(case)
    page = browser("oc_head").get(reverse("case", args=[case.pk])).content.decode()
    assert "Nên nêu rõ kinh phí." in page
    post(walk, browser, "oc_head", "synthesise", outcome="submit", synthesis="Thống nhất.",
         **{f"answer_{one.pk}": "Đã bổ sung."})  # fmt: skip
    page = browser("standing").get(reverse("case", args=[case.pk])).content.decode()
    assert "Đã bổ sung." in page
    assert walk.at == ["schedule"]


def post(walk: Walk, browser: Browser, name: str, step: str, **said: object) -> None:
    """Take a task and send its form as the page does."""
    task, client = walk.task(step), browser(name)
    client.post(reverse("take", args=[task.pk]))
    answer = client.post(reverse("task", args=[walk.case.pk, task.pk]), said)
    assert answer.status_code == 302, answer.content.decode()
    walk.case.refresh_from_db()
