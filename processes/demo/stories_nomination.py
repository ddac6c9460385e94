"""How nominations come to stand at each step and each end: roads and branches."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from permissions.catalogue import Act
from permissions.checks import holders, today
from processes.cases.models import Case
from processes.demo.stories import Stage, all_posts
from processes.demo.walk import PDF, Votes, Walk
from processes.dossiers.checklist import checklist
from processes.dossiers.uploads import upload
from processes.organisation.people import Cadre
from processes.organisation.positions import Position
from processes.steps.flow import CaseFlow
from processes.steps.forms_posts import KEPT, LEFT
from processes.steps.opening import open_case, starting_unit

#: What the Standing Committee sets at the beginning.
SCOPE: dict[str, Any] = {
    "number": 1,
    "structure": "Cơ cấu theo đề án nhân sự nhiệm kỳ.",
    "standards": "Theo tiêu chuẩn chức danh và quy định của cấp có thẩm quyền.",
}


def begin(flow_class: type[CaseFlow], position: Position, **said: Any) -> Walk:
    """Open a case as a specialist of the Organization Committee, by the procedure's own form."""
    unit = position.unit
    starter = starting_unit(flow_class, unit, unit.province or unit)
    clerk = holders(flow_class.start_act(), [starter.pk])[0]
    data = {"secrecy": "internal", "reason": "", **said}
    form = flow_class.start_form(data, position=position, unit=unit)
    if not form.is_valid():
        raise ValueError(form.errors.as_json())
    return Walk(open_case(flow_class, by=clerk, position=position, unit=unit, **form.opening()))


def answered(step: str, outcome: str, document: str = "CV 812-CV/BTCTW", **more: Any) -> Stage:
    """A body outside answers with a document."""
    said = {"document": document, "answered_on": today().isoformat(), **more}
    return lambda walk: walk.do(step, outcome, **said)


def effective(step: str, outcome: str, document: str, posts: str = KEPT) -> Stage:
    """A body outside lets somebody hold the post from today on, beside all others or not."""
    return lambda walk: walk.do(
        step, outcome, document=document, answered_on=today(), effective_on=today(),
        **all_posts(walk, step, posts),
    )  # fmt: skip


def compile_dossier(step: str, stage: str | None = None) -> Stage:
    """Upload what the dossier lacks before a stage, and send it on."""
    return lambda walk: upload_all(walk, stage).do(step, "complete")


def upload_all(walk: Walk, stage: str | None = None) -> Walk:
    """The Organization Committee uploads every paper that the checklist asks for."""
    unit = starting_unit(walk.case.flow_class, walk.case.unit, walk.case.province)
    clerk = holders(Act.CHECK, [unit.pk])[0]
    for line in checklist(walk.case, on=today(), stage=stage):
        if line.form == "upload" and line.required == "always" and line.document is None:
            file = SimpleUploadedFile(f"{line.code}.pdf", PDF, "application/pdf")
            upload(walk.case, by=clerk, item=line.code, file=file, issued_on=today())
            walk.done()
    return walk


def held(step: str, outcome: str = "") -> Stage:
    """A conference is held, and everybody votes for the first on the slip."""
    return lambda walk: walk.conference(step, outcome=outcome)


def draw_up_list(
    walk: Walk, *others: Cadre, to_elect: int = 1, in_days: int = 40, cases: Sequence[Case] = ()
) -> Walk:
    """The committee's list for an election that opens some days ahead.

    Nominees of other `cases` stand on it too.
    """
    opens_on = (today() + timedelta(days=in_days)).isoformat()
    return walk.do(
        "election_list", "submit", to_elect=to_elect, opens_on=opens_on,
        others=[cadre.pk for cadre in others], cases=[case.pk for case in cases],
    )  # fmt: skip


def voting(*numbers: int) -> Votes:
    """So many votes each, in the order of the slip; the rest get none."""

    def votes(slip: list[Cadre], present: int) -> dict[int, int]:
        given = dict(zip((cadre.pk for cadre in slip), numbers, strict=False))
        return {cadre.pk: min(given.get(cadre.pk, 0), present) for cadre in slip}

    return votes


def everybody(slip: list[Cadre], present: int) -> dict[int, int]:
    """All votes for everybody on the slip."""
    return {cadre.pk: present for cadre in slip}


def voters(walk: Walk, votes: Votes = everybody, manner: str = "secret") -> Walk:
    """The voters at the workplace are called, choose their manner, and vote."""
    task = walk.task("workplace_voters")
    if task.flow_task.part(task) == "call":
        called = walk.call_data(task) | {"manner": manner}
        walk.send(task, walk.actor(task), called)
    return walk.conference("workplace_voters", votes)


def ahead(days: int) -> Stage:
    """The list of an election that opens so many days from now, with the nominee alone."""
    return lambda walk: draw_up_list(walk, in_days=days)


_FIVE: dict[str, Stage] = {
    "scope": lambda walk: walk.do("scope", "submit", **SCOPE),
    "nomination_1": held("nomination_1", "list_passed"),
    "nomination_2": held("nomination_2"),
    "nomination_3": held("nomination_3"),
    "nomination_4": held("nomination_4"),
    "nomination_5": held("nomination_5"),
    "submit_upward": compile_dossier("submit_upward", "d04"),
    "superior_appraisal": answered("superior_appraisal", "approve"),
}

_CANDIDACY: dict[str, Stage] = {
    "nominate": held("nominate"),
    "candidacy_dossier": compile_dossier("candidacy_dossier"),
}

PARTY: dict[str, Stage] = {
    **_FIVE,
    "election_list": ahead(40),
    "floor": lambda walk: walk.do("floor", "list_fixed"),
    "elect": held("elect"),
    "ratify": effective("ratify", "approved", "QĐ 1204-QĐNS/TW"),
}

STATE: dict[str, Stage] = {
    **_FIVE,
    **_CANDIDACY,
    "council_floor": lambda walk: walk.do("council_floor", "list_fixed", manner="hands"),
    "council_elects": held("council_elects"),
    "approve_above": effective("approve_above", "ok", "Quyết định 355/QĐ-TTg", LEFT),
    "approve_here": effective("approve_here", "ok", "Quyết định 871/QĐ-UBND", LEFT),
}

DESIGNATION: dict[str, Stage] = {
    "scope": _FIVE["scope"],
    **_CANDIDACY,
    "designate": effective("designate", "ok", "Quyết định 1400/QĐ-TTg", LEFT),
}

DEPUTY: dict[str, Stage] = {
    **_CANDIDACY,
    "consultation_1": answered("consultation_1", "passed", "BB 01/BB-MTTQ"),
    "workplace_voters": voters,
    "consultation_2": answered("consultation_2", "passed", "BB 02/BB-MTTQ"),
    "consultation_3": answered("consultation_3", "passed", "BB 03/BB-MTTQ"),
    "voters_elect": lambda walk: walk.do(
        "voters_elect", "elected", document="BB 17/BB-UBBC", valid=48210, votes=36955
    ),
    "confirm_deputy": effective("confirm_deputy", "ok", "NQ 21/NQ-UBBC"),
}


def go(walk: Walk, road: Mapping[str, Stage], until: str = "") -> Walk:
    """Go down a road from where the case stands up to, not through, a step."""
    for step, stage in road.items():
        if step == until:
            break
        if step in walk.at:
            stage(walk)
    return walk
