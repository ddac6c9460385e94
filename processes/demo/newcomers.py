"""People who come to the demo's units once these are staffed: free for what asks for many."""

from collections.abc import Iterable
from random import Random

from permissions.checks import today
from processes.demo.facts import facts_about
from processes.demo.people import Hiring
from processes.demo.province import save_rows
from processes.organisation.people import Cadre
from processes.organisation.positions import Position, TitleGroup
from processes.organisation.units import Unit

#: How many each unit gets, how many of these are in planning, and what their names begin from.
EACH, PLANNED, SEED = 8, 6, 2022


def add_newcomers(units: Iterable[Unit]) -> None:
    """Some people for each unit, with every fact about them; the same ones for the same day.

    Some are in planning for the highest post below the head, so that cases that ask for such
    people need not take whom another case has nominated.
    """
    chance, day = Random(SEED), today()  # noqa: S311 - names, not secrets
    groups = {group.code: group for group in TitleGroup.objects.all()}
    hiring = Hiring(chance, groups, day, hired=Cadre.objects.count())
    people = []
    for unit in units:
        came = [hiring.newcomer(unit) for _turn in range(EACH)]
        for person in came[:PLANNED]:
            person.planned = (_below_head(unit),)
        people += came
    districts = list(Unit.objects.filter(level__code="district").order_by("code"))
    for person in people:
        person.cadre.origin = chance.choice(districts)
    Cadre.objects.bulk_create(person.cadre for person in people)
    facts = (fact for person in people for fact in facts_about(person, today=day, chance=chance))
    save_rows(list(facts))


def _below_head(unit: Unit) -> TitleGroup:
    posts = Position.objects.filter(unit=unit, is_head=False).select_related("group")
    return posts.order_by("group__rank", "code")[0].group
