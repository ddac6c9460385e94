"""One side at one size, in a process of its own: python -m bench.side stock|ours TASKS ROUNDS.

Prints what it found as JSON on the last line; what it is doing goes to stderr. Both sides work in
a thread beside an event loop, as they do where a site with sockets is served.
"""

import asyncio
import json
import os
import sys
from importlib import import_module
from time import perf_counter

from bench.bulk import scratch_database
from bench.shape import Shape


def main(side: str, tasks: int, rounds: int) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = f"bench.{side}.settings"
    import django

    django.setup()
    from asgiref.sync import sync_to_async

    asyncio.run(sync_to_async(work)(side, tasks, rounds))


def work(side: str, tasks: int, rounds: int) -> None:
    """Fill a database, measure, print, drop the database."""
    shape, started = Shape(tasks), perf_counter()

    def tell(what: str) -> None:
        print(
            f"  {side}, {tasks} tasks: {what} ({perf_counter() - started:.0f} s)", file=sys.stderr
        )

    with scratch_database(side):
        tell("filling")
        import_module(f"bench.{side}.filling").fill(shape)
        tell(f"measuring, load average {os.getloadavg()[0]:.1f}")
        found = import_module(f"bench.{side}.measuring").measure(shape, rounds)
    tell("done")
    print(json.dumps(found | {"load": os.getloadavg()[0]}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
