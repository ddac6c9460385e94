"""What the pages ask of the figures, and of the cases that are open now: aggregates only."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from dateutil.relativedelta import relativedelta
from django.db.models import Count, Q, QuerySet, Sum

from processes.cases.models import Case, CaseTask
from processes.figures.models import Figure, FiguresMade
from processes.figures.reach import Reach

What = Figure.What


@dataclass(frozen=True)
class Period:
    """Whole months, the first and the last of them included."""

    first: date
    last: date

    @classmethod
    def of(cls, months: int, on: date) -> "Period":
        """So many months up to that day's."""
        last = on.replace(day=1)
        return cls(last - relativedelta(months=months - 1), last)

    @property
    def before(self) -> "Period":
        """As many months just before."""
        span = relativedelta(self.last, self.first)
        months = span.years * 12 + span.months + 1
        return Period(
            self.first - relativedelta(months=months), self.last - relativedelta(months=months)
        )

    def __str__(self) -> str:
        return f"{self.first:%m/%Y} – {self.last:%m/%Y}"


@dataclass
class StepFigures:
    """One step over a period: how often, how long, how long it lay, how often again."""

    done: int = 0
    took: float | None = None
    waited: float | None = None
    again: int = 0
    open: int = 0
    late: int = 0

    @property
    def repeated(self) -> int:
        """The share of passes that were not the first of their case, in percent."""
        return round(100 * self.again / self.done) if self.done else 0


@dataclass
class Histogram:
    """So many for each number of days."""

    numbers: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self.numbers.values())

    @property
    def median(self) -> float | None:
        """The middle one, or the mean of the two in the middle; None of none."""
        total, passed = self.total, 0
        middle: list[int] = []
        for days in sorted(self.numbers):
            passed += self.numbers[days]
            if not middle and passed * 2 >= total:
                middle.append(days)
            if middle and passed * 2 > total:
                middle.append(days)
                break
        return sum(middle) / 2 if total else None


def figures(reach: Reach, period: Period, *what: str) -> "QuerySet[Figure]":
    """Figures that a reach covers, in a period: of whole provinces, and of single units."""
    return _in(period, what).filter(_covered(reach))


def figures_now(reach: Reach, *what: str) -> "QuerySet[Figure]":
    """Figures that a reach covers of what stood so when they were made, and has no period."""
    return Figure.objects.filter(_covered(reach), what__in=what).order_by()


def _covered(reach: Reach) -> Q:
    whole = Q(province__in=sorted(reach.provinces), unit__isnull=True)
    return whole | Q(unit__in=sorted(reach.units))


def figures_by_unit(reach: Reach, period: Period, *what: str) -> "QuerySet[Figure]":
    """The same for each unit; these know no days."""
    return _in(period, what).filter(reach.within(), unit__isnull=False)


def _in(period: Period, what: Iterable[str]) -> "QuerySet[Figure]":
    months = Figure.objects.filter(month__gte=period.first, month__lte=period.last)
    return months.filter(what__in=what).order_by()


def steps_over(reach: Reach, period: Period, procedure: str) -> dict[str, StepFigures]:
    """Every step of a procedure over a period; one statement."""
    spans: dict[tuple[str, str], Histogram] = defaultdict(Histogram)
    rows = figures(reach, period, What.TOOK, What.WAITED, What.AGAIN).filter(procedure=procedure)
    for what, name, days, number in rows.values_list("what", "name", "days").annotate(
        number=Sum("number")
    ):
        spans[what, name].numbers[days] += number
    found: dict[str, StepFigures] = defaultdict(StepFigures)
    for (what, name), span in spans.items():
        median = span.median if reach.provinces else None
        if what == What.TOOK:
            found[name].done, found[name].took = span.total, median
        elif what == What.WAITED:
            found[name].waited = median
        else:
            found[name].again = span.total
    return found


def open_steps_of(reach: Reach, flow_class: type, on: date) -> dict[str, tuple[int, int]]:
    """How many cases stand at each step of a procedure now, and how many of them are late."""
    open_cases = Q(process__finished__isnull=True, process__flow_class=flow_class)
    tasks = _open_tasks().filter(reach.within("process__"), open_cases, seat="")
    late = Count("due_on", filter=Q(due_on__lt=on))
    rows = tasks.values_list("flow_task").annotate(open=Count("*"), late=late)
    return {step.name: (number, over) for step, number, over in rows if step}


def open_by_procedure(reach: Reach) -> dict[type, int]:
    """How many cases of each procedure are under way."""
    return dict(_open_cases(reach).values_list("flow_class").annotate(number=Count("*")))


def open_by_unit(reach: Reach) -> dict[int, int]:
    """How many cases of each proposing unit are under way."""
    return dict(_open_cases(reach).values_list("unit").annotate(number=Count("*")))


def late_by_procedure(reach: Reach, on: date) -> dict[type, int]:
    """How many open cases of each procedure have a task that is past its day."""
    late = _open_tasks().filter(due_on__lt=on).values("process")
    cases = _open_cases(reach).filter(pk__in=late)
    return dict(cases.values_list("flow_class").annotate(number=Count("*")))


def _open_cases(reach: Reach) -> "QuerySet[Case]":
    """With `_open_tasks` read from the indexes `case_open` and `task_open` alone.

    So what is asked of them has to stand in these; `*` is counted, because a column would be read.
    """
    return Case.objects.filter(reach.within(), finished__isnull=True).order_by()


def _open_tasks() -> "QuerySet[CaseTask]":
    return CaseTask.objects.filter(finished__isnull=True).order_by()


def summed(rows: "QuerySet[Figure]", *by: str) -> dict[tuple[object, ...], int]:
    """The figures added up by these columns."""
    return {tuple(key): number for *key, number in rows.values_list(*by).annotate(Sum("number"))}


def median_of(rows: "QuerySet[Figure]") -> float | None:
    """The median days of some figures."""
    span = Histogram()
    for days, number in rows.values_list("days").annotate(Sum("number")):
        span.numbers[days] += number
    return span.median


def months_of(period: Period) -> list[date]:
    """Every month of a period."""
    found, month = [], period.first
    while month <= period.last:
        found.append(month)
        month += relativedelta(months=1)
    return found


def made_at() -> FiguresMade | None:
    """When the figures were made."""
    return FiguresMade.objects.first()


def heat(values: Iterable[float | None], value: float | None) -> int:
    """How hot a step is beside the others, from 0 to 4: by its share of the longest."""
    longest = max((one for one in values if one), default=0)
    if not value or not longest:
        return 0
    return min(4, 1 + int(3.999 * value / longest))
