"""Draw up a document from its DOCX template, and keep it in the dossier."""

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from docxtpl import DocxTemplate

from permissions.catalogue import Lane
from permissions.checks import today
from permissions.models import User
from processes.audit.models import Event
from processes.audit.trail import record
from processes.cases.models import Case
from processes.cases.rules import rules_of
from processes.conferences.models import Conference
from processes.conferences.queries import as_count, attendance, counts, result_lines
from processes.dossiers.models import Document
from processes.dossiers.store import keep
from processes.dossiers.uploads import DOCX
from processes.organisation.lookups import unit_in_lane
from processes.organisation.units import Unit

#: Title of each kind of document, the lane that issues it, and how it is signed (36-HD/VPTW).
KINDS: dict[str, tuple[str, Lane, str, str]] = {
    "submission": ("Tờ trình", Lane.UNIT, "", "THỦ TRƯỞNG ĐƠN VỊ"),
    "count_minutes": ("Biên bản kiểm phiếu", Lane.UNIT, "", "TỔ KIỂM PHIẾU"),
    "appraisal_report": ("Báo cáo thẩm định", Lane.OC, "", "TRƯỞNG BAN"),
    "opinions_report": ("Báo cáo ý kiến khác nhau", Lane.UNIT, "", "THỦ TRƯỞNG ĐƠN VỊ"),
    "party_decision": ("Quyết định", Lane.SC, "T/M BAN THƯỜNG VỤ", "BÍ THƯ"),
    "party_conclusion": ("Kết luận của Ban Thường vụ", Lane.SC, "T/M BAN THƯỜNG VỤ", "BÍ THƯ"),
    "state_decision": ("Quyết định hành chính", Lane.PCOM, "", "CHỦ TỊCH"),
}

#: The item of the checklist that a kind answers, where it is called otherwise.
ITEMS = {"count_minutes": "vote_summary"}


def draw(
    case: Case,
    kind: str,
    *,
    by: User,
    context: Mapping[str, Any],
    number: str = "",
    step: str = "",
) -> Document:
    """Fill in the template of a kind with the case's facts and `context`, and keep the result.

    Raises KeyError for a kind that has no template.
    """
    title, lane, authority, post = KINDS[kind]
    organ = unit_in_lane(lane, unit=case.unit, province=case.province, on=today())
    template = DocxTemplate(Path(settings.BASE_DIR) / "templates" / "documents" / f"{kind}.docx")
    frame = _frame(organ, case, number) | {"authority": authority, "post": post}
    template.render(frame | _facts(case) | dict(context) | {"signer": ""}, autoescape=True)
    output = BytesIO()
    template.save(output)
    document = keep(
        case, output.getvalue(), by=by, item=ITEMS.get(kind, kind), title=title, mime=DOCX,
        extension="docx", issued_on=today(), step=step, number=number, generated=True,
    )  # fmt: skip
    record(
        Event.GENERATED,
        by=by,
        case=case,
        unit=organ,
        step=step,
        documents=[document.sha256],
        facts={"kind": kind, "number": number},
    )
    return document


def draw_count_minutes(meeting: Conference, *, by: User) -> Document:
    """The count minutes of a closed conference: who counted, what, and with what result."""
    came = attendance(meeting)
    agreed = as_count(counts(meeting)[0], came)
    context = {
        "conference": str(meeting.body),
        "held_on": _day(meeting.held_on),
        "place_held": meeting.place,
        "chair": str(meeting.chair),
        "secretary": str(meeting.secretary),
        "tellers": ", ".join(str(t.cadre) for t in meeting.tellers.select_related("cadre")),
        "summoned": came.summoned,
        "present": came.present,
        "issued": agreed.issued,
        "collected": agreed.collected,
        "valid": agreed.valid,
        "invalid": agreed.invalid,
        "blank": agreed.blank,
        "results": [f"{line.name}: {line.text}" for line in result_lines(meeting)],
    }
    step = f"{meeting.code}/{meeting.pk}"
    return draw(meeting.case, "count_minutes", by=by, context=context, step=step)


def _frame(organ: Unit, case: Case, number: str) -> dict[str, Any]:
    superior = organ.parent.name if organ.parent else case.province.name
    on = today()
    return {
        "superior": superior.upper(),
        "organ": organ.name.upper(),
        "number": number or "…",
        "place": case.province.name.removeprefix("Tỉnh "),
        "day": f"ngày {on:%d} tháng {on:%m} năm {on:%Y}",
        "recipients": f"- {case.unit}; - Lưu hồ sơ.",
    }


def _facts(case: Case) -> dict[str, Any]:
    rules, request = rules_of(case), case.facts.get("request", {})
    conclusion = case.documents.filter(item="party_conclusion").order_by("-version").first()
    stands = case.opinions.filter(round=case.round).select_related("unit")
    return {
        "title": case.position.title,
        "unit": case.unit.name_on(case.opened_on),
        "candidate": str(case.candidate or ""),
        "born_on": _day(case.candidate.born_on if case.candidate else None),
        "edition": rules.appointment.title,
        "decree": rules.decree.title if rules.decree else "",
        "years": case.position.term_years or rules.value("term.years"),
        "need": request.get("need", ""),
        "assignment": request.get("assignment", ""),
        "received_on": _day(case.dossier_received_on),
        "meeting_on": _day(case.meeting_on),
        "conclusion": f"Kết luận số {conclusion.number}" if conclusion else "",
        "papers": ", ".join(sorted({d.title for d in case.documents.all()})),
        "opinions": [f"{o.unit}: {o.get_stand_display()}. {o.text}" for o in stands],
        "votes": _votes(case),
    }


def _votes(case: Case) -> list[str]:
    meetings = case.conferences.filter(
        round=case.round, state=Conference.State.CLOSED, code__in=("c2", "c3", "c4", "c5")
    ).exclude(outcome="quorum_fail")
    return [
        f"{meeting.body} ({_day(meeting.held_on)}): "
        + "; ".join(f"{line.name} {line.text}" for line in result_lines(meeting))
        for meeting in meetings.order_by("pk")
    ]


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
