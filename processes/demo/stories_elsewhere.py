"""How an appointment from elsewhere comes to stand at each step and each end."""

from typing import Any

from processes.demo.stories import Stage, against, half, hold, issue, promulgate, schedule
from processes.demo.walk import Walk


def send_evaluation(walk: Walk, stand: str = "agree") -> None:
    """The unit where the person works evaluates them and sends the dossier."""
    walk.upload_dossier().do(
        "send_evaluation", "in", stand=stand,
        evaluation="Có năng lực lãnh đạo; 3 năm liền hoàn thành tốt nhiệm vụ.",
    )  # fmt: skip


def appraise(walk: Walk) -> None:
    """Every differing opinion is reported; where there is none, agreement is."""
    against = walk.case.opinions.filter(stand="adverse").exists()
    differ = against or "vote_not_carried" in walk.case.flags
    said: dict[str, Any] = {"reason": "Còn ý kiến khác nhau."} if differ else {}
    outcome = "differ" if differ else "report"
    walk.do("appraise", outcome, report="Đủ tiêu chuẩn, điều kiện.", **said)


#: The main road: from each step to the next.
ELSEWHERE: dict[str, Stage] = {
    "approve_need": lambda walk: walk.do("approve_need", "approve"),
    "hear_receiving_unit": lambda walk: walk.do(
        "hear_receiving_unit", "agree", opinion="Tập thể lãnh đạo thống nhất tiếp nhận."
    ),
    "collective_vote": lambda walk: walk.conference("collective_vote"),
    "send_evaluation": send_evaluation,
    "meet_person": lambda walk: walk.do("meet_person", "ok", talk="Nhân sự nhận nhiệm vụ."),
    "appraise": appraise,
    "schedule": schedule,
    "standing_committee": lambda walk: walk.conference("standing_committee"),
    "sign_or_issue": issue,
    "promulgate": promulgate,
}


def go(walk: Walk, until: str = "") -> Walk:
    """Go down the main road from where the case stands up to, not through, a step."""
    for step, stage in ELSEWHERE.items():
        if step == until or walk.case.finished:
            break
        if step in walk.at or step == "sign_or_issue":
            stage(walk)
    return walk


def _differs(walk: Walk) -> None:
    walk.do("hear_receiving_unit", "differ", opinion="Đề nghị xem xét nhân sự tại chỗ.")


#: A case at each step, on each branch and at each end: until where, and what then. A name with
#: "Party" or "State" is about a post of that kind.
PLANS: dict[str, tuple[str, tuple[Stage, ...]]] = {
    "appointed": ("", ()),
    **{f"at {step}": (step, ()) for step in ELSEWHERE if step != "sign_or_issue"},
    "at the Party decision": ("sign_or_issue", ()),
    "at the State decision": ("sign_or_issue", ()),
    "need not approved": (
        "approve_need", (lambda w: w.do("approve_need", "reject", reason="Chưa có nhu cầu."),)
    ),
    "receiving unit differs": ("hear_receiving_unit", (_differs,)),
    "differing opinions on the agenda": (
        "hear_receiving_unit", (_differs, lambda w: go(w, "schedule"))
    ),
    "exactly half": ("collective_vote", (lambda w: w.conference("collective_vote", half),)),
    "vote lost": ("collective_vote", (lambda w: w.conference("collective_vote", against),)),
    "vote lost, stopped": (
        "collective_vote",
        (lambda w: w.conference("collective_vote", against),
         lambda w: w.do("report_vote_lost", "stop", reason="Dừng quy trình.")),
    ),
    "declined": (
        "meet_person",
        (lambda w: w.do("meet_person", "declines", talk="Nhân sự xin không nhận.",
                        reason="Hoàn cảnh gia đình."),),
    ),
    "supplement": (
        "appraise",
        (lambda w: w.do("appraise", "supplement", report="Chưa đủ.",
                        reason="Bổ sung kết luận tiêu chuẩn chính trị."),),
    ),
    "on hold": ("meet_person", (hold,)),
    "rejected": (
        "standing_committee", (lambda w: w.conference("standing_committee", against),)
    ),
}  # fmt: skip
