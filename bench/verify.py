"""Entries that verify_audit recomputes in a second, on PostgreSQL, in a database of its own.

    python bench/verify.py [entries]

Works on the server of DATABASE_URL and removes its database afterwards.
"""

import json
import os
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

CHAIN = 30  # entries in a case's chain, about what a whole procedure leaves

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workflow_site.settings")
os.environ.setdefault("DJANGO_DEBUG", "0")
os.environ.setdefault("SECRET_KEY", "only-for-benchmarks-" + "x" * 50)


def entries(count: int):
    """Entries like those of steps, each chain hashed as the writer hashes it."""
    from processes.audit.chain import FORMAT, new_salts
    from processes.audit.models import AuditEntry, Event
    from processes.audit.trail import hash_of

    start, last = datetime(2026, 1, 5, 1, 0, tzinfo=UTC), ""
    for number in range(count):
        seq = number % CHAIN + 1
        entry = AuditEntry(
            chain=number // CHAIN + 1,
            seq=seq,
            prev_hash=last if seq > 1 else "",
            at=start + timedelta(seconds=number, microseconds=number * 7 % 1_000_000),
            event=Event.CONCLUDED,
            role="oc_clerk",
            task=number,
            step="check_request",
            outcome="supplement",
            reason="Bổ sung bản kê khai tài sản và giấy khám sức khỏe còn thời hạn.",
            edition="R377",
            documents=[f"{number:064x}"] if number % 3 == 0 else [],
            facts={"due": "2026-02-02", "number": number, "flags": ["late"]},
            format=FORMAT,
            salts=new_salts(),
        )
        entry.hash = last = hash_of(entry)
        yield entry


def fill(count: int) -> None:
    from processes.audit.models import AuditEntry, ChainHead

    heads = {}
    batch = []
    for entry in entries(count):
        heads[entry.chain] = (entry.seq, entry.hash)
        batch.append(entry)
        if len(batch) == 5_000:
            AuditEntry.objects.bulk_create(batch)
            batch = []
    AuditEntry.objects.bulk_create(batch)
    ChainHead.objects.bulk_create(
        [ChainHead(chain=chain, seq=seq, hash=last) for chain, (seq, last) in heads.items()],
        batch_size=5_000,
    )


def measure() -> dict[str, float]:
    from processes.audit.verify import verify

    best = float("inf")
    for _ in range(3):
        started = time.perf_counter()
        report = verify()
        best = min(best, time.perf_counter() - started)
        assert report.sound, report.findings[:3]
    return {
        "entries": report.entries,
        "seconds": round(best, 2),
        "entries_per_second": round(report.entries / best),
    }


def main() -> None:
    import django

    django.setup()
    from django.db import connection

    if connection.vendor != "postgresql":
        sys.exit("Set DATABASE_URL to a PostgreSQL server.")
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        fill(int(sys.argv[1]) if len(sys.argv) > 1 else 300_000)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE processes_auditentry")
        print(json.dumps(measure()))
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


if __name__ == "__main__":
    main()
