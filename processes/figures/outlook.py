"""What comes: terms that end, papers of open cases that lapse, and moves that a scheme wants."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from dateutil.relativedelta import relativedelta
from django.db.models import Count, Q

from processes.figures.models import Figure
from processes.figures.papers import papers_that_lapse
from processes.figures.reach import Reach
from processes.figures.reading import figures_now, summed
from processes.organisation.people import PostHeld
from processes.organisation.staffing import held_on
from processes.rotation.progress import Progress, progress
from processes.rotation.schemes import RotationScheme

What = Figure.What
#: How far ahead terms are counted.
MONTHS = 12


@dataclass(frozen=True)
class Lapsing:
    """A paper of the dossier, and how many of it lapse within the next days or have lapsed."""

    name: str
    soon: int
    over: int


class Outlook:
    """Each part is read when it is asked for, and once."""

    def __init__(self, reach: Reach, on: date) -> None:
        self.reach, self.on = reach, on

    @cached_property
    def terms(self) -> list[tuple[date, int]]:
        """How many terms end in each of the coming months; the first one holds what is over."""
        last = self.on + relativedelta(months=MONTHS)
        posts = PostHeld.objects.filter(self._posts(), held_on(self.on), term_ends_on__lte=last)
        days = posts.order_by().values_list("term_ends_on").annotate(Count("pk"))
        found: dict[date, int] = {
            self.on.replace(day=1) + relativedelta(months=ahead): 0 for ahead in range(MONTHS + 1)
        }
        for day, number in days:
            found[max(day.replace(day=1), self.on.replace(day=1))] += number
        return list(found.items())

    def _posts(self) -> Q:
        units = Q(unit__in=sorted(self.reach.units | self.reach.provinces))
        return units | Q(unit__province__in=sorted(self.reach.provinces))

    @cached_property
    def lapsing(self) -> list[Lapsing]:
        """Papers of open cases by how soon they lapsed when the figures were made."""
        found = summed(figures_now(self.reach, What.LAPSING, What.LAPSED), "what", "name")
        numbers = defaultdict(int, found)
        return [
            Lapsing(paper.name, numbers[What.LAPSING, code], numbers[What.LAPSED, code])
            for code, paper in papers_that_lapse(self.on).items()
            if numbers[What.LAPSING, code] or numbers[What.LAPSED, code]
        ]

    @cached_property
    def targets(self) -> list[tuple[RotationScheme, list[Progress]]]:
        """The rotation schemes in force, with how far each target is."""
        schemes = RotationScheme.objects.in_force(self.on)
        schemes = schemes.filter(province__in=sorted(self.reach.provinces))
        return [(scheme, progress(scheme)) for scheme in schemes]
