"""Facts are what was known on a day, and are read in a constant number of queries."""

from datetime import date

import pytest
from dateutil.relativedelta import relativedelta
from django.utils import timezone

from permissions.checks import today
from processes.cases.models import Case
from processes.eligibility.gather import facts_of, facts_of_many, post_of
from processes.flows import SanctionFlow
from processes.organisation.people import Cadre, Degree, PostHeld
from processes.steps.forms_sanction import about
from processes.steps.opening import open_case
from tests.world import SINCE, make_candidate

#: One for each kind of fact, and one for open cases.
QUERIES = 9


def test_a_roster_of_any_length_takes_the_same_queries(world, django_assert_num_queries):
    five = [*world.candidates, make_candidate(world)]
    for some in (five[:1], five[1:]):
        with django_assert_num_queries(QUERIES):
            facts_of_many(some, today())


def test_what_happened_later_is_not_known_yet(world):
    cadre = world.candidates[0]
    cadre.disciplines.create(form="warning", decided_on=today())
    assert facts_of(cadre, today() - relativedelta(days=1)).disciplines == ()


def test_an_evaluation_of_the_running_year_does_not_count(world):
    cadre = world.candidates[0]
    cadre.evaluations.create(year=today().year, grade="failed")
    assert today().year not in dict(facts_of(cadre, today()).evaluations)


def test_a_closed_matter_is_no_longer_pending(world):
    cadre = world.candidates[0]
    cadre.pendingmatters.create(matter="Thanh tra", opened_on=SINCE, closed_on=today())
    assert facts_of(cadre, today()).pending == ()
    assert facts_of(cadre, today() - relativedelta(days=1)).pending == ("Thanh tra",)


def test_an_open_sanction_is_a_pending_matter_of_the_person_until_it_ends(world):
    said = about("other", "Vi phạm.", "KL 1", cadre=world.candidates[0], unit=None)
    case = open_case(SanctionFlow, by=None, unit=world.units["UBKTTU"], **said)
    (matter,) = facts_of(fresh(world), today()).pending
    assert (case.code in matter, matter) == (False, "Xử lý vi phạm của cán bộ hoặc đơn vị")
    Case.objects.filter(pk=case.pk).update(finished=timezone.now())
    assert facts_of(fresh(world), today()).pending == ()


def fresh(world):
    """The first candidate, with nothing remembered of what was read before."""
    return Cadre.objects.get(pk=world.candidates[0].pk)


@pytest.mark.parametrize(
    ("ranks", "degrees"),
    [(["bachelor"], 1), (["bachelor", "master"], 1), (["bachelor"] * 2, 2), (["doctor"], 1)],
)
def test_a_masters_degree_is_no_second_university_degree(world, ranks, degrees):
    cadre = world.candidates[0]
    cadre.degrees.all().delete()
    for rank in ranks:
        Degree.objects.create(cadre=cadre, rank=rank, field="Luật", awarded_on=SINCE)
    assert facts_of(cadre, today()).degrees == degrees


def held(position, cadre, year):
    PostHeld.objects.create(
        cadre=cadre, position=position, title=position.title, group=position.group,
        unit=position.unit, since=date(year, 1, 1), until=date(year + 5, 1, 1),
    )  # fmt: skip


def test_terms_in_a_row_are_counted(world):
    position, (first, *_others) = world.positions["party"], world.candidates
    held(position, first, 2011)
    held(position, first, 2016)
    assert post_of(position, today()).terms_held == ((first.pk, 2),)


def test_another_holder_ends_the_row(world):
    position, (first, second, *_others) = world.positions["party"], world.candidates
    for cadre, year in ((first, 2006), (second, 2011), (first, 2016)):
        held(position, cadre, year)
    assert post_of(position, today()).terms_held == ((first.pk, 1),)


def test_the_standard_in_force_on_the_day_counts(world):
    world.group.standards.update(valid_to=today())
    day_before = today() - relativedelta(days=1)
    assert post_of(world.positions["party"], today()).standard == ""
    [standard] = post_of(world.positions["party"], day_before).standards
    assert [one.kind for one in standard.conditions] == ["theory", "degrees"]
