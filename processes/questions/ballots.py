"""Ready-made questions about votes."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from processes.audit.models import AuditEntry, Event
from processes.conferences.entries import hidden_digest
from processes.conferences.models import Conference
from processes.questions.declared import (
    AT,
    CASE,
    STEP,
    WHAT,
    WHO,
    Asked,
    Column,
    Line,
    Parameter,
    Ready,
    period,
    plain_line,
    read,
)


def _close(asked: Asked) -> Iterator[Line]:
    closed = read(asked.within().filter(event=Event.VOTE_CLOSED))
    numbers = {entry.facts.get("conference") for entry in closed} - {None}
    meetings = Conference.objects.in_bulk(numbers)
    for entry in closed:
        meeting = meetings.get(entry.facts.get("conference"))
        if meeting is not None:
            yield from _lines_within(entry, meeting, asked.values["slips"])


def _lines_within(entry: AuditEntry, meeting: Conference, slips: int) -> Iterator[Line]:
    """The lines of a slip that so few slips more or less would have moved over the threshold.

    The trail has the digest of the result; a result that does not fit it is told as altered.
    """
    proven = hidden_digest(meeting, meeting.result) == entry.facts.get("result")
    for share in meeting.result.get("shares", []):
        distance = share["agree"] - Fraction(share["threshold"]) * share["base"]
        if abs(distance) <= slips:
            yield plain_line(entry, **_told(meeting, share, proven))


def _told(meeting: Conference, share: dict[str, Any], proven: bool) -> dict[str, Any]:
    return {
        "conference": meeting.code, "meeting": meeting.pk, "cadre": share["candidate"] or None,
        "agree": share["agree"], "base": share["base"], "threshold": share["threshold"],
        "over": "over" if share["over"] else "not_over",
        "proven": "proven" if proven else "altered",
    }  # fmt: skip


def _repeated(asked: Asked) -> Iterator[Line]:
    again = Q(event__in=(Event.RECOUNT, Event.VOIDED, Event.CALLED))
    for entry in read(asked.within().filter(again)):
        attempt = entry.facts.get("attempt") or 1
        if entry.event != Event.CALLED or attempt > 1:
            yield plain_line(entry, attempt=attempt if entry.event == Event.CALLED else None)


CLOSE_VOTES = Ready(
    "close_votes",
    _("Votes within one slip of the threshold"),
    _(
        "Lines of closed ballots that one slip more or less would have put on the other side of the"
        " threshold. Results come from the conferences; each is compared with the digest that the"
        " trail has of it. Results that are not announced are shown to whoever may see them."
    ),
    (AT, CASE, Column("conference", _("Conference"), "term"), Column("cadre", _("Cadre"), "cadre"),
     Column("agree", _("For"), "number"), Column("base", _("Of"), "number"),
     Column("threshold", _("Threshold"), "text"), Column("over", _("Outcome"), "term"),
     Column("proven", _("Against the trail"), "term")),
    _close,
    (*period(365), Parameter("slips", _("So many slips"), "number", 1)),
)  # fmt: skip
REPEATED_BALLOTS = Ready(
    "repeated_ballots",
    _("Repeated ballots"),
    _("Conferences that were called again, counts that were made again, ballots declared void."),
    (AT, CASE, STEP, Column("attempt", _("Attempt"), "number"), WHO, WHAT),
    _repeated,
    period(365),
)
#: Words that only answers about votes have.
TERMS = {
    "over": _("over the threshold"),
    "not_over": _("not over the threshold"),
    "proven": _("as the trail has it"),
    "altered": _("NOT as the trail has it"),
}
