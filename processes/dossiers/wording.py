"""What documents say of a case and of a count.

Words of the documents' own are Vietnamese, as in their templates; the rest is in the language
that is active.
"""

from datetime import date
from functools import cache
from typing import Any

from django.db.models import Q
from django.utils.functional import SimpleLazyObject

from permissions.checks import today
from processes.cases.models import Case, Opinion
from processes.cases.opinions import about_candidate, against, positions
from processes.cases.rules import rules_of
from processes.conferences.models import Conference
from processes.conferences.queries import (
    Attendance,
    Line,
    as_count,
    attendance,
    counts,
    result_lines,
    said_of_base,
    tellers_of,
)
from processes.dossiers.checklist import checklist
from processes.eligibility.sentences import VERDICTS, check_title
from processes.rules import CaseRules

EXCEPTED = "được cấp có thẩm quyền chấp thuận trường hợp đặc biệt"
#: What is decided about a post, where it is not an appointment.
DEEDS = {"reappointment": "bổ nhiệm lại", "extension": "kéo dài thời gian để"}
BY_MINUTES = "không bỏ phiếu, theo biên bản hội nghị"
#: Said of an opinion to which the same organ has given a later one.
EARLIER = ", ý kiến lần trước"
NOT_ANNOUNCED = "kết quả không công bố, theo biên bản kiểm phiếu kèm theo"


def about_case(case: Case, item: str = "") -> dict[str, Any]:
    """The facts of a case that its documents tell; one that is drawn up is no paper of its own.

    What needs reading is read when a template asks for it: few templates ask for all.
    """
    rules, request = rules_of(case), case.facts.get("request", {})
    opinions = cache(lambda: about_candidate(case))
    return {
        "title": case.position.title if case.position else case.title,
        "unit": case.unit.name_on(case.opened_on),
        "candidate": str(case.candidate or ""),
        "born_on": day(case.candidate.born_on if case.candidate else None),
        "edition": rules.leading.title,
        "decree": rules.decree.title if rules.decree else "",
        "deed": DEEDS.get(case.facts.get("decision", ""), "bổ nhiệm"),
        "period": _period(case, rules),
        "need": request.get("need", ""),
        "assignment": request.get("assignment", ""),
        "received_on": day(case.dossier_received_on),
        "meeting_on": day(case.meeting_on),
        "conclusion": SimpleLazyObject(lambda: _conclusion(case)),
        "papers": SimpleLazyObject(
            lambda: [p.title for p in checklist(case, on=today()) if p.document and p.code != item]
        ),
        "opinions": SimpleLazyObject(lambda: _opinions(opinions())),
        "differing": SimpleLazyObject(lambda: [_opinion(one) for one in against(opinions())]),
        "assessment": SimpleLazyObject(lambda: _assessment(case)),
        "votes": SimpleLazyObject(lambda: _votes(case)),
    }


def _conclusion(case: Case) -> str:
    drawn = case.documents.filter(item="party_conclusion").order_by("-pk").first()
    return drawn.number if drawn else ""


def _period(case: Case, rules: CaseRules) -> str:
    """How long the post is held: a term of years, or up to the day of retirement."""
    if until := case.facts.get("term_until"):
        return f"đến ngày {day(date.fromisoformat(until))}"
    years = (case.position and case.position.term_years) or rules.value("term.years")
    return f"là {years} năm, kể từ ngày quyết định có hiệu lực"


def about_count(meeting: Conference) -> dict[str, Any]:
    """What the count minutes of a conference tell; never who voted how."""
    came = attendance(meeting)
    agreed = as_count(counts(meeting)[0], came)
    return {
        "conference": str(meeting.body),
        "held_on": day(meeting.held_on),
        "place_held": meeting.place,
        "chair": str(meeting.chair),
        "secretary": str(meeting.secretary),
        "tellers": [str(teller.cadre) for teller in tellers_of(meeting)],
        "summoned": came.summoned,
        "present": came.present,
        "of_base": _of_base(meeting, came),
        "issued": agreed.issued,
        "collected": agreed.collected,
        "valid": agreed.valid,
        "invalid": agreed.invalid,
        "blank": agreed.blank,
        "results": [_counted(line) for line in result_lines(meeting)],
    }


def _of_base(meeting: Conference, came: Attendance) -> list[str]:
    """How many of those summoned and present must not vote, and what that does to the base."""
    if not came.barred:
        return []
    who = f"Được triệu tập nhưng không bỏ phiếu: {came.barred}; trong đó có mặt: "
    return [f"{who}{came.barred_present}.", *said_of_base(meeting, came)]


def _counted(line: Line) -> str:
    """A line of the result with its share, and who is against where the slip has it."""
    against = "" if line.disagree is None else f"; không đồng ý: {line.disagree}"
    return f"{line.name}: {line.text}{against}"


def day(when: date | None) -> str:
    """A day as documents write it."""
    return f"{when:%d/%m/%Y}" if when else ""


def _opinions(given: list[Opinion]) -> list[str]:
    """Every answer with its day; only the last of an organ at a step is what it holds."""
    last = {one.pk for one in positions(given)}
    return [_opinion(one, "" if one.pk in last else EARLIER) for one in given]


def _opinion(opinion: Opinion, note: str = "") -> str:
    when = f"{day(opinion.given_on)}{note}"
    return f"{opinion.unit} ({when}): {opinion.get_stand_display()}. {opinion.text}"


def _assessment(case: Case) -> list[str]:
    """The candidate's checks as they were last kept in this round."""
    lines = case.roster.filter(round=case.round, cadre=case.candidate, listed=True)
    line = lines.order_by("-pk").first()
    checks = line.checks if line else []
    return [f"{check_title(check['code'])}: {_verdict(check)}" for check in checks]


def _verdict(check: dict[str, Any]) -> str:
    said = str(VERDICTS[check["verdict"]])
    return f"{said}, {EXCEPTED}" if check["excepted"] else said


def _votes(case: Case) -> list[str]:
    """The result of each ballot; of one that is not announced only that minutes are enclosed."""
    meetings = case.conferences.filter(round=case.round, state=Conference.State.CLOSED).exclude(
        Q(outcome="quorum_fail") | Q(code__startswith="sc_")
    )
    return [
        f"{meeting.body} ({day(meeting.held_on)}): {_result(meeting)}"
        for meeting in meetings.select_related("body").order_by("pk")
    ]


def _result(meeting: Conference) -> str:
    if not meeting.announced:
        return NOT_ANNOUNCED
    return "; ".join(f"{line.name} {line.text}" for line in result_lines(meeting)) or BY_MINUTES
