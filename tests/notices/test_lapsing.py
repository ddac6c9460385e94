"""Papers that soon count no more: told once, to whoever prepares the case."""

from datetime import timedelta

import pytest
from dateutil.relativedelta import relativedelta

from permissions.checks import today
from processes.demo.walk import Walk
from processes.dossiers.checklist import checklist
from processes.notices.kinds import Kind
from processes.notices.models import Notice
from processes.pages.notices import Line
from processes.steps.lapsing import remind_of_papers
from tests.world import World

pytestmark = pytest.mark.stands("check_dossier")


def last_day(walk: Walk):
    """The last day of the paper that lapses first."""
    return min(one.fresh_until for one in checklist(walk.case, on=today()) if one.fresh_until)


def told() -> list[Notice]:
    return list(Notice.objects.filter(kind=Kind.PAPER))


def test_nobody_is_reminded_long_before(walk: Walk) -> None:
    walk.case.__class__.objects.update(dossier_received_on=None)
    assert remind_of_papers(last_day(walk) - relativedelta(months=2)) == 0


def test_whoever_prepares_is_told_once(walk: Walk, world: World) -> None:
    walk.case.__class__.objects.update(dossier_received_on=None)
    day = last_day(walk)
    assert remind_of_papers(day) > 0
    notice = told()[0]
    assert notice.person == world["clerk"]
    assert notice.facts["due_on"] == day.isoformat()
    assert Line(notice, closed=False).about
    assert Line(notice, closed=True).about == ""
    count = len(told())
    assert remind_of_papers(day) == 0
    assert len(told()) == count


def test_what_counts_no_more_is_no_reminder_any_more(walk: Walk) -> None:
    walk.case.__class__.objects.update(dossier_received_on=None)
    remind_of_papers(last_day(walk) + timedelta(days=400))
    assert told() == []
