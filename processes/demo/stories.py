"""How a case comes to stand at each step and each end: the main road and its branches."""

from collections.abc import Callable
from typing import Any

from permissions.checks import holders, today
from processes.cases.workdays import add_working_days
from processes.demo.walk import Walk, unanimous
from processes.organisation.people import Cadre
from processes.steps.befall import CASE_ACTIONS
from processes.steps.forms_posts import LEFT, POST
from processes.steps.unfit import failed_checks

Stage = Callable[[Walk], object]

REQUEST: dict[str, Any] = {
    "need": "Kiện toàn lãnh đạo đơn vị, số lượng 01.",
    "source": "in_place",
    "assignment": "Phụ trách lĩnh vực chuyên môn của đơn vị.",
}


def answer(walk: Walk, stand: str = "agree") -> None:
    """One consulted organ answers."""
    walk.do("consult_organs", stand=stand, text="Ý kiến bằng văn bản của cơ quan.")


def consult(walk: Walk, stand: str = "agree") -> None:
    """Every consulted organ answers; the first with the given stand."""
    answer(walk, stand)
    while "consult_organs" in walk.at:
        answer(walk)


def not_needed(walk: Walk) -> None:
    """A delegated post needs no approval in principle."""
    walk.do("check_request", "not_needed")


def schedule(walk: Walk, in_days: int = 0) -> None:
    """Put the case on the agenda of today, or of a meeting some working days ahead."""
    walk.do("schedule", "scheduled", meeting_on=add_working_days(today(), in_days))


def issue(walk: Walk) -> None:
    """Sign or issue the decision, whichever the post needs."""
    if "sign_decision" in walk.at:
        walk.do("sign_decision", "signed")
    else:
        walk.do("state_decision", "issued")


def assemble(walk: Walk) -> None:
    """Upload what the dossier lacks and submit it."""
    walk.upload_dossier().do("assemble_dossier", "submit")


def comment(walk: Walk) -> None:
    """The Party committee comments in writing before the last conference."""
    walk.upload_dossier().do(
        "committee_opinion", "clear", comment="Đồng ý với nhân sự được giới thiệu."
    )


def all_posts(walk: Walk, step: str, said: str) -> dict[str, Any]:
    """The same answer of each post about which a step asks."""
    task = walk.task(step)
    form = task.flow_task.form_class(task=task, user=walk.actor(task))
    return {name: said for name in form.fields if name.startswith(POST)}


def promulgate(walk: Walk, posts: str = LEFT, **said: Any) -> None:
    """Announce the decision; the person leaves, or keeps, all the posts that they hold."""
    said |= all_posts(walk, "promulgate", posts)
    fields: dict[str, Any] = {"effective_on": today(), "announced_at": "Hội trường cơ quan"} | said
    walk.do("promulgate", "done", **fields)


#: The main road: from each step to the next.
MAIN: dict[str, Stage] = {
    "request_policy": lambda walk: walk.do("request_policy", "submit", **REQUEST),
    "check_request": lambda walk: walk.do("check_request", "ok"),
    "decide_policy": lambda walk: walk.conference("decide_policy"),
    "conference_1": lambda walk: walk.conference("conference_1", outcome="list_passed"),
    "conference_2": lambda walk: walk.conference("conference_2"),
    "conference_3": lambda walk: walk.conference("conference_3"),
    "conference_4": lambda walk: walk.conference("conference_4"),
    "committee_opinion": comment,
    "conference_5": lambda walk: walk.conference("conference_5"),
    "assemble_dossier": assemble,
    "check_dossier": lambda walk: walk.do("check_dossier", "complete"),
    "consult_organs": consult,
    "appraise": lambda walk: walk.do("appraise", "recommend", report="Đủ tiêu chuẩn, điều kiện."),
    "schedule": schedule,
    "standing_committee": lambda walk: walk.conference("standing_committee"),
    "sign_or_issue": issue,
    "promulgate": promulgate,
}


def advance(walk: Walk, until: str = "") -> Walk:
    """Go down the main road from where the case stands up to, not through, a step."""
    roads = list(MAIN)
    start = roads.index("request_policy")
    for step in roads[start:]:
        if step == until:
            break
        if step in walk.at or (step == "sign_or_issue" and not walk.case.finished):
            MAIN[step](walk)
    return walk


# What slips say, by conference.


def half(slip: list[Cadre], present: int) -> dict[int, int]:
    """Everybody on the slip gets half of the votes."""
    return {cadre.pk: present // 2 for cadre in slip}


def halves(slip: list[Cadre], present: int) -> dict[int, int]:
    """The first two share the votes evenly."""
    half = present // 2
    return {cadre.pk: half if index < 2 else 0 for index, cadre in enumerate(slip)}


def thirds(slip: list[Cadre], present: int) -> dict[int, int]:
    """One leads without a half; the two behind are equal."""
    behind = (present - 1) // 4
    return {
        cadre.pk: present - 2 * behind - 1 if index == 0 and 4 * behind > present else behind
        for index, cadre in enumerate(slip[:3])
    } | {cadre.pk: 0 for cadre in slip[3:]}


def scattered(slip: list[Cadre], present: int) -> dict[int, int]:
    """Two get a third each: nobody over half, a clear first and second."""
    first = present // 3 + 1
    second = present // 3 if present // 3 else 0
    return {
        cadre.pk: (first, second)[index] if index < 2 else 0 for index, cadre in enumerate(slip)
    }


def last_first(slip: list[Cadre], present: int) -> dict[int, int]:
    """Everybody names the last on the slip."""
    return {cadre.pk: present if cadre == slip[-1] else 0 for cadre in slip}


def nobody(slip: list[Cadre], present: int) -> dict[int, int]:
    """Too few for anybody."""
    return {cadre.pk: 1 if index == 0 else 0 for index, cadre in enumerate(slip)}


def against(slip: list[Cadre], present: int) -> dict[int, int]:
    """No vote for."""
    return {cadre.pk: 0 for cadre in slip}


# What befalls a case.


def befall(walk: Walk, name: str, **data: str) -> Walk:
    """Hold, withdraw, except or explain, by somebody who may."""
    action = next(action for action in CASE_ACTIONS if action.name == name)
    case = walk.case
    case.refresh_from_db()  # a sweep since the last step may have marked it late
    people = holders(action.right(case)[0], [action.unit_of(case).pk])
    person = next(person for person in people if not action.why_not(person, case))
    action.perform(case.pk, by=person, data=data)
    walk.done()
    return walk


def hold(walk: Walk) -> Walk:
    """A written accusation has arrived."""
    return befall(walk, "hold", reason="Có đơn tố cáo cần xác minh.", basis="CV 12-CV/UBKTTU")


def except_all(walk: Walk) -> Walk:
    """The competent level passes every failed check."""
    for line, _label in failed_checks(walk.case):
        befall(walk, "except", reason="Trường hợp đặc biệt.", line=line, document="KL 05-KL/TU")
    return walk


def recount(walk: Walk) -> Walk:
    """The two tellers of conference 2 differ, and the slips are counted again."""
    advance(walk, "conference_2")
    walk.conference("conference_2", until="wait")
    walk.count("conference_2", unanimous, nobody)
    task = walk.task("conference_2", seat="")
    reason = "Hai tổ viên kiểm phiếu ghi khác nhau."
    walk.send(task, walk.actor(task), {"part": "recount", "reason": reason})
    return walk
