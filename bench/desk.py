"""What a search of the trail reads among very many entries: python -m bench.desk [SIZE ...].

Works on the PostgreSQL server of DATABASE_URL, in databases of its own that it drops. For each
search the time of its statement and the blocks that it reads, by which a plan is seen to depend on
the size or not. The rare things (a role, a step, an edition, on whose behalf) are among the oldest
entries only, where a walk from the latest on would read everything.
"""

import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.ours.settings")

from bench.__main__ import size

CHAIN, PEOPLE, UNITS, ROUNDS = 30, 5_000, 300, 20
#: So many of the oldest entries are of the rare kinds.
RARE = 40
EVENTS = ("concluded", "taken", "uploaded", "read", "passed", "generated", "downloaded")
STEPS = tuple(f"step_{number}" for number in range(60))
COLUMNS = (
    "chain", "case_id", "seq", "prev_hash", "hash", "at", "event", "by_id", "role", "behalf_id",
    "unit_id", "task", "step", "edition", "format",
)  # fmt: skip
WISHES: dict[str, dict[str, Any]] = {
    "everything": {},
    "a person": {"by": [77]},
    "a person, an event they rarely cause": {"by": [77], "event": "refused"},
    "a thousand people": {"by": list(range(1, 1_001))},
    "a frequent event": {"event": "concluded"},
    "refusals": {"only": "refusals"},
    "reads": {"only": "reads"},
    "a frequent role": {"role": "unit_clerk"},
    "a role of long ago": {"role": "liaison"},
    "a frequent step": {"step": "step_7"},
    "a step of long ago": {"step": "step_gone"},
    "an edition of long ago": {"edition": "R80_2022"},
    "on behalf of somebody, long ago": {"behalf": [78]},
    "a unit": {"unit": 12},
    "a unit and a step": {"unit": 12, "step": "step_7"},
    "a case": {"case": 500},
    "a paper": {"documents": [[500, "0" * 64]]},
    "a day long ago": {"since": "2023-01-10", "until": "2023-01-10"},
}


DAYS = {"since": "2023-01-02", "until": "2023-01-08"}
QUESTIONS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("search", {"by": [77]}),
    ("search", {"step": "step_gone"}),
    ("refusals", {**DAYS, "times": 1}),
    ("deadlines_extended", {"since": "2023-01-02", "until": "2026-01-02"}),
    ("saw_before_vote", {"case": 500}),
    ("same_few", {**DAYS, "people": 2, "share": 60, "steps": 6}),
    ("too_fast", {**DAYS, "seconds": 20, "least": 10}),
)


def fill(count: int) -> Any:
    """A province, cases, and so many entries of them."""
    from bench.bulk import load, quickly
    from bench.ours import filling, province
    from bench.search import _cases
    from bench.shape import Shape
    from processes.audit.models import AuditEntry
    from processes.cases.models import Case
    from processes.log.models import LogLeaf

    shape = Shape(tasks=0)
    with quickly([*province.TABLES, Case, AuditEntry, LogLeaf]):
        province.build(shape)
        numbered = zip(range(count // CHAIN + 501), _cases(shape), strict=False)
        filling.load_cases(case for _number, case in numbered)
        load(AuditEntry, COLUMNS, entries(count))
        first = AuditEntry.objects.earliest("pk").pk
        leaves = ((number, first + number) for number in range(count))
        load(LogLeaf, ("number", "entry_id"), leaves)
    return shape


def entries(count: int) -> Iterator[tuple[Any, ...]]:
    """Entries in the order of time, the chains of several cases woven into each other."""
    from bench.shape import START

    for number in range(count):
        case, rare = number % (count // CHAIN) + 1, number < RARE
        by = number * 7 % PEOPLE + 1
        refused = number % 997 == 0
        event = "refused" if refused else EVENTS[number * 5 % len(EVENTS)]
        yield (
            case, case, number // (count // CHAIN) + 1, "", f"{number:064x}",
            START + timedelta(seconds=number * 10), event, by,
            "liaison" if rare else "unit_clerk" if number % 3 else "oc_clerk",
            78 if rare else None, number * 11 % UNITS + 1, number,
            "step_gone" if rare else STEPS[number * 13 % len(STEPS)],
            "R80_2022" if rare else "R377_2025", 1,
        )  # fmt: skip


def measure() -> dict[str, tuple[float, int, str]]:
    """Milliseconds of a page's statement, blocks that it reads, and how its rows are found."""
    from django.contrib.auth import get_user_model

    from bench.clock import timed
    from bench.ours import province
    from permissions.catalogue import Role
    from permissions.grants import grant
    from processes.pages.desk import LATEST
    from processes.pages.keyset import beginning
    from processes.questions.reach import entries_for
    from processes.questions.wishes import narrowed

    inspector = get_user_model().objects.create(username="inspector")
    home = province.organ("PROVINCE")
    grant(inspector, Role.INSPECTOR, home, by=None, since=province.SINCE)
    found = {}
    for name, wish in WISHES.items():

        def page(wish: dict[str, Any] = wish) -> Any:
            return beginning(narrowed(entries_for(inspector, {home.pk}), wish), (LATEST,))

        told = timed([partial(list, page()) for _turn in range(ROUNDS)])
        found[name] = (told["ms"], *plan(page()))
    return found


def answers(count: int) -> dict[str, float]:
    """Milliseconds of asking a kept question again, all of its lines read."""
    from bench.clock import milliseconds
    from bench.ours import province
    from processes.log.models import Checkpoint
    from processes.questions.asking import answer_below

    scope = {"provinces": [province.organ("PROVINCE").pk], "closed": []}
    last = Checkpoint(number=1, size=count, at=datetime.now(UTC))
    return {
        f"{name}, {values}": min(
            milliseconds(lambda n=name, v=values: answer_below(n, v, scope, last))
            for _turn in range(3)
        )
        for name, values in QUESTIONS
    }


def plan(rows: Any) -> tuple[int, str]:
    """Blocks read by a statement, and the index or the scan by which entries are found."""
    import json

    text = rows.explain(format="json", analyze=True, buffers=True)
    whole = json.loads(text)[0]["Plan"]
    return whole["Shared Hit Blocks"] + whole["Shared Read Blocks"], ", ".join(_ways(whole))


def _ways(node: dict[str, Any]) -> Iterator[str]:
    if "Index Name" in node and "entry" in node["Index Name"]:
        yield node["Index Name"]
    elif node["Node Type"] == "Seq Scan" and node["Relation Name"].endswith("auditentry"):
        yield "every row"
    for part in node.get("Plans", ()):
        yield from _ways(part)


def main(*sizes: str) -> None:
    import django

    django.setup()
    from bench.bulk import scratch_database

    told, asked = {}, {}
    for text in sizes:
        with scratch_database("desk"):
            fill(size(text))
            told[text] = measure()
            asked[text] = answers(size(text))
    print(f"Load average {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores.\n")
    heads = "".join(f" {text}: ms | blocks |" for text in sizes)
    print(f"| Search |{heads} found by |\n|---|{'---:|' * 2 * len(sizes)}---|")
    for name in WISHES:
        cells = "".join(f" {told[t][name][0]:.1f} | {told[t][name][1]:,} |" for t in sizes)
        print(f"| {name} |{cells} {told[sizes[-1]][name][2]} |")
    print(f"\n| Question asked again |{''.join(f' {text}: ms |' for text in sizes)}")
    print(f"|---|{'---:|' * len(sizes)}")
    for name in asked[sizes[0]]:
        print(f"| {name} |{''.join(f' {asked[text][name]:.0f} |' for text in sizes)}")


if __name__ == "__main__":
    main(*(sys.argv[1:] or ("100k", "1m")))
