"""No table links a voter to a slip: attendance and totals are all that is kept (procedures 4.3)."""

from itertools import product

from django.apps import apps

from permissions.models import User
from processes.conferences.models import Candidacy, CountEntry, Summons, Teller
from processes.organisation.people import Cadre
from tests.conferences.meeting import closed

PEOPLE = {Cadre, User}
#: Rows shared by everybody at a conference; a path through them leads to all voters alike.
SHARED = {"Conference", "Case", "CaseTask", "Body", "Unit", "Level", "Position", "TitleGroup"}


def points_to(model):
    """Models of the rows that a row of this model names."""
    fields = model._meta.get_fields(include_hidden=False)
    return {f.related_model for f in fields if f.is_relation and not f.auto_created}


def named_by(model):
    """Models whose rows name a row of this model, hidden relations included."""
    return {
        other for other in apps.get_models(include_auto_created=True) if model in points_to(other)
    }


def columns(model):
    return {field.name for field in model._meta.get_fields() if not field.auto_created}


def test_a_count_names_its_conference_and_its_teller_and_nobody_else():
    assert {model.__name__ for model in points_to(CountEntry)} == {"Conference", "Teller"}


def test_nothing_names_a_count_or_a_summons():
    assert (named_by(CountEntry), named_by(Summons)) == (set(), set())


def test_a_summons_says_who_came_and_nothing_more():
    assert columns(Summons) == {"conference", "cadre", "present", "barred"}


def test_a_line_of_the_slip_says_whom_it_names_and_nothing_more():
    assert columns(Candidacy) == {"conference", "cadre"}


def test_from_a_count_people_are_reached_only_as_its_teller():
    def reached(model, without):
        found, new = set(), {model}
        while new := {n for m in new for n in points_to(m)} - found - without:
            found |= new
        return found

    shared = {model for model in apps.get_models() if model.__name__ in SHARED}
    assert reached(CountEntry, shared) & PEOPLE
    assert not reached(CountEntry, shared | {Teller}) & PEOPLE


def test_one_number_stands_for_all_slips(world):
    meeting = closed(world, "c4", 7, 5)
    numbers = product(meeting.counts.all(), ("agree", "disagree"))
    assert {len(getattr(count, name)) for count, name in numbers} == {2}
