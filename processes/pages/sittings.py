"""The conferences of a case beside a step: first the one that has led to it."""

from processes.pages.sheet import Sheet
from processes.pages.sheet_parts import Sitting
from processes.steps.base import Row
from processes.steps.vote import ConferenceStep


def beside(step: Row, sheet: Sheet) -> list[Sitting]:
    """The conferences that are over; first the last one whose result leads to the step, if any.

    Whoever rules on a tie or decides at exactly half looks at that one.
    """
    rows = [row for row in step.flow_class.rows() if isinstance(row, ConferenceStep)]
    if not rows:
        return []
    leading = {row.conference for row in rows if step in row.outcomes.values()}
    sittings = sheet.past_sittings
    first = next((one for one in reversed(sittings) if one.meeting.code in leading), None)
    return sittings if first is None else [first, *(one for one in sittings if one is not first)]
