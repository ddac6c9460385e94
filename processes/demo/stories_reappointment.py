"""How a reappointment or an extension comes to stand at each step and each end."""

from permissions.checks import today
from processes.demo.stories import Stage, against, befall, half, hold, issue, schedule
from processes.demo.walk import Walk


def notify(walk: Walk) -> None:
    """The notice names what the age of retirement asks for."""
    walk.do("notify", "notified", notice="TB 21-TB/BTCTU")


def notify_retiring(walk: Walk) -> None:
    """The notice to somebody close to retirement, whose term is to be extended."""
    walk.do("notify", "under_2_years", notice="TB 22-TB/BTCTU")


def notify_extension(walk: Walk) -> None:
    """Close to retirement the term is extended."""
    notify_retiring(walk)
    walk.do("extend", "extend")


def report(walk: Walk) -> None:
    """The holder reports on themself."""
    walk.do("self_report", "in", report="Hoàn thành tốt nhiệm vụ được giao trong nhiệm kỳ.")


def evaluate(walk: Walk, stand: str = "agree") -> None:
    """The head evaluates."""
    walk.do("head_evaluates", "evaluated", stand=stand, evaluation="Hoàn thành tốt nhiệm vụ.")


def vote(walk: Walk) -> None:
    """The leadership votes, with the papers at hand."""
    walk.upload_dossier().conference("leadership_vote")


def reassign(walk: Walk) -> None:
    """The Standing Committee decides on other work."""
    walk.do("report_not_reappointed", "report", reason="Không đạt số phiếu.").do(
        "reassign", "recorded", assignment="Chuyên viên cao cấp.", document="KL 15-KL/TU",
        effective_on=today(),
    )  # fmt: skip


#: The main road: from each step to the next.
REAPPOINTMENT: dict[str, Stage] = {
    "notify": notify,
    "self_report": report,
    "key_conference": lambda walk: walk.conference("key_conference"),
    "head_evaluates": evaluate,
    "leadership_vote": vote,
    "appraise": lambda walk: walk.do("appraise", "recommend", report="Đủ điều kiện."),
    "schedule": schedule,
    "standing_committee": lambda walk: walk.conference("standing_committee"),
    "sign_or_issue": issue,
    "promulgate": lambda walk: walk.do(
        "promulgate", "done", effective_on=today(), announced_at="Hội trường cơ quan"
    ),
}


def renew(walk: Walk, until: str = "") -> Walk:
    """Go down the main road from where the case stands up to, not through, a step."""
    for step, stage in REAPPOINTMENT.items():
        if step == until or walk.case.finished:
            break
        if step in walk.at or (step == "sign_or_issue" and not walk.case.finished):
            stage(walk)
    return walk


def _lost(walk: Walk) -> Walk:
    return walk.upload_dossier().conference("leadership_vote", against)


#: A case at each step, on each branch and at each end: until where, and what then. A name with
#: "exten" is about somebody close to retirement, one with "Party" or "State" about such a post.
PLANS: dict[str, tuple[str, tuple[Stage, ...]]] = {
    "reappointed": ("", ()),
    "extended": ("", ()),
    **{f"at {step}": (step, ()) for step in REAPPOINTMENT if step != "sign_or_issue"},
    "at the Party decision": ("sign_or_issue", ()),
    "at the State decision": ("sign_or_issue", ()),
    "extension to be drawn up": ("notify", (notify_retiring,)),
    "extension under way": ("leadership_vote", ()),
    "exactly half": (
        "leadership_vote", (lambda w: w.upload_dossier().conference("leadership_vote", half),)
    ),
    "not reappointed": ("leadership_vote", (_lost,)),
    "other work to be decided": (
        "leadership_vote",
        (_lost, lambda w: w.do("report_not_reappointed", "report", reason="Không đạt số phiếu.")),
    ),
    "other work": ("leadership_vote", (_lost, reassign)),
    "on hold": ("head_evaluates", (hold,)),
    "withdrawn": (
        "self_report", (lambda w: befall(w, "withdraw", reason="Người giữ chức vụ xin thôi."),)
    ),
    "not recommended": (
        "appraise",
        (lambda w: w.do("appraise", "not_recommended", report="Chưa đủ điều kiện.",
                        reason="Sức khỏe không bảo đảm."),),
    ),
    "rejected": (
        "standing_committee", (lambda w: w.conference("standing_committee", against),)
    ),
}  # fmt: skip
