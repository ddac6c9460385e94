"""How an inspection comes to stand at each step and each end."""

from collections.abc import Iterable
from typing import Any

from permissions.catalogue import Act
from permissions.checks import holders
from permissions.models import User
from processes.cases.models import Case
from processes.demo.opened import begin, go
from processes.demo.stories import Stage
from processes.demo.walk import Walk
from processes.flows.inspection import InspectionFlow
from processes.inspections import writers
from processes.inspections.models import InspectedCase, InspectionFinding
from processes.inspections.queries import answering_units
from processes.organisation.units import Unit
from processes.steps.befall import CASE_ACTIONS
from processes.steps.forms_inspection import UPHELD

TITLE = "Việc thực hiện quy trình công tác cán bộ và bảo quản hồ sơ"
BASIS = "Chương trình kiểm tra, giám sát năm của Ủy ban Kiểm tra Tỉnh ủy"


def inspect(province: Unit, cases: Iterable[Case], **said: Any) -> Walk:
    """An inspector opens an inspection over these cases."""
    codes = "\n".join(case.code for case in cases)
    return begin(InspectionFlow, province, title=TITLE, basis=BASIS, codes=codes, **said)


def inspector(walk: Walk) -> User:
    """Who opened the inspection, with their rights of now."""
    return User.objects.get(pk=walk.case.opened_by_id)


def second(walk: Walk) -> User:
    """Another inspector of the province."""
    found = holders(Act.SIGN_OFF, [walk.case.province_id])
    return next(user for user in found if user.pk != walk.case.opened_by_id)


def first_case(walk: Walk) -> Case:
    """The case that is inspected first."""
    return InspectedCase.objects.filter(inspection=walk.case).order_by("pk")[0].case


def write(walk: Walk, *, to_sanction: bool = False) -> Walk:
    """A note, a finding and a request, about the first case and the first unit of it."""
    by, case = inspector(walk), first_case(walk)
    unit = answering_units(walk.case)[0]
    writers.note(walk.case, by=by, case=case, text="Biên bản lập sau hội nghị ba ngày làm việc.")
    walk.done()
    writers.find(
        walk.case, by=by, case=case, unit=unit, level=InspectionFinding.Level.VIOLATION,
        text="Chưa lấy ý kiến bằng văn bản của cấp ủy trước hội nghị.",
        basis="Quy trình bổ nhiệm, bước lấy ý kiến cấp ủy", to_sanction=to_sanction,
    )  # fmt: skip
    walk.done()
    text = "Đề nghị giải trình vì sao chưa lấy ý kiến cấp ủy, trách nhiệm thuộc về ai."
    writers.ask(walk.case, by=by, case=case, unit=unit, text=text)
    walk.done()
    return walk


def explain(walk: Walk) -> None:
    """Every unit that was asked explains."""
    while "explain_to_inspectors" in walk.at:
        walk.do("explain_to_inspectors", text="Do sơ suất khi chuẩn bị; đơn vị đã khắc phục.")


def draft(walk: Walk, *, upheld: bool = True) -> Walk:
    """The recommendation and the draft."""
    by, unit = inspector(walk), answering_units(walk.case)[0]
    writers.recommend(
        walk.case, by=by, unit=unit, text="Rà soát, chấn chỉnh việc lập và lưu trữ hồ sơ nhân sự."
    )
    walk.done()
    found = InspectionFinding.objects.filter(inspection=walk.case)
    said: dict[str, Any] = {f"{UPHELD}{row.pk}": "yes" if upheld else "no" for row in found}
    text = "Đơn vị cơ bản thực hiện đúng quy trình; còn thiếu sót đã nêu ở phần khuyết điểm."
    return walk.do("draft_conclusion", "submit", text=text, **said)


def act(walk: Walk, name: str, *, by: User, **data: Any) -> Walk:
    """Something that is done to the whole inspection."""
    action = next(action for action in CASE_ACTIONS if action.name == name)
    action.perform(walk.case.pk, by=by, data=data)
    walk.done()
    return walk


def suspend(walk: Walk) -> Walk:
    """An inspector suspends the inspection."""
    said = {"reason": "Chờ kết luận của cơ quan điều tra.", "basis": "CV 15-CV/UBKTTU"}
    return act(walk, "hold", by=inspector(walk), **said)


#: The main road: from each step to the next.
MAIN: dict[str, Stage] = {
    "examine_cases": lambda walk: write(walk).do("examine_cases", "ask"),
    "explain_to_inspectors": explain,
    "draft_conclusion": draft,
    "sign_conclusion": lambda walk: walk.do("sign_conclusion", "signed"),
}


def _sanction(walk: Walk) -> None:
    go(write(walk, to_sanction=True).do("examine_cases", "ask"), MAIN)


def _nothing(walk: Walk) -> None:
    draft(walk, upheld=False).do("sign_conclusion", "signed")


#: How the demo's inspections end or stand: up to which step, and what happens there.
PLANS: dict[str, tuple[str, Stage | None]] = {
    **{f"at {step}": (step, None) for step in MAIN},
    "inspected": ("", None),
    "leads to a sanction": ("examine_cases", _sanction),
    "nothing upheld": ("draft_conclusion", _nothing),
    "nothing asked": ("examine_cases", lambda walk: walk.do("examine_cases", "conclude")),
    "examined further": (
        "draft_conclusion",
        lambda walk: walk.do("draft_conclusion", "examine", text="Cần làm rõ thêm."),
    ),
    "draft returned": (
        "sign_conclusion",
        lambda walk: walk.do("sign_conclusion", "return", reason="Làm rõ căn cứ của vi phạm."),
    ),
    "on hold": ("draft_conclusion", suspend),
    "stopped": (
        "draft_conclusion",
        lambda walk: suspend(walk).do("held", "reject", reason="Trùng với đoàn kiểm tra khác."),
    ),
    "broken off": (
        "explain_to_inspectors",
        lambda walk: act(walk, "withdraw", by=second(walk), reason="Mở nhầm vụ việc."),
    ),
}


def live(walk: Walk, plan: str) -> Walk:
    """Let an inspection live what a plan says."""
    until, then = PLANS[plan]
    go(walk, MAIN, until)
    if then is not None:
        then(walk)
    return walk
