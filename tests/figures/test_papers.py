"""Papers of open cases that lapse are counted with the figures, once for each case."""

from datetime import timedelta

import pytest
from dateutil.relativedelta import relativedelta

from permissions.checks import today
from processes.cases.models import Case
from processes.dossiers.models import Document
from processes.figures.models import Figure
from processes.figures.outlook import Outlook
from processes.figures.papers import papers_that_lapse
from processes.figures.reach import Reach
from processes.figures.rolling import roll_up

pytestmark = pytest.mark.stands("check_dossier")


@pytest.fixture
def paper(walk):
    """A paper of the case that counts for a time only; the others of its item are gone."""
    kinds = papers_that_lapse(today())
    found = walk.case.documents.filter(item__in=kinds).order_by("pk").last()
    Document.objects.exclude(pk=found.pk).delete()
    return found


def lapse(paper, days):
    """Let the last day of a paper be so many days ahead."""
    months = papers_that_lapse(today())[paper.item].months
    issued = today() + timedelta(days=days) - relativedelta(months=months)
    Document.objects.filter(pk=paper.pk).update(issued_on=issued)


def counted(reach):
    roll_up()
    return [(line.soon, line.over) for line in Outlook(reach, today()).lapsing]


def whole(walk):
    return Reach(provinces=frozenset({walk.case.province_id}))


@pytest.mark.parametrize(
    ("days", "found"), [(40, []), (10, [(1, 0)]), (0, [(1, 0)]), (-1, [(0, 1)]), (-900, [(0, 1)])]
)
def test_a_paper_lapses_soon_or_has_lapsed(walk, paper, days, found):
    lapse(paper, days)
    assert counted(whole(walk)) == found
    assert counted(Reach(units=frozenset({walk.case.unit_id}))) == found


def test_another_unit_has_none_of_it(walk, world, paper):
    lapse(paper, 10)
    assert counted(Reach(units=frozenset({world.units["STC"].pk}))) == []


def test_what_a_newer_paper_has_replaced_lapses_no_more(walk, paper):
    lapse(paper, 10)
    assert counted(whole(walk)) == [(1, 0)]
    paper.pk, paper.version, paper.issued_on = None, paper.version + 1, today()
    paper.save(force_insert=True)
    assert counted(whole(walk)) == []


def test_papers_of_somebody_who_was_not_chosen_lapse_no_more_and_replace_none(walk, world, paper):
    lapse(paper, 10)
    other = next(cadre for cadre in world.candidates if cadre.pk != paper.cadre_id)
    paper.refresh_from_db()
    paper.pk, paper.version, paper.cadre = None, paper.version + 1, other
    paper.save(force_insert=True)
    assert counted(whole(walk)) == [(1, 0)]


def test_papers_of_a_case_that_is_over_lapse_no_more(walk, paper):
    lapse(paper, -1)
    Case.objects.filter(pk=walk.case.pk).update(finished=walk.case.created)
    assert counted(whole(walk)) == []
    assert not Figure.objects.filter(what__in=("lapsing", "lapsed")).exists()
