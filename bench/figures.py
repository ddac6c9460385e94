"""Figures over a million cases, on PostgreSQL, in a database of its own.

    python -m bench.figures [cases]

A tenth of the cases is open, with one task and four papers each; the others are over, with four
tasks and a paper. Besides there are 50,000 posts with a term. Prints how long the sweep counts, and
each aggregate of the pages: median and fastest call in milliseconds.
"""

import json
import os
import sys
from datetime import UTC, datetime, timedelta
from statistics import median
from time import perf_counter
from typing import Any

from bench.bulk import load, quickly, scratch_database
from bench.clock import milliseconds
from bench.shape import Shape

ROUNDS, POSTS = 15, 50_000
NOW = datetime.now(UTC)


def fill(count: int) -> None:
    from viewflow.workflow.fields import get_flow_ref
    from viewflow.workflow.status import PROCESS

    from bench.ours import province
    from processes.cases.models import Case, CaseTask
    from processes.dossiers.models import Document
    from processes.flows import FLOWS
    from processes.organisation.people import PostHeld

    shape = Shape(count)
    flows = list(FLOWS.values())
    with quickly([*province.TABLES, Case, CaseTask, Document, PostHeld]):
        province.build(shape)
        home = province.organ("PROVINCE").pk
        columns = ("id", "flow_class", "status", "created", "finished", "code", "unit_id",
                   "province_id", "opened_on", "title", "edition", "outcome")  # fmt: skip

        def cases() -> Any:
            for number in range(1, count + 1):
                begun = NOW - timedelta(minutes=number * 7 % 1_000_000)
                over = number % 10 != 0
                ended = min(begun + timedelta(days=number % 60 + 1), NOW) if over else None
                flow = flows[0] if number % 3 else flows[number % len(flows)]
                yield (number, get_flow_ref(flow), PROCESS.DONE if over else PROCESS.NEW, begun,
                       ended, f"BN-{number:08d}", number % shape.units + 1, home, begun.date(),
                       "Phó thủ trưởng", "R377_2025", "appointed" if over else "")  # fmt: skip

        load(Case, columns, cases())
        load(CaseTask, _TASK, _tasks(count, flows, shape.units))
        load(Document, _PAPER, _papers(count))
        load(PostHeld, _POST, _posts(shape.units, province.CADRES))


_TASK = ("process_id", "flow_task", "flow_task_type", "status", "created", "assigned", "finished",
         "token", "act", "unit_id", "due_on")  # fmt: skip


def _tasks(count: int, flows: list[Any], units: int) -> Any:
    from viewflow.workflow.fields import get_task_ref
    from viewflow.workflow.status import STATUS

    rows = {flow: [get_task_ref(row) for row in flow.rows()[:4]] for flow in flows}
    for number in range(1, count + 1):
        flow = flows[0] if number % 3 else flows[number % len(flows)]
        begun = NOW - timedelta(minutes=number * 7 % 1_000_000)
        over = number % 10 != 0
        for place in range(4 if over else 1):
            made = min(begun + timedelta(days=place * 3), NOW)
            ended = min(made + timedelta(days=number % 13), NOW)
            yield (number, rows[flow][place if over else number % 4], "HUMAN",
                   STATUS.DONE if over else STATUS.NEW, made, made if over else None,
                   ended if over else None, "start", "check_papers", number % units + 1,
                   None if over else NOW.date() + timedelta(days=number % 20 - 2))  # fmt: skip


_PAPER = ("case_id", "item", "version", "title", "file", "mime", "size", "sha256", "issued_on",
          "uploaded_by_id", "uploaded_at")  # fmt: skip


def _papers(count: int) -> Any:
    """Papers that count for a time only, some of which lapse soon and some have lapsed."""
    from processes.figures.papers import papers_that_lapse

    items = list(papers_that_lapse(NOW.date()))
    for number in range(1, count + 1):
        for place in range(1 if number % 10 else 4):
            issued = NOW.date() - timedelta(days=(number // 10 * 7 + place * 31) % 400)
            yield (number, items[(number // 10 + place) % len(items)], place + 1, "Kết luận",
                   "x.pdf", "application/pdf", 1, "0" * 64, issued, 1, NOW)  # fmt: skip


_POST = ("cadre_id", "title", "group_id", "unit_id", "since", "term_ends_on")


def _posts(units: int, cadres: int) -> Any:
    from processes.organisation.positions import TitleGroup

    group = TitleGroup.objects.get().pk
    for number in range(POSTS):
        ends = NOW.date() + timedelta(days=number % 1_800 - 60)
        yield (number % cadres + 1, "Phó thủ trưởng", group, number % units + 1,
               ends - timedelta(days=1_826), ends)  # fmt: skip


def measure() -> dict[str, Any]:
    from bench.ours import province
    from permissions.checks import today
    from processes.figures import reading
    from processes.figures.models import Figure
    from processes.figures.outlook import Outlook
    from processes.figures.reach import Reach
    from processes.figures.reading import Period
    from processes.figures.rolling import roll_up
    from processes.flows import AppointmentInPlaceFlow

    started = perf_counter()
    rows = roll_up(whole=True)
    counted = perf_counter() - started
    _analyze()
    started = perf_counter()
    roll_up()
    again = perf_counter() - started
    _analyze()
    reach, on = Reach(frozenset({province.organ("PROVINCE").pk})), today()
    period, what = Period.of(12, on), Figure.What
    calls = {
        "cases under way, by procedure": lambda: reading.open_by_procedure(reach),
        "cases under way, by unit": lambda: reading.open_by_unit(reach),
        "cases past their day": lambda: reading.late_by_procedure(reach, on),
        "ended and late, by procedure, end, month and unit": lambda: reading.summed(
            reading.figures(reach, period, what.ENDED, what.LATE),
            "what", "procedure", "name", "month", "unit",
        ),
        "median days of a procedure": lambda: reading.median_of(
            reading.figures(reach, period, what.ENDED).filter(procedure="appointment_in_place")
        ),
        "every step of a procedure": lambda: reading.steps_over(
            reach, period, "appointment_in_place"
        ),
        "where cases of a procedure stand": lambda: reading.open_steps_of(
            reach, AppointmentInPlaceFlow, on
        ),
        "terms that end": lambda: Outlook(reach, on).terms,
        "papers that lapse": lambda: Outlook(reach, on).lapsing,
        "moves that the rotation schemes want": lambda: Outlook(reach, on).targets,
    }  # fmt: skip
    found = {}
    for name, call in calls.items():
        call()
        taken = [milliseconds(call) for _round in range(ROUNDS)]
        found[name] = [round(median(taken), 1), round(min(taken), 1)]
    board = min(milliseconds(lambda: _board(reach, period)) for _round in range(3))
    return {
        "figures": rows, "counted_s": round(counted, 1), "month_again_s": round(again, 1),
        "ms": found, "board_ms": round(board), "load": round(os.getloadavg()[0], 1),
    }  # fmt: skip


def _board(reach: Any, period: Any) -> None:
    """Everything that the dashboard says."""
    from processes.pages.figures import Board

    board = Board(reach, period)
    for part in ("cards", "procedures", "units", "charts", "coming", "lapsing"):
        getattr(board, part)


def _analyze() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE processes_figure")


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.ours.settings"
    import django

    django.setup()
    with scratch_database("figures"):
        fill(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
        print(json.dumps(measure()))


if __name__ == "__main__":
    main()
