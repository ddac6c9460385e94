"""Cases at every step and every end of the procedures, made by the actions that pages use."""

from collections.abc import Callable, Iterator

from processes.cases.models import Case
from processes.demo.stories import (
    MAIN,
    advance,
    against,
    befall,
    consult,
    halves,
    hold,
    last_first,
    nobody,
    recount,
    scattered,
)
from processes.demo.walk import Walk
from processes.organisation.positions import Position
from processes.steps.flow import CaseFlow

Story = Callable[[Walk], object]


def _branches() -> dict[str, Story]:
    """Where a case stands off the main road, and how it came there."""
    return {
        "returned request": lambda w: advance(w, "check_request").do(
            "check_request", "return", reason="Đề nghị bổ sung phương án phân công."
        ),
        "policy rejected": lambda w: advance(w, "decide_policy").conference(
            "decide_policy", against
        ),
        "no quorum at conference 2": lambda w: advance(w, "conference_2").conference(
            "conference_2", absent=99
        ),
        "tellers differ": recount,
        "nobody over half": lambda w: advance(w, "conference_3").conference(
            "conference_3", scattered
        ),
        "differs from conference 2": lambda w: advance(w, "conference_3").conference(
            "conference_3", last_first, reason="Tập thể phân tích lại kết quả."
        ),
        "exactly half": lambda w: advance(w, "conference_5").conference("conference_5", halves),
        "nobody chosen": lambda w: advance(w, "conference_5").conference("conference_5", nobody),
        "new issue": lambda w: advance(w, "committee_opinion").do(
            "committee_opinion",
            "new_issue",
            comment="Có nội dung mới phát sinh.",
            basis="Đơn ngày 01/9",
            reason="Chờ xác minh.",
        ),
        "dossier returned": lambda w: advance(w, "check_dossier").do(
            "check_dossier", "incomplete", reason="Thiếu nhận xét nơi cư trú."
        ),
        "adverse opinion": lambda w: consult(advance(w, "consult_organs"), "adverse"),
        "supplement": lambda w: advance(w, "appraise").do(
            "appraise", "supplement", report="Chưa đủ.", reason="Bổ sung kết luận chính trị."
        ),
        "deferred": lambda w: advance(w, "standing_committee").motion(
            "standing_committee", "defer", "Chuyển sang phiên họp sau."
        ),
        "rejected by the Standing Committee": lambda w: advance(w, "standing_committee").conference(
            "standing_committee", against
        ),
        "on hold": lambda w: hold(advance(w, "check_dossier")),
        "withdrawn": lambda w: befall(
            advance(w, "check_dossier"), "withdraw", reason="Nhân sự xin rút."
        ),
    }


def build_cases(flow_class: type[CaseFlow], positions: list[Position]) -> list[Case]:
    """One case at each step of the main road, each branch and each end; open ones apart.

    `positions` are used one each, because a position has one open case at a time.
    """
    free = iter(positions)
    cases = [advance(_begin(flow_class, free), step).case for step in MAIN]
    cases += [_tell(flow_class, free, story) for story in _branches().values()]
    cases.append(advance(_begin(flow_class, free)).case)
    return cases


def _begin(flow_class: type[CaseFlow], free: Iterator[Position]) -> Walk:
    return Walk.begin(flow_class, next(free))


def _tell(flow_class: type[CaseFlow], free: Iterator[Position], story: Story) -> Case:
    walk = _begin(flow_class, free)
    story(walk)
    return walk.case
