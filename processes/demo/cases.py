"""Cases at every step and every end of the procedures, made by the actions that pages use."""

from collections.abc import Callable

from permissions.checks import today
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
    thirds,
)
from processes.demo.walk import Walk
from processes.organisation.people import Planning
from processes.organisation.positions import Competence, Position
from processes.steps.flow import CaseFlow

Story = Callable[[Walk], object]


def _votes() -> dict[str, Story]:
    """Branches up to the last conference."""
    return {
        "returned request": lambda w: advance(w, "check_request").do(
            "check_request", "return", reason="Đề nghị bổ sung phương án phân công."
        ),
        "policy rejected": lambda w: advance(w, "decide_policy").conference(
            "decide_policy", against
        ),
        "no quorum": lambda w: advance(w, "conference_2").conference("conference_2", absent=99),
        "tellers differ": recount,
        "nobody over half": lambda w: advance(w, "conference_3").conference(
            "conference_3", scattered
        ),
        "tie for the second place": lambda w: advance(w, "conference_3").conference(
            "conference_3", thirds
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
    }


def _dossiers() -> dict[str, Story]:
    """Branches from the dossier on."""
    return {
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
        "appointed": advance,
    }


def build_cases(flow_class: type[CaseFlow], positions: list[Position]) -> list[Case]:
    """One case at each step of the main road, on each branch and at each end.

    `positions` are used one each, because a position has one open case at a time.
    """
    free = list(positions)
    cases = [advance(_begin(flow_class, free), step).case for step in MAIN]
    cases += [
        advance(_begin(flow_class, free, kind), "sign_or_issue").case for kind in ("party", "state")
    ]
    for story in (*_votes().values(), *_dossiers().values()):
        walk = _begin(flow_class, free)
        story(walk)
        cases.append(walk.case)
    return cases + _without_source(flow_class, positions[0])


def _begin(flow_class: type[CaseFlow], free: list[Position], kind: str = "") -> Walk:
    position = next(post for post in free if kind in ("", post.kind))
    free.remove(position)
    return Walk.begin(flow_class, position)


def _without_source(flow_class: type[CaseFlow], like: Position) -> list[Case]:
    """Two delegated posts that nobody is planned for: one waits, one goes elsewhere."""
    planned = Planning.objects.filter(unit=like.unit).values("group")
    delegated = Competence.objects.in_force(today()).filter(policy_request=False)
    row = delegated.exclude(group__in=planned).first()
    if row is None:
        return []
    cases = []
    for number in (1, 2):
        position = Position.objects.create(
            code=f"{like.unit.code}-N{number}", unit=like.unit, title=f"Phó Trưởng phòng {number}",
            group=row.group, kind=like.kind, valid_from=like.valid_from,
        )  # fmt: skip
        walk = advance(Walk.begin(flow_class, position), "check_request")
        walk.do("check_request", "not_needed")
        if number > 1:
            walk.do("report_no_source", "external", reason="Đơn vị không có nguồn quy hoạch.")
        cases.append(walk.case)
    return cases
