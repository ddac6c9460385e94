"""How a delegation comes to stand at each step and each end."""

from datetime import timedelta
from typing import Any

from permissions.checks import today
from processes.cases.models import Case
from processes.demo.opened import begin, go
from processes.demo.stories import Stage, against, befall, hold
from processes.demo.walk import Walk
from processes.flows.delegation import DelegationFlow
from processes.organisation.units import Unit

#: A document of the Executive Committee that the Standing Committee finishes and signs.
ASKED: dict[str, Any] = {
    "title": "Đề án luân chuyển cán bộ giai đoạn 2020 - 2025",
    "body": "executive_committee",
    "delegate": "standing_committee",
    "scope": "Tiếp thu ý kiến tại hội nghị, hoàn thiện và ký ban hành.",
}


def about_document(province: Unit, **said: Any) -> Walk:
    """The Organization Committee asks for a delegation for a document of its own."""
    last = today() + timedelta(days=30)
    return begin(DelegationFlow, province, **{**ASKED, "until": last, **said})


def about_case(case: Case, delegate: str = "deputy_secretary", **said: Any) -> Walk:
    """One for the decision of a case, from the Standing Committee."""
    title = f"Quyết định của {case.code}"
    named = {"title": title, "case_code": case.code, "body": "standing_committee"}
    return about_document(case.province, **named, delegate=delegate, **said)


def authorise(walk: Walk) -> None:
    """The body that was asked votes."""
    walk.conference(walk.at[0])


def sign(walk: Walk) -> None:
    """The delegate finalises and signs."""
    walk.do("sign_for_body", "signed", kind="QĐ", wording="Điều 1. Ban hành kèm theo Đề án.")


#: The main road: from each step to the next.
MAIN: dict[str, Stage] = {
    "draft_delegation": lambda walk: walk.do("draft_delegation", "submit"),
    "standing_committee_authorises": authorise,
    "executive_committee_authorises": authorise,
    "sign_for_body": sign,
}

#: How the demo's delegations end or stand: up to which step, and what happens there.
PLANS: dict[str, tuple[str, Stage | None]] = {
    "at draft_delegation": ("draft_delegation", None),
    "at executive_committee_authorises": ("executive_committee_authorises", None),
    "at sign_for_body": ("sign_for_body", None),
    "signed": ("", None),
    "not authorised": (
        "executive_committee_authorises",
        lambda walk: walk.conference("executive_committee_authorises", against),
    ),
    "returned": (
        "executive_committee_authorises",
        lambda walk: walk.motion(
            "executive_committee_authorises", "return", "Xác định rõ phạm vi ủy quyền."
        ),
    ),
    "on hold": ("sign_for_body", hold),
    "withdrawn": (
        "draft_delegation",
        lambda walk: befall(walk, "withdraw", reason="Văn bản chưa hoàn thành."),
    ),
}


def live(walk: Walk, plan: str) -> Walk:
    """Let a delegation live what a plan says."""
    until, then = PLANS[plan]
    go(walk, MAIN, until)
    if then is not None:
        then(walk)
    return walk
