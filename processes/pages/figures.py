"""Figures across cases for inspectors and leaders: what is open, late, ended, and how long."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from permissions.checks import today
from permissions.errors import Refused
from permissions.models import User
from processes.figures import reading
from processes.figures.models import Figure
from processes.figures.outlook import Outlook
from processes.figures.reach import Reach, reach_of
from processes.figures.reading import Period, StepFigures
from processes.flows import FLOWS
from processes.organisation.units import Unit
from processes.pages.charts import Chart, Series
from processes.pages.labels import DEVIATIONS, ENDS
from processes.pages.tables import Cell, Link, Table
from processes.rotation.progress import Progress
from processes.steps.base import Row, Step

What = Figure.What
MONTHS = (
    (3, gettext_lazy("3 months")),
    (6, gettext_lazy("6 months")),
    (12, gettext_lazy("12 months")),
)
#: How many units the dashboard names; the others are in the list of cases.
UNITS = 15


class PeriodForm(forms.Form):
    """Over how many months, compared with as many before."""

    months = forms.TypedChoiceField(
        label=gettext_lazy("Period"), choices=MONTHS, coerce=int, required=False
    )

    def period(self) -> Period:
        """The period asked for; a year where nothing fits."""
        self.is_valid()
        return Period.of(self.cleaned_data.get("months") or 12, today())


@dataclass(frozen=True)
class StepLine:
    """A step of a procedure with its figures, those before, and how hot it is."""

    row: Row
    now: StepFigures
    before: StepFigures
    heat: int

    @property
    def label(self) -> str:
        """What the diagram says above the step."""
        parts = []
        if self.now.open:
            parts.append(_("%(number)s open") % {"number": self.now.open})
        if self.now.took is not None:
            parts.append(_("%(days)s days") % {"days": days(self.now.took)})
        return " · ".join(parts)


def overseen(user: User) -> Reach:
    """Whose figures the person sees. Raises Refused where there are none."""
    reach = reach_of(user)
    if not reach:
        raise Refused(_("Figures across cases are for inspectors and leaders."))
    return reach


@login_required
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show the state of all cases within the person's reach. Raises Refused."""
    reach = overseen(request.user)  # type: ignore[arg-type]
    form = PeriodForm(request.GET or {"months": 12})
    board = Board(reach, form.period())
    return render(request, "figures/dashboard.html", {"board": board, "filter": form})


@login_required
@require_safe
def procedure_figures(request: HttpRequest, procedure: str) -> HttpResponse:
    """Show a procedure as a diagram with what happens at each step. Raises Refused."""
    reach = overseen(request.user)  # type: ignore[arg-type]
    if procedure not in FLOWS:
        raise Http404
    form = PeriodForm(request.GET or {"months": 12})
    period = form.period()
    lines = step_lines(reach, period, procedure)
    context = {
        "procedure": procedure,
        "flow": FLOWS[procedure],
        "filter": form,
        "period": period,
        "lines": lines,
        "charts": [_step_chart(lines)] if reach.provinces else [],  # units have no medians
        "deviations": _deviations(reach, period, procedure),
        "made": reading.made_at(),
    }
    return render(request, "figures/procedure.html", context)


def step_lines(reach: Reach, period: Period, procedure: str) -> list[StepLine]:
    """Every step that a person or the system carries out, in written order."""
    flow_class = FLOWS[procedure]
    now = reading.steps_over(reach, period, procedure)
    before = reading.steps_over(reach, period.before, procedure)
    for name, (number, late) in reading.open_steps_of(reach, flow_class, today()).items():
        now[name].open, now[name].late = number, late
    took = [one.took for one in now.values()]
    return [
        StepLine(row, now[row.name], before[row.name], reading.heat(took, now[row.name].took))
        for row in flow_class.rows()
    ]


class Board:
    """Everything on the dashboard; each part is read when the page asks for it."""

    def __init__(self, reach: Reach, period: Period) -> None:
        self.reach, self.period, self.on = reach, period, today()

    @cached_property
    def outlook(self) -> Outlook:
        """What comes: terms that end, papers that lapse, moves that are wanted."""
        return Outlook(self.reach, self.on)

    @cached_property
    def made(self) -> Any:
        """When the figures of ended cases were made."""
        return reading.made_at()

    @cached_property
    def _ended(self) -> dict[tuple[object, ...], int]:
        rows = reading.figures(self.reach, self.period, What.ENDED, What.LATE)
        return reading.summed(rows, "what", "procedure", "name", "month")

    def _of(self, what: str, **wish: object) -> int:
        places = {"procedure": 1, "name": 2, "month": 3}
        return sum(
            number
            for key, number in self._ended.items()
            if key[0] == what and all(key[places[name]] == value for name, value in wish.items())
        )

    @cached_property
    def _open(self) -> dict[type, int]:
        return reading.open_by_procedure(self.reach)

    @cached_property
    def _late(self) -> dict[type, int]:
        return reading.late_by_procedure(self.reach, self.on)

    @cached_property
    def cards(self) -> list[tuple[str, int]]:
        """The four numbers above all."""
        ended, late = self._of(What.ENDED), self._of(What.LATE)
        return [
            (_("Cases under way"), sum(self._open.values())),
            (_("of these with a step past its day"), sum(self._late.values())),
            (_("Ended in the period"), ended),
            (_("of these on time"), ended - late),
        ]

    @cached_property
    def procedures(self) -> Table:
        """Each procedure: open, late, ended, on time, median days, and the same before."""
        rows = [row for name in FLOWS if (row := self._procedure(name))]
        columns = (
            _("Procedure"), _("Under way"), _("Past its day"), _("Ended"), _("On time"),
            _("Median days"), _("Median days before"),
        )  # fmt: skip
        return Table("procedures", _("By procedure"), columns, rows, _("There are no cases."))

    def _procedure(self, name: str) -> Sequence[Cell] | None:
        flow_class = FLOWS[name]
        ended = self._of(What.ENDED, procedure=name)
        running = self._open.get(flow_class, 0)
        if not ended and not running:
            return None
        late = self._of(What.LATE, procedure=name)
        link = Link(str(flow_class.process_title), reverse("procedure_figures", args=[name]))
        spans = [self._median(name, period) for period in (self.period, self.period.before)]
        return link, running, self._late.get(flow_class, 0), ended, ended - late, *spans

    def _median(self, name: str, period: Period) -> Cell:
        rows = reading.figures(self.reach, period, What.ENDED).filter(procedure=name)
        return days(reading.median_of(rows)) if self.reach.provinces else None

    @cached_property
    def units(self) -> Table:
        """Proposing units with most cases: open, ended, on time."""
        running = reading.open_by_unit(self.reach)
        rows = reading.figures_by_unit(self.reach, self.period, What.ENDED, What.LATE)
        found = reading.summed(rows, "what", "unit")
        numbers = {int(str(unit)): n for (what, unit), n in found.items() if what == What.ENDED}
        busiest = sorted(
            {*running, *numbers},
            key=lambda unit: -(running.get(unit, 0) + numbers.get(unit, 0)),
        )[:UNITS]
        names = Unit.objects.in_bulk(busiest)
        lines: list[tuple[Cell, ...]] = [
            (
                str(names[unit]), running.get(unit, 0), numbers.get(unit, 0),
                numbers.get(unit, 0) - found.get((What.LATE, unit), 0),
            )
            for unit in busiest
        ]  # fmt: skip
        columns = (_("Unit"), _("Under way"), _("Ended"), _("On time"))
        return Table("units", _("By proposing unit"), columns, lines, _("There are no cases."))

    @cached_property
    def charts(self) -> list[Chart]:
        """What the tables say, as pictures."""
        return [self._months(), self._ends()]

    @cached_property
    def coming(self) -> list[Chart]:
        """Terms that end, and the moves that the rotation schemes want."""
        terms = self.outlook.terms
        ending = Chart(
            "terms",
            _("Terms that end, by month"),
            [f"{month:%m/%Y}" for month, _number in terms],
            [Series(_("Terms"), [number for _month, number in terms])],
        )
        return [ending, *(_targets(scheme.title, found) for scheme, found in self.outlook.targets)]

    @cached_property
    def lapsing(self) -> Table:
        """Papers of open cases that lapse soon or have lapsed."""
        rows = [(one.name, one.soon, one.over) for one in self.outlook.lapsing]
        columns = (_("Paper"), _("Within 30 days"), _("Lapsed"))
        title = _("Papers of open cases that lapse, counted once a day: number of cases")
        return Table(
            "lapsing",
            title,
            columns,
            rows,
            _("No paper lapses soon; nothing has to be asked for again."),
        )

    def _months(self) -> Chart:
        months = reading.months_of(self.period)
        ended = [self._of(What.ENDED, month=month) for month in months]
        late = [self._of(What.LATE, month=month) for month in months]
        on_time = [one - other for one, other in zip(ended, late, strict=True)]
        return Chart(
            "months",
            _("Cases ended, by month"),
            [f"{month:%m/%Y}" for month in months],
            [Series(_("On time"), on_time), Series(_("Late"), late)],
            stacked=True,
        )

    def _ends(self) -> Chart:
        names = sorted({str(key[2]) for key in self._ended})
        numbers = [self._of(What.ENDED, name=name) for name in names]
        words = [str(ENDS.get(name, name)) for name in names]
        return Chart("ends", _("How cases ended"), words, [Series(_("Cases"), numbers)], flat=True)


def days(number: float | None) -> str:
    """Days as people write them: whole ones without a point."""
    if number is None:
        return ""
    return f"{number:.0f}" if number == int(number) else f"{number:.1f}".replace(".", ",")


def _targets(title: str, found: list[Progress]) -> Chart:
    years = sorted({one.target.year for one in found})

    def of(year: int) -> list[Progress]:
        return [one for one in found if one.target.year == year]

    return Chart(
        "targets",
        title,
        [str(year) for year in years],
        [
            Series(_("Moves wanted"), [sum(p.target.number for p in of(year)) for year in years]),
            Series(_("done"), [sum(p.done for p in of(year)) for year in years]),
            Series(_("under way"), [sum(p.running for p in of(year)) for year in years]),
        ],
    )


def _step_chart(lines: list[StepLine]) -> Chart:
    worked = [line for line in lines if isinstance(line.row, Step)]
    shown = [line for line in worked if line.now.done or line.before.done]
    return Chart(
        "steps",
        _("Median days of each step, this period and the one before"),
        [f"{line.row.code} {line.row.task_title}" for line in shown],
        [
            Series(_("This period"), [line.now.took or 0 for line in shown]),
            Series(_("The period before"), [line.before.took or 0 for line in shown]),
        ],
        flat=True,
    )


def _deviations(reach: Reach, period: Period, procedure: str) -> Table:
    def counted(span: Period) -> dict[tuple[object, ...], int]:
        rows = reading.figures(reach, span, What.DEVIATED).filter(procedure=procedure)
        return reading.summed(rows, "name")

    now, before = counted(period), counted(period.before)
    rows = [
        (str(title), now.get((name,), 0), before.get((name,), 0))
        for name, title in DEVIATIONS.items()
    ]
    columns = (_("Deviation"), _("This period"), _("The period before"))
    return Table("deviations", _("Deviations from the usual way"), columns, rows)
