"""Whom the demo's votes choose, so that no decision meets a candidate who has become unfit."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from processes.demo.plans import Plan
from processes.demo.stories import MAIN
from processes.eligibility.roster import assess, candidates_for
from processes.organisation.lookups import kin_of
from processes.organisation.people import Cadre
from processes.organisation.positions import Position
from processes.rules import load


class Favourites:
    """The order in which the votes about each post think of its candidates.

    The demo's people have their flaws as of today. Who has none today had none before, and
    stays eligible for the whole of a case; unless appointed or moved by another case meanwhile,
    so that whoever is a favourite is the favourite of one case only, and no relative of those
    who work on the cases.
    """

    def __init__(self, posts: dict[str, Position], plans: dict[str, Plan], today: date) -> None:
        self._today = today
        self._times: Counter[int] = Counter()
        self._reserved: set[int] = set()
        working = Cadre.objects.filter(user__isnull=False).values_list("pk", flat=True)
        self._related = kin_of(set(working))
        self._first: dict[str, list[int]] = {}
        for name in sorted(posts, key=lambda name: not _comes_to_a_choice(plans[name])):
            self._choose(name, posts[name], reserve=_comes_to_a_choice(plans[name]))

    def ranked(self, plan: str, slip: Iterable[Cadre]) -> list[Cadre]:
        """The people on a slip, the favourite of the plan first."""
        order = {pk: place for place, pk in enumerate(self._first[plan])}
        return sorted(slip, key=lambda cadre: order.get(cadre.pk, len(order)))

    def _choose(self, plan: str, post: Position, *, reserve: bool) -> None:
        rules = load().for_case(self._today, post.kind == Position.Kind.STATE)
        checked = assess(candidates_for(post, rules, self._today), post, rules, self._today)
        sound = [pk for pk, checks in checked.items() if {c.verdict for c in checks} == {"yes"}]
        free = [pk for pk in sound if pk not in self._reserved | self._related]
        self._first[plan] = sorted(free, key=lambda pk: self._times[pk])
        self._times.update(self._first[plan][:1])
        if reserve:
            self._reserved.update(self._first[plan][:1])


def _comes_to_a_choice(plan: Plan) -> bool:
    """Whether the last conference of the unit is held in a case of this plan."""
    steps = list(MAIN)
    return not plan.until or steps.index(plan.until) >= steps.index("conference_5")
