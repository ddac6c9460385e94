"""What the demo's cases are to show: one at each step, on each branch, at each end and light.

How long a case stands is counted in working days before the day of the demo.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from processes.demo.stories import (
    Stage,
    against,
    answer,
    befall,
    halves,
    hold,
    last_first,
    nobody,
    recount,
    scattered,
    thirds,
)

#: Where the personas work who are to find something in their inboxes.
HOME = "SNV"


@dataclass(frozen=True)
class Plan:
    """A case goes down the main road to a step and does there what `then` says.

    `until` is empty for the whole road. `stands` is how long ago the last of it happened;
    `slow` adds working days to steps of the road. `kind` asks for a State or a Party post,
    `unit` for one of that unit. An `early` case is opened under the edition before the one in
    force.
    """

    until: str = ""
    then: tuple[Stage, ...] = ()
    stands: int = 1
    kind: str = ""
    unit: str = ""
    slow: Mapping[str, int] = field(default_factory=dict)
    early: bool = False
    delegated: bool = False


def _explain(late: str) -> Stage:
    """The unit explains in writing why the time of its procedure has passed."""
    return lambda walk: befall(walk, "explain", reason=late)


_ROAD = {
    "request": Plan("request_policy", stands=2),
    "check of the request": Plan("check_request"),
    "policy": Plan("decide_policy", stands=4),
    "policy, due soon": Plan("decide_policy", stands=14),
    "policy, late": Plan("decide_policy", stands=18),
    "conference 1": Plan("conference_1", stands=3, unit=HOME),
    "conference 3": Plan("conference_3", stands=2),
    "opinion of the committee": Plan("committee_opinion", stands=4, unit=HOME),
    "conference 5, procedure late": Plan("conference_5", stands=24),
    "dossier, delay explained": Plan(
        "assemble_dossier",
        (_explain("Nhân sự bổ sung văn bằng, cơ sở đào tạo chậm xác nhận."),),
        stands=2,
        unit=HOME,
        slow={"assemble_dossier": 22},
    ),
    "check of the dossier": Plan("check_dossier", stands=2),
    "consultation": Plan("consult_organs", stands=2),
    "consultation, due soon": Plan("consult_organs", (answer,), stands=7, unit=HOME),
    "appraisal": Plan("appraise"),
    "agenda": Plan("schedule", stands=2),
    "Party decision": Plan("sign_or_issue", kind="party"),
    "State decision": Plan("sign_or_issue", stands=3, kind="state"),
    "promulgation": Plan("promulgate"),
}

_VOTES = {
    "returned request": Plan(
        "check_request",
        (lambda w: w.do("check_request", "return", reason="Đề nghị bổ sung phương án phân công."),),
        stands=5,
        unit=HOME,
    ),
    "policy rejected": Plan(
        "decide_policy", (lambda w: w.conference("decide_policy", against),), stands=46
    ),
    "no quorum": Plan("conference_2", (lambda w: w.conference("conference_2", absent=99),)),
    "tellers differ": Plan("conference_2", (recount,), unit=HOME),
    "nobody over half": Plan(
        "conference_3", (lambda w: w.conference("conference_3", scattered),), stands=2
    ),
    "tie for the second place": Plan(
        "conference_3", (lambda w: w.conference("conference_3", thirds),), stands=2
    ),
    "differs from conference 2": Plan(
        "conference_3",
        (
            lambda w: w.conference(
                "conference_3", last_first, reason="Tập thể phân tích lại kết quả."
            ),
        ),
        stands=3,
    ),
    "exactly half": Plan(
        "conference_5", (lambda w: w.conference("conference_5", halves),), unit=HOME
    ),
    "nobody chosen": Plan(
        "conference_5", (lambda w: w.conference("conference_5", nobody),), stands=4
    ),
    "new issue": Plan(
        "committee_opinion",
        (
            lambda w: w.do(
                "committee_opinion",
                "new_issue",
                comment="Có nội dung mới phát sinh.",
                basis="Đơn tố cáo gửi Đảng ủy",
                reason="Chờ xác minh.",
            ),
        ),
        stands=9,
    ),
}

_DOSSIERS = {
    "dossier returned": Plan(
        "check_dossier",
        (lambda w: w.do("check_dossier", "incomplete", reason="Thiếu nhận xét nơi cư trú."),),
        stands=2,
    ),
    "adverse opinion": Plan(
        "consult_organs", (lambda w: answer(w, "adverse"), answer, answer), stands=4
    ),
    "an organ is silent": Plan("consult_organs", (answer, answer), stands=14),
    "supplement": Plan(
        "appraise",
        (
            lambda w: w.do(
                "appraise", "supplement", report="Chưa đủ.", reason="Bổ sung kết luận chính trị."
            ),
        ),
        stands=3,
    ),
    "deferred": Plan(
        "standing_committee",
        (lambda w: w.motion("standing_committee", "defer", "Chuyển sang phiên họp sau."),),
        stands=2,
    ),
    "rejected by the Standing Committee": Plan(
        "standing_committee", (lambda w: w.conference("standing_committee", against),), stands=17
    ),
    "on hold": Plan("check_dossier", (hold,), stands=12),
    "withdrawn": Plan(
        "check_dossier",
        (lambda w: befall(w, "withdraw", reason="Nhân sự xin rút."),),
        stands=11,
    ),
    "appointed lately": Plan(stands=7, kind="state"),
    "appointed under the edition before": Plan(
        slow={"conference_5": 12, "assemble_dossier": 10}, early=True
    ),
}

_NO_SOURCE = {
    "nobody is planned": Plan("report_no_source", stands=3, delegated=True),
    "goes on elsewhere": Plan(
        "report_no_source",
        (
            lambda w: w.do(
                "report_no_source", "external", reason="Đơn vị không có nguồn quy hoạch."
            ),
        ),
        stands=24,
        delegated=True,
    ),
}

PLANS: dict[str, Plan] = {**_ROAD, **_VOTES, **_DOSSIERS, **_NO_SOURCE}
