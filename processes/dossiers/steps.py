"""What a paper belongs to: a round of its case, or one conference."""

from processes.cases.models import Case
from processes.conferences.models import Conference


def round_of(case: Case) -> str:
    """The step of papers that belong to a whole round of the case."""
    return f"round{case.round}"


def step_of(meeting: Conference) -> str:
    """The step of the count minutes of a conference."""
    return f"{meeting.code}/{meeting.pk}"


def meeting_of(case: Case, step: str) -> Conference | None:
    """The conference that count minutes are of."""
    return case.conferences.filter(pk=step.rpartition("/")[2]).first()
