"""How a sanction comes to stand at each step and each end."""

from typing import Any

from permissions.checks import today
from processes.demo.opened import begin, go
from processes.demo.stories import Stage, against, befall, hold
from processes.demo.walk import Walk
from processes.flows.sanction import SanctionFlow
from processes.organisation.people import Cadre
from processes.organisation.units import Unit

FOUND: dict[str, Any] = {
    "finding": "Né tránh, nể nang trong chỉ đạo xử lý công việc tại nơi luân chuyển.",
    "basis": "BC 41-BC/BTCTU",
}


def against_person(province: Unit, cadre: Cadre, **said: Any) -> Walk:
    """The Inspection Committee takes up a finding about a person."""
    known = {"kind": "conflict_avoidance", "person": cadre.code, **FOUND, **said}
    return begin(SanctionFlow, province, **known)


def against_unit(province: Unit, unit: Unit, **said: Any) -> Walk:
    """The Inspection Committee takes up a finding about a unit."""
    text = "Không tạo điều kiện, cô lập cán bộ luân chuyển."
    known = {"kind": "locality_isolation", "accused_unit": unit.pk, **FOUND, "finding": text}
    return begin(SanctionFlow, province, **known | said)


def explain(walk: Walk) -> None:
    """The unit enters the explanation that was signed."""
    walk.do("explain_finding", text="Nghiêm túc tiếp thu, xin rút kinh nghiệm và khắc phục.")


def conclude(walk: Walk, outcome: str = "discipline", proposal: str = "reprimand") -> Walk:
    """The Inspection Committee concludes."""
    chosen = proposal if outcome == "discipline" else ""
    report = "Đã kiểm tra, xác minh theo quy định."
    return walk.do(
        "conclude_finding", outcome, report=report, proposal=chosen, reason="Theo báo cáo kiểm tra."
    )


#: The main road: from each step to the next.
MAIN: dict[str, Stage] = {
    "receive_finding": lambda walk: walk.do("receive_finding", "ask"),
    "explain_finding": explain,
    "conclude_finding": conclude,
    "schedule": lambda walk: walk.do("schedule", "scheduled", meeting_on=today()),
    "decide_discipline": lambda walk: walk.conference("decide_discipline"),
}

#: How the demo's sanctions end or stand: up to which step, and what happens there.
PLANS: dict[str, tuple[str, Stage | None]] = {
    **{f"at {step}": (step, None) for step in MAIN},
    "disciplined": ("", None),
    "reminded": ("conclude_finding", lambda walk: conclude(walk, "remind")),
    "cleared": ("conclude_finding", lambda walk: conclude(walk, "no_violation")),
    "no ground": (
        "receive_finding",
        lambda walk: walk.do("receive_finding", "no_ground", reason="Không đủ căn cứ."),
    ),
    "not disciplined": (
        "decide_discipline",
        lambda walk: walk.conference("decide_discipline", against),
    ),
    "on hold": ("conclude_finding", hold),
    "withdrawn": (
        "explain_finding",
        lambda walk: befall(walk, "withdraw", reason="Phản ánh đã được người phản ánh rút."),
    ),
}


def live(walk: Walk, plan: str) -> Walk:
    """Let a case live what a plan says."""
    until, then = PLANS[plan]
    go(walk, MAIN, until)
    if then is not None:
        then(walk)
    return walk
