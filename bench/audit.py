"""What it costs to prove: python -m bench.audit [--leaves 10m] [--entries 300k].

The trail in a step while the sequencer runs; verification; proofs in a large log; the same writes
beside django-pghistory and django-auditlog (bench/requirements.txt). On the PostgreSQL server of
DATABASE_URL, in databases of its own that it drops.
"""

import argparse
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from statistics import median
from time import perf_counter, sleep
from typing import Any

from bench.__main__ import size

STEP_SHARE, VERIFIED, PROOF_MS = 0.15, 100_000, 20
WRITES, ROUNDS = 400, 5
#: A second process that gives entries their place, as `manage.py log --loop` does, only more often.
SEQUENCER = """
import os, sys, time, django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from processes.log.sequencer import sequence_all
while True:
    sequence_all()
    time.sleep(0.2)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--leaves", default="10m")
    parser.add_argument("--entries", default="300k")
    parser.add_argument("--rounds", type=int, default=40)
    asked = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.beside.settings"
    import django

    django.setup()
    from bench.bulk import scratch_database

    print(f"Load average {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores.\n")
    with scratch_database("audit"):
        beside()
        proofs(size(asked.leaves))
        verification(size(asked.entries))
    with scratch_database("audit_step"):
        step(asked.rounds)


def tell(goal: str, good: bool) -> None:
    print(f"- {'reached' if good else 'MISSED'}: {goal}", flush=True)


def beside() -> None:
    """Each write is a transaction of an insert and an update, as a step makes them."""
    from bench.beside.models import HistoryPaper, LoggedPaper, PlainPaper, TrailPaper

    ways: dict[str, Callable[[], None]] = {
        "no history": lambda: write(PlainPaper),
        "our trail": lambda: write(TrailPaper, told=True),
        "django-pghistory": lambda: write(HistoryPaper),
        "django-auditlog": lambda: write(LoggedPaper),
    }
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _turn in range(ROUNDS):  # in turn, so that the load of the machine hits all alike
        for name, call in ways.items():
            taken[name].append(milliseconds(call) / WRITES)
    none = median(taken["no history"])
    print("| Two writes in a transaction | ms | more than none |\n|---|---:|---:|")
    for name, each in taken.items():
        print(f"| {name} | {median(each):.2f} | {median(each) - none:.2f} |")
    print(flush=True)


def write(model: Any, *, told: bool = False) -> None:
    from django.db import transaction

    from processes.audit.models import Event
    from processes.audit.trail import record

    for number in range(WRITES):
        with transaction.atomic():
            row = model.objects.create(
                title="Tờ trình", step="check_request", unit=number % 300, due_on=date(2026, 2, 2)
            )
            row.outcome, row.reason, row.owner = "supplement", "Bổ sung bản kê khai.", number
            row.save()
            if told:
                record(Event.CONCLUDED, by=None, step=row.step, outcome=row.outcome,
                       reason=row.reason, facts={"due": "2026-02-02"})  # fmt: skip


def proofs(leaves: int) -> None:
    """Fill the tiles of a log and prove entries at random, each with nothing in memory."""
    from django.db import connection

    from processes.log.sequencer import keep_tiles, tree
    from processes.log.tree import WIDTH, fold

    row = [sha256(number.to_bytes(8, "big")).digest() for number in range(leaves)]
    level = 0
    while row:
        tiles = [b"".join(row[at : at + WIDTH]) for at in range(0, len(row), WIDTH)]
        for at in range(0, len(tiles), 2_000):
            part = enumerate(tiles[at : at + 2_000], start=at)
            keep_tiles(((level, place), tile) for place, tile in part)
        row = [fold(tile) for tile in tiles if len(tile) == WIDTH * 32]
        level += 1
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE processes_logtile")
    chance = random.Random(1)  # noqa: S311
    numbers = [chance.randrange(1, leaves) for _turn in range(200)]
    for name, call in (
        ("inclusion", lambda number: tree().inclusion(number, leaves)),
        ("consistency", lambda number: tree().consistency(number, leaves)),
    ):
        taken = sorted(milliseconds(lambda n=n, call=call: call(n)) for n in numbers)
        found = f"{median(taken):.1f} ms, the slowest of 200 {taken[-1]:.1f}"
        tell(f"proof of {name} at {leaves:,} entries in {PROOF_MS} ms: {found}",
             median(taken) <= PROOF_MS)  # fmt: skip


def verification(entries: int) -> None:
    """Chains and log of entries like those of steps; one core reads, PostgreSQL has the other."""
    from bench.verify import fill
    from processes.audit.models import AuditEntry
    from processes.audit.verify import verify
    from processes.log.models import LogLeaf, LogMark, LogTile
    from processes.log.sequencer import sequence_all
    from processes.log.verify import verify_log

    with without_triggers():
        for model in (LogTile, LogLeaf, LogMark, AuditEntry):
            model.objects.all()._raw_delete("default")
    fill(entries)
    pace = entries / seconds(sequence_all)
    print(f"- sequencing: {pace:,.0f} entries/s")
    chains = min(seconds(verify) for _turn in range(3))
    log = min(seconds(verify_log) for _turn in range(3))
    tell(f"{VERIFIED:,} entries of chains verified in a second: {entries / chains:,.0f}",
         entries / chains >= VERIFIED)  # fmt: skip
    tell(f"{VERIFIED:,} places of the log verified in a second: {entries / log:,.0f}",
         entries / log >= VERIFIED)  # fmt: skip
    print(f"- both, one after the other: {entries / (chains + log):,.0f} entries/s", flush=True)


def step(rounds: int) -> None:
    """The share of the trail in a step while a sequencer works beside it."""
    from django.db import connection

    from bench.ours.filling import fill
    from bench.ours.measuring import measure
    from bench.shape import Shape

    shape = Shape(10_000)
    fill(shape)
    command = [sys.executable, "-c", SEQUENCER, connection.settings_dict["NAME"]]
    with subprocess.Popen(command) as sequencer:  # noqa: S603 -- our own
        sleep(5)
        found = measure(shape, rounds)
        sequencer.terminate()
    entries, whole = found["entries in it"]["ms"], found["step"]["ms"]
    tell(f"trail {STEP_SHARE:.0%} of a step with the sequencer running: {entries:.2f} of "
         f"{whole:.1f} ms, {entries / whole:.0%}", entries / whole <= STEP_SHARE)  # fmt: skip
    print(json.dumps(found["step"]), file=sys.stderr)


@contextmanager
def without_triggers() -> Any:
    from django.db import connection

    from processes.audit import triggers

    triggers.remove(connection)
    yield
    triggers.install(connection)


def milliseconds(call: Callable[[], Any]) -> float:
    return seconds(call) * 1000


def seconds(call: Callable[[], Any]) -> float:
    started = perf_counter()
    call()
    return perf_counter() - started


if __name__ == "__main__":
    main()
