"""Papers, opinions and flags belong to the candidate whom they are about (12.1, a07-a15)."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps

from permissions.checks import today
from processes.cases.models import CaseTask
from processes.demo.stories import advance, consult, hold, last_first
from processes.demo.walk import Walk
from processes.dossiers.checklist import checklist, problems
from processes.dossiers.models import Document
from processes.steps.sweep import sweep
from tests.dossiers.papers import add
from tests.dossiers.test_drawing import text_of
from tests.world import World

AGAINST = "không đồng ý"


def drawn(walk: Walk, item: str) -> list[Document]:
    return list(walk.case.documents.filter(item=item).order_by("pk"))


def vote_again(walk: Walk, restart_from: str = "conference_3") -> Walk:
    hold(walk)
    return walk.do("held", "restart", restart_from=restart_from, reason="Bầu lại.")


def choose_another(walk: Walk) -> Walk:
    """People vote again from conference 3 and choose the last on the slip."""
    vote_again(walk).conference("conference_3", last_first, reason="Ý kiến khác.")
    return advance(walk, "assemble_dossier")


def supplement(walk: Walk) -> Walk:
    walk.do("appraise", "supplement", report="Thiếu.", reason="Bổ sung.")
    return advance(walk, "consult_organs")


def report(walk: Walk) -> str:
    walk.do("appraise", "recommend", report="Đủ.")
    return text_of(drawn(walk, "appraisal_report")[-1])


@pytest.mark.stands("check_dossier")
def test_another_candidate_is_submitted_with_a_submission_of_their_own(walk: Walk) -> None:
    first = advance(walk, "check_dossier").case.candidate
    second = choose_another(walk).case.candidate
    assert "submission" in {line.code for line in checklist(walk.case, on=today()) if line.problem}
    advance(walk, "check_dossier")
    papers = drawn(walk, "submission")
    assert ([paper.cadre for paper in papers], len({p.number for p in papers})) == (
        [first, second], 2,
    )  # fmt: skip
    assert str(second) in text_of(papers[-1])


@pytest.mark.stands("check_dossier")
def test_papers_of_the_former_candidate_do_not_count_for_another(walk: Walk) -> None:
    advance(walk, "check_dossier")
    lacking = problems(choose_another(walk).case, on=today(), stage="a12")
    assert len(lacking) > 5


@pytest.mark.stands("consult_organs")
def test_what_was_held_about_the_former_candidate_is_not_told_of_another(walk: Walk) -> None:
    consult(advance(walk, "consult_organs"), "adverse")
    advance(choose_another(walk), "consult_organs")
    assert "adverse_opinion" not in walk.case.flags
    consult(walk)
    last = CaseTask.objects.filter(process=walk.case, outcome="all_in").latest("pk")
    assert last.flow_task.name == "consult_organs"
    said = report(walk)
    assert (AGAINST in said, "Ý kiến khác nhau" in said) == (False, False)
    assert walk.case.opinions.filter(stand="adverse").count() == 1


@pytest.mark.stands("appraise")
def test_flags_about_a_candidate_go_when_people_vote_again(walk: Walk) -> None:
    advance(walk, "appraise")
    walk.do("appraise", "not_recommended", report="Chưa đạt.", reason="Yếu.")
    vote_again(walk, "conference_5")
    assert walk.case.flags == []


@pytest.mark.stands("conference_3")
@pytest.mark.parametrize(("again", "kept"), [("conference_5", True), ("conference_3", False)])
def test_that_conferences_differ_is_said_while_the_result_stands(
    walk: Walk, again: str, kept: bool
) -> None:
    advance(walk, "conference_3").conference("conference_3", last_first, reason="Ý kiến khác.")
    assert walk.case.flags == ["differs_from_conference_2"]
    advance(walk, "conference_5")
    advance(vote_again(walk, again), "assemble_dossier")
    assert ("differs_from_conference_2" in walk.case.flags) is kept


@pytest.mark.stands("appraise")
def test_a_supplemented_dossier_has_a_new_submission_with_what_was_added(
    walk: Walk, world: World
) -> None:
    advance(walk, "appraise").do("appraise", "supplement", report="Thiếu.", reason="Bổ sung.")
    add(walk.case, world["clerk"], "complaint_verdict")
    advance(walk, "check_dossier")
    before, after = map(text_of, drawn(walk, "submission"))
    title = drawn(walk, "complaint_verdict")[0].title
    assert (title in before, title in after, "- Tờ trình" in after) == (False, True, False)


@pytest.mark.stands("consult_organs")
def test_an_organ_that_is_asked_again_holds_what_it_answered_last(walk: Walk) -> None:
    consult(advance(walk, "consult_organs"), "adverse")
    consult(supplement(walk))
    assert walk.case.flags == []
    said = report(walk)
    assert f"({today():%d/%m/%Y}, ý kiến lần trước): {AGAINST}" in said
    assert "Ý kiến khác nhau" not in said


@pytest.mark.stands("consult_organs")
def test_an_organ_that_is_silent_the_second_time_is_still_against(walk: Walk) -> None:
    consult(advance(walk, "consult_organs"), "adverse")
    supplement(walk)
    sweep(today() + timedelta(days=60))
    walk.done()
    assert "adverse_opinion" in walk.case.flags
    assert f"({today():%d/%m/%Y}): {AGAINST}" in report(walk).partition("Ý kiến khác nhau")[2]


@pytest.mark.stands("appraise")
def test_whoever_is_recommended_in_the_end_is_recommended(walk: Walk) -> None:
    advance(walk, "appraise")
    walk.do("appraise", "not_recommended", report="Chưa đạt.", reason="Yếu.")
    walk.do("schedule", "return", reason="Làm rõ.").do("appraise", "recommend", report="Đủ.")
    assert walk.case.flags == []


@pytest.mark.stands("conference_5")
def test_papers_from_before_the_choice_count_for_whom_they_name(walk: Walk, world: World) -> None:
    advance(walk, "conference_5")
    (nominee,) = walk.task("conference_5").flow_task.candidates_of(walk.case)
    other = next(cadre for cadre in world.candidates if cadre != nominee)
    add(walk.case, world["clerk"], "cv", cadre=nominee)
    add(walk.case, world["clerk"], "self_review", cadre=other)
    advance(walk, "assemble_dossier")
    there = {line.code for line in checklist(walk.case, on=today()) if line.document}
    assert ("cv" in there, "self_review" in there) == (True, False)


@pytest.mark.stands("conference_5")
def test_the_committee_comments_in_writing_again_when_conference_3_is_held_again(
    walk: Walk,
) -> None:
    vote_again(advance(walk, "conference_5"))
    assert len(problems(walk.case, on=today(), stage="a10")) == 1
    advance(walk)
    assert walk.case.outcome == "appointed"


@pytest.mark.stands("consult_organs")
@pytest.mark.parametrize("restarted", [False, True])
def test_what_was_kept_before_is_the_candidates_but_for_what_a_restart_left(
    walk: Walk, restarted: bool
) -> None:
    consult(advance(walk, "consult_organs"))
    if restarted:
        vote_again(walk, "assemble_dossier")
        walk.case.holds.update(ended_on=today() + timedelta(days=1))
    walk.case.opinions.update(cadre=None)
    walk.case.documents.filter(item__in=("cv", "submission")).update(cadre=None)
    import_module("processes.migrations.0036_papers_about_whom").say_whom(apps, None)
    whom = None if restarted else walk.case.candidate_id
    opinions, papers = walk.case.opinions, walk.case.documents
    assert set(opinions.values_list("cadre", flat=True)) == {whom}
    assert {papers.get(item=item).cadre_id for item in ("cv", "submission")} == {whom}
    assert papers.get(item="committee_comment").cadre_id is None
