"""How a round of comments comes to stand at each step and each end."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from permissions.catalogue import Act
from permissions.checks import holders, today
from processes.cases.lanes import unit_in_lane
from processes.cases.rules import rules_of
from processes.cases.workdays import add
from processes.demo.opened import begin, go
from processes.demo.stories import Stage, befall, hold
from processes.demo.walk import PDF, Walk
from processes.dossiers.uploads import upload
from processes.flows.consultation_round import ConsultationRoundFlow
from processes.organisation.units import Unit
from processes.steps.forms_consultation import ANSWER, comments_of

TITLE = "Dự thảo Đề án luân chuyển cán bộ giai đoạn 2020 - 2025"


def about_draft(province: Unit, asked: list[Unit], **said: Any) -> Walk:
    """The Organization Committee begins a round among these units."""
    units = [unit.pk for unit in asked]
    return begin(ConsultationRoundFlow, province, **{"title": TITLE, "asked": units, **said})


def attach(walk: Walk) -> Walk:
    """The draft is put into the dossier."""
    case = walk.case
    unit = unit_in_lane(case, ConsultationRoundFlow.started_in, on=today())
    file = SimpleUploadedFile("du-thao.pdf", PDF, "application/pdf")
    clerk = holders(Act.CHECK, [unit.pk])[0]
    upload(case, by=clerk, item="consulted_draft", file=file, issued_on=today())
    walk.done()
    return walk


def send(walk: Walk) -> None:
    """Draft and day: the edition's."""
    length = rules_of(walk.case).get("deadlines.consultation")
    attach(walk).do("send_draft", "send", answer_by=add(today(), length.value, length.unit))


def comment(walk: Walk, stand: str = "agree") -> None:
    """One unit comments."""
    text = "Cơ bản nhất trí; đề nghị làm rõ lộ trình và chế độ, chính sách."
    walk.do("comment_in_writing", stand=stand, text=text)


def comments(walk: Walk, stand: str = "agree") -> None:
    """Every unit comments; the first with the given stand."""
    comment(walk, stand)
    while "comment_in_writing" in walk.at:
        comment(walk)


def synthesise(walk: Walk) -> None:
    """Each comment is answered."""
    answers: dict[str, Any] = {
        f"{ANSWER}{one.pk}": "Tiếp thu, bổ sung vào dự thảo." for one in comments_of(walk.case)
    }
    walk.do("synthesise", "submit", synthesis="Đa số nhất trí với dự thảo.", **answers)


#: The main road: from each step to the next.
MAIN: dict[str, Stage] = {
    "send_draft": send,
    "comment_in_writing": comments,
    "synthesise": synthesise,
    "schedule": lambda walk: walk.do("schedule", "scheduled", meeting_on=today()),
    "consider_comments": lambda walk: walk.conference("consider_comments", outcome="approve"),
}

#: How the demo's rounds end or stand: up to which step, and what happens there.
PLANS: dict[str, tuple[str, Stage | None]] = {
    **{f"at {step}": (step, None) for step in MAIN},
    "approved": ("", None),
    "one has commented": ("comment_in_writing", comment),
    "one is against": ("comment_in_writing", lambda walk: comments(walk, "adverse")),
    "noted": (
        "consider_comments",
        lambda walk: walk.conference("consider_comments", outcome="note"),
    ),
    "returned": (
        "consider_comments",
        lambda walk: walk.conference("consider_comments", outcome="return"),
    ),
    "on hold": ("synthesise", hold),
    "withdrawn": (
        "comment_in_writing",
        lambda walk: befall(walk, "withdraw", reason="Dự thảo được soạn lại."),
    ),
    "stopped": (
        "synthesise",
        lambda walk: hold(walk).do("held", "reject", reason="Không ban hành đề án."),
    ),
}


def live(walk: Walk, plan: str) -> Walk:
    """Let a round live what a plan says."""
    until, then = PLANS[plan]
    go(walk, MAIN, until)
    if then is not None:
        then(walk)
    return walk
