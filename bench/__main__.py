"""Everything in one run, stock and ours in turn: python -m bench [--sizes 10k,1m] [--live].

Works on the PostgreSQL server of DATABASE_URL, in databases of its own that it drops.
"""

import argparse
import json
import os
import subprocess
import sys
from typing import Any

from bench.report import figures_report, live_report, report, search_report

FACTORS = {"k": 1_000, "m": 1_000_000}


def size(text: str) -> int:
    """A number of tasks: 10k, 1m, 2500."""
    factor = FACTORS.get(text[-1:].lower(), 1)
    return int(text[:-1] if factor > 1 else text) * factor


def run(*arguments: str) -> Any:
    """What another Python of ours prints on its last line."""
    done = subprocess.run(  # noqa: S603 -- our own modules
        [sys.executable, *arguments], check=True, stdout=subprocess.PIPE, text=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def audit(leaves: str) -> None:
    """The trail in a step, verification and proofs: it says itself what it has found."""
    subprocess.run(  # noqa: S603 -- our own modules
        [sys.executable, "-m", "bench.audit", "--leaves", leaves], check=True
    )


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="10k,100k,1m", help="numbers of tasks")
    parser.add_argument("--rounds", type=int, default=40, help="calls of each thing measured")
    parser.add_argument("--live", action="store_true", help="only the open inboxes, with Redis")
    parser.add_argument("--search", metavar="SIZE", help="only the search, among so many cases")
    parser.add_argument("--audit", metavar="LEAVES", help="only the trail and its proofs")
    parser.add_argument("--figures", metavar="SIZE", help="only the figures, over so many cases")
    parser.add_argument("--quick", action="store_true", help="10k tasks only, few calls")
    return parser.parse_args()


def main() -> None:
    asked = arguments()
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        sys.exit("Set DATABASE_URL to a PostgreSQL server whose role may create databases.")
    if asked.live:
        print("\n".join(live_report(run("-m", "bench.live"))))
        return
    if asked.search:
        print("\n".join(search_report(run("-m", "bench.search", str(size(asked.search))))))
        return
    if asked.audit:
        audit(asked.audit)
        return
    if asked.figures:
        print("\n".join(figures_report(run("-m", "bench.figures", str(size(asked.figures))))))
        return
    sizes = [10_000] if asked.quick else [size(text) for text in asked.sizes.split(",")]
    rounds = 26 if asked.quick else asked.rounds
    found = {
        tasks: {
            side: run("-m", "bench.side", side, str(tasks), str(rounds))
            for side in ("stock", "ours")
        }
        for tasks in sizes
    }
    print("  verification", file=sys.stderr)
    entries = "50000" if asked.quick else "300000"
    verified = run("bench/verify.py", entries)["entries_per_second"]
    print("\n".join(report(found, verified)))
    if os.environ.get("REDIS_URL") and not asked.quick:
        print("\n".join(live_report(run("-m", "bench.live"))))


if __name__ == "__main__":
    main()
