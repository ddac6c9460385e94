"""Count cases, steps and deviations into figures: a month at a time, from what the database has."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import chain
from typing import Any

from django.db import transaction
from django.db.models import (
    Count,
    DateField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import TruncDate, TruncMonth
from django.utils import timezone
from viewflow.workflow.status import STATUS

from processes.audit.models import AuditEntry, Event
from processes.cases.models import Case, CaseTask, Clock
from processes.figures.models import Figure, FiguresMade
from processes.figures.papers import lapsed, lapsing
from processes.flows import FLOWS
from processes.steps.base import Row

What = Figure.What
#: Events that take a case off its usual way; returns are found by their outcomes.
DEVIATIONS = (Event.HELD, Event.RESTARTED, Event.WITHDRAWN, Event.EXCEPTED, Event.VOIDED)
RETURNED = "returned"
#: What is counted as it stands now, and not by months.
NOW = (What.LAPSING, What.LAPSED)
#: More days than these are counted as these: the column is small, and the median is far below.
MOST = 9_999

Key = tuple[int, int | None, str, date, str, str, int]


def roll_up(*, whole: bool = False) -> int:
    """Make the figures anew from the month of the last time on; `whole` from the first case.

    Doing it twice gives the same figures. Returns how many rows were made.
    """
    last = None if whole else FiguresMade.objects.first()
    since = _month(timezone.localdate(last.at)) if last else date(1, 1, 1)
    begun = timezone.now()
    found = _counted(since, timezone.localdate(begun))
    with transaction.atomic():
        Figure.objects.filter(Q(month__gte=since) | Q(what__in=NOW)).delete()
        Figure.objects.bulk_create(_rows(found), batch_size=2_000)
        FiguresMade.objects.all().delete()
        FiguresMade.objects.create(at=begun)
    return len(found)


def roll_up_daily() -> None:
    """Make them where they are of another day, for the sweep."""
    last = FiguresMade.objects.first()
    if last is None or timezone.localdate(last.at) < timezone.localdate():
        roll_up()


def _counted(since: date, on: date) -> dict[Key, int]:
    found: dict[Key, int] = {}
    for key, number in chain(_all(since), _papers(on)):
        found[key] = found.get(key, 0) + number
    return found


def _all(since: date) -> Iterator[tuple[Key, int]]:
    start = timezone.make_aware(datetime.combine(max(since, date(1970, 1, 2)), time.min))
    yield from _cases(start)
    yield from _tasks(start)
    yield from _deviations(start)


def _cases(start: datetime) -> Iterator[tuple[Key, int]]:
    late = Clock.objects.filter(case=OuterRef("pk"), escalated_on__isnull=False)
    ended = Case.objects.filter(finished__gte=start).order_by()
    ended = ended.annotate(month=TruncMonth("finished"))
    lasted = ended.annotate(span=_span(TruncDate("finished") - F("opened_on")))
    yield from _of_cases(lasted, What.ENDED, "outcome")
    nothing = _span(F("opened_on") - F("opened_on"))
    yield from _of_cases(ended.filter(Exists(late)).annotate(span=nothing), What.LATE, "outcome")


def _of_cases(cases: QuerySet[Case], what: str, name: str) -> Iterator[tuple[Key, int]]:
    for place, (flow, month, called), days, number in _grains(cases, "", "flow_class", name):
        yield (*place, _name(flow), _month(month), what, called, days), number


def _tasks(start: datetime) -> Iterator[tuple[Key, int]]:
    done = CaseTask.objects.filter(finished__gte=start, status=STATUS.DONE, seat="").order_by()
    done = done.annotate(month=TruncMonth("finished"))
    took = _span(TruncDate("finished") - TruncDate("created"))
    yield from _of_tasks(done.annotate(span=took), What.TOOK)
    waited = _span(TruncDate("assigned") - TruncDate("created"))
    yield from _of_tasks(done.filter(assigned__isnull=False).annotate(span=waited), What.WAITED)
    before = CaseTask.objects.filter(
        process=OuterRef("process"), flow_task=OuterRef("flow_task"), status=STATUS.DONE, seat="",
        finished__lte=OuterRef("created"), pk__lt=OuterRef("pk"),
    )  # fmt: skip
    nothing = _span(TruncDate("created") - TruncDate("created"))
    yield from _of_tasks(done.filter(Exists(before)).annotate(span=nothing), What.AGAIN)
    back = done.filter(backwards()).annotate(span=nothing)
    for key, number in _of_tasks(back, What.DEVIATED):
        yield (*key[:5], RETURNED, 0), number


def _of_tasks(tasks: QuerySet[CaseTask], what: str) -> Iterator[tuple[Key, int]]:
    rows = _grains(tasks, "process__", "process__flow_class", "flow_task")
    for place, (flow, month, step), days, number in rows:
        name = step.name if step else ""
        yield (*place, _name(flow), _month(month), what, name, days), number


def _deviations(start: datetime) -> Iterator[tuple[Key, int]]:
    entries = AuditEntry.objects.filter(event__in=DEVIATIONS, at__gte=start, case__isnull=False)
    nothing = _span(TruncDate("at") - TruncDate("at"))
    entries = entries.order_by().annotate(month=TruncMonth("at"), span=nothing)
    rows = _grains(entries, "case__", "case__flow_class", "event")
    for place, (flow, month, event), days, number in rows:
        yield (*place, _name(flow), _month(month), What.DEVIATED, event, days), number


def _papers(on: date) -> Iterator[tuple[Key, int]]:
    """Papers that lapse; a page that reads those of all open cases would be slow."""
    nothing = _span(TruncDate("uploaded_at") - TruncDate("uploaded_at"))
    for what, papers in (What.LAPSING, lapsing(on)), (What.LAPSED, lapsed(on)):
        rows = papers.annotate(month=Value(on, DateField()), span=nothing)
        for place, (flow, month, item), days, number in _grains(
            rows, "case__", "case__flow_class", "item"
        ):
            yield (*place, _name(flow), _month(month), what, item, days), number


def _grains(rows: QuerySet[Any], prefix: str, flow: str, name: str) -> Iterator[Any]:
    """Count twice: for a whole province by days, and for each unit without them.

    By both at once there would be nearly as many figures as cases.
    """
    province, columns = f"{prefix}province", (flow, "month", name)
    whole = rows.values_list(province, *columns, "span").annotate(Count("pk"))
    for place, *values, span, number in whole.iterator():
        yield (place, None), values, _days(span), number
    units = rows.values_list(province, f"{prefix}unit", *columns).annotate(Count("pk"))
    for place, unit, *values, number in units.iterator():
        yield (place, unit), values, 0, number


def returns() -> list[tuple[Row, list[str]]]:
    """The outcomes of each step that lead back to a step written before it."""
    found = []
    for flow_class in FLOWS.values():
        place = {row: number for number, row in enumerate(flow_class.rows())}
        for row in place:
            back = [name for name, target in row.outcomes.items() if place[target] < place[row]]
            if back and row.name != "held":
                found.append((row, back))
    return found


def backwards() -> Q:
    """Tasks that were concluded by an outcome that leads back."""
    steps = Q(pk__in=())
    for row, outcomes in returns():
        steps |= Q(flow_task=row, outcome__in=outcomes)
    return steps


def _rows(found: dict[Key, int]) -> Iterator[Figure]:
    for (province, unit, procedure, month, what, name, days), number in found.items():
        yield Figure(
            province_id=province, unit_id=unit, procedure=procedure, month=month, what=what,
            name=name, days=days, number=number,
        )  # fmt: skip


def _span(difference: Any) -> Any:
    return ExpressionWrapper(difference, output_field=DurationField())


def _days(span: timedelta | None) -> int:
    return min(max(span.days, 0), MOST) if span else 0


def _month(day: date) -> date:
    local = timezone.localtime(day).date() if isinstance(day, datetime) else day
    return local.replace(day=1)


def _name(flow_class: Any) -> str:
    return next((name for name, known in FLOWS.items() if known is flow_class), "")
