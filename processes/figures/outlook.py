"""What comes: terms that end, papers of open cases that lapse, and moves that a scheme wants."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from dateutil.relativedelta import relativedelta
from django.db.models import Count, Exists, OuterRef, Q

from processes.dossiers.checklist import asked_for
from processes.dossiers.models import Document
from processes.figures.reach import Reach
from processes.flows import FLOWS
from processes.organisation.people import PostHeld
from processes.organisation.staffing import held_on
from processes.rotation.progress import Progress, progress
from processes.rotation.schemes import RotationScheme
from processes.rules import load

#: How far ahead terms are counted, and papers.
MONTHS, DAYS = 12, 30


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
        """Papers of open cases by how soon they lapse, under the editions in force today."""
        items = self._items()
        soon = self._counted(items, self.on, self.on + relativedelta(days=DAYS))
        over = self._counted(items, date(1900, 1, 1), self.on)
        return [
            Lapsing(name, soon[code], over[code])
            for code, (name, _months) in items.items()
            if soon[code] or over[code]
        ]

    def _items(self) -> dict[str, tuple[str, int]]:
        """Papers that lapse: their names and after how many months."""
        found: dict[str, tuple[str, int]] = {}
        for flow_class in FLOWS.values():
            rules = load().for_case(self.on, False, flow_class.families)
            for code, name, item in asked_for(rules, flow_class.dossier):
                if months := item.value["valid_months"]:
                    found.setdefault(code, (name, months))
        return found

    def _counted(
        self, items: dict[str, tuple[str, int]], since: date, until: date
    ) -> dict[str, int]:
        """How many papers lapse from one day until before another, by item; one statement."""
        lapse = Q(pk__in=())
        for code, (_name, months) in items.items():
            span = relativedelta(months=months)
            lapse |= Q(item=code, issued_on__gte=since - span, issued_on__lt=until - span)
        open_cases = self.reach.within("case__") & Q(case__finished__isnull=True)
        newer = Document.objects.filter(
            case=OuterRef("case"), item=OuterRef("item"), pk__gt=OuterRef("pk")
        )
        papers = Document.objects.filter(open_cases, lapse).exclude(Exists(newer)).order_by()
        numbers = papers.values_list("item").annotate(Count("case", distinct=True))
        return defaultdict(int, dict(numbers))

    @cached_property
    def targets(self) -> list[tuple[RotationScheme, list[Progress]]]:
        """The rotation schemes in force, with how far each target is."""
        schemes = RotationScheme.objects.in_force(self.on)
        schemes = schemes.filter(province__in=sorted(self.reach.provinces))
        return [(scheme, progress(scheme)) for scheme in schemes]
