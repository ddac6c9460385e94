"""How rotations come to stand at each step and each end: the road and its branches."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from permissions.checks import today
from processes.cases.workdays import add_working_days
from processes.demo.stories import Stage, all_posts, befall, except_all
from processes.demo.stories_nomination import begin, upload_all
from processes.demo.walk import Walk
from processes.flows.rotation import RotationFlow
from processes.organisation.people import Cadre
from processes.organisation.positions import Position
from processes.organisation.units import Unit
from processes.rotation.queries import mission_of
from processes.steps.forms_posts import LEFT
from processes.steps.missions import period_end

PLAN: dict[str, Any] = {
    "need": "Luân chuyển 01 cán bộ để đào tạo, rèn luyện qua thực tiễn.",
    "purpose": "training",
    "area": "Lĩnh vực xây dựng chính quyền",
    "months": 36,
    "policy": "Theo nghị quyết của Hội đồng nhân dân tỉnh về chế độ đối với cán bộ luân chuyển.",
    "post_plan": "Bố trí chức vụ tương đương hoặc cao hơn theo kết quả đánh giá.",
}
AGREED: dict[str, Any] = {
    "source_stand": "agree",
    "source_text": "Nhất trí với phương án nhân sự.",
    "destination_stand": "agree",
    "destination_text": "Đồng ý tiếp nhận, bố trí công tác.",
}


def start(position: Position, direction: str = "lateral_sector", **said: Any) -> Walk:
    """A specialist of the Organization Committee plans a move into a post."""
    return begin(RotationFlow, position, direction=direction, **said)


def plan(walk: Walk, *units: Unit, **said: Any) -> Walk:
    """The plan asks these units for people."""
    asked = [unit.pk for unit in units]
    return walk.do(
        "plan_rotation", "submit", starts_on=today().isoformat(), asked=asked, **{**PLAN, **said}
    )


def propose(walk: Walk, *people: Cadre) -> Walk:
    """Every unit that was asked answers with those of these people who work there."""
    while "propose_people" in walk.at:
        unit = walk.task("propose_people").unit_id
        named = [cadre.pk for cadre in people if cadre.unit_id == unit]
        walk.do("propose_people", people=named, text="Đủ tiêu chuẩn, có khả năng phát triển.")
    return walk


def exempt(walk: Walk) -> Walk:
    """The competent level passes what the people proposed lack, and they are checked again."""
    return except_all(walk).do("nobody_fits", "check_again", reason="Trường hợp đặc biệt.")


def pick(walk: Walk) -> Walk:
    """The first of those who meet the conditions becomes the candidate."""
    people = walk.task("choose_candidate").flow_task.choices_of(walk.case)
    return walk.do(
        "choose_candidate", "pick", pick=people[0].pk, reason="Phù hợp nhất với yêu cầu nhiệm vụ."
    )


def items() -> dict[str, Any]:
    """A mission of two items."""
    due = add_working_days(today(), 120).isoformat()
    rows = [
        ("Cải cách thủ tục hành chính", "Số thủ tục trực tuyến toàn trình", "thủ tục", 40, 60),
        ("Giải ngân đầu tư công", "Báo cáo giải ngân", "báo cáo", 4, 40),
    ]
    names = ("title", "product", "measure", "target", "weight")
    said: dict[str, Any] = {}
    for number, row in enumerate(rows, start=1):
        values = dict(zip(names, row, strict=True)) | {"due_on": due}
        said |= {f"item{number}_{name}": value for name, value in values.items()}
    return said


def appraise(walk: Walk, outcome: str = "recommend", **said: Any) -> Walk:
    """The dossier is complete, the mission is drafted."""
    upload_all(walk)
    return walk.do("appraise", outcome, report="Đủ điều kiện luân chuyển.", **items(), **said)


def receive(walk: Walk, posts: str = LEFT) -> Walk:
    """The receiving unit receives the cadre, who leaves all posts, and says what it provides."""
    return walk.do(
        "receive_cadre", "done", received_on=today().isoformat(), allowance=3_000_000,
        housing=2_000_000, travel=500_000, preserved=0, basis="NQ 12/NQ-HĐND",
        **all_posts(walk, "receive_cadre", posts),
    )  # fmt: skip


def sign(walk: Walk) -> Walk:
    """The Secretary signs, and for a State post the People's Committee issues its decision."""
    walk.do("sign_rotation", "issued")
    return walk.do("state_decision", "issued") if "state_decision" in walk.at else walk


def evaluate(walk: Walk, proposal: str = "stay_local") -> Walk:
    """The sending unit evaluates and proposes."""
    return walk.do(
        "evaluate_rotation", "submit", text="Hoàn thành tốt nhiệm vụ.", proposal=proposal
    )


def place(kind: str, position: Position | None = None) -> Stage:
    """The Organization Committee proposes a placement."""
    said: dict[str, Any] = {"kind": kind, "text": "Theo kết quả đánh giá cán bộ luân chuyển."}
    if position:
        said["position"] = position.pk
    return lambda walk: walk.do("propose_placement", "submit", **said)


def review(walk: Walk, outcome: str = "ok", reason: str = "") -> Walk:
    """The receiving unit reports, and the Organization Committee concludes the review."""
    walk.do("report_on_mission", "submit", report="Đang triển khai đúng tiến độ.")
    return walk.do(
        "review_mission", outcome, reason=reason, comment="Hoàn thành nhiệm vụ của kỳ đánh giá."
    )


def next_period_ends(walk: Walk) -> Any:
    """The day on which the period ends that is reviewed next."""
    return period_end(walk.case)


def after_the_term(walk: Walk) -> Any:
    """The first day on which the clock ends the rotation."""
    until = mission_of(walk.case).until
    assert until is not None  # noqa: S101 -- a rotation has an end
    return until + timedelta(days=1)


def recall(walk: Walk) -> Walk:
    """The competent level calls the cadre back early."""
    return befall(walk, "recall", reason="Yêu cầu kiện toàn nhân sự.", document="TB 31-TB/TU")


def road(units: list[Unit], people: list[Cadre]) -> Mapping[str, Stage]:
    """From each step to the next, up to the cadre's time on rotation."""
    return {
        "plan_rotation": lambda walk: plan(walk, *units),
        "decide_plan": lambda walk: walk.conference("decide_plan"),
        "propose_people": lambda walk: propose(walk, *people),
        "nobody_fits": exempt,
        "choose_candidate": pick,
        "comment_on_candidate": lambda walk: walk.do(
            "comment_on_candidate", "in", comment="Nhất trí.", conclusion="Đủ tiêu chuẩn chính trị."
        ),
        "hear_both_units": lambda walk: walk.do("hear_both_units", "ok", **AGREED),
        "meet_cadre": lambda walk: walk.do(
            "meet_cadre", "ok", met_on=today().isoformat(), minutes="Sẵn sàng nhận nhiệm vụ."
        ),
        "appraise": appraise,
        "decide_rotation": lambda walk: walk.conference("decide_rotation"),
        "sign_rotation": sign,
        "receive_cadre": receive,
    }


def go(walk: Walk, road_of: Mapping[str, Stage], until: str = "") -> Walk:
    """Go down the road from where the case stands up to, not through, a step."""
    for step, stage in road_of.items():
        if step == until:
            break
        if step in walk.at:
            stage(walk)
    return walk
