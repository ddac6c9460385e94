"""How long an import of people takes: `DATABASE_URL=... python -m bench.people [ROWS]`.

Measures on an empty database and leaves its rows there: once with new people, once with as many
that all change, which is the slower one, because each change has an entry of its own.
"""

import io
import os
import sys
import time

import django
from openpyxl import Workbook

ROWS = 10_000


def workbook(rows: int, family: str) -> bytes:
    """A third each of people, posts and planning."""
    from processes.intake.sheets import KINDS

    book = Workbook(write_only=True)
    third, rest = divmod(rows, len(KINDS))
    for kind in KINDS:
        sheet = book.create_sheet(kind.title)
        sheet.append([column.heading for column in kind.columns])
        for number in range(third + (rest if kind is KINDS[0] else 0)):
            sheet.append(_row(kind.name, number, family))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _row(kind: str, number: int, family: str) -> list[str]:
    code = f"026{number:09}"
    until = "01/01/2030" if family == "Lê" else ""
    return {
        "cadres": [code, f"{family} Văn Thử", "03/02/1984", "Nam", "SNV", "", "", "Cao cấp"],
        "posts": [code, "Chuyên viên", "specialist", "SNV", "", "01/06/2020", until, ""],
        "planning": [code, "section_head", "SNV", "15/01/2021", until, "15-QĐ/TU"],
    }[kind]


def main() -> None:
    """Build the structure of the demo, then import twice."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workflow_site.settings")
    django.setup()
    from django.core.management import call_command

    from processes.demo.province import build_province
    from processes.intake.importing import counts_of, enter, examine

    call_command("migrate", verbosity=0)
    build_province()
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    for family in ("Nguyễn", "Lê"):
        files = [("people.xlsx", workbook(rows, family))]
        for name, act in (("dry run", examine), ("enter", enter)):
            start = time.perf_counter()
            found = act(files, by=None)
            print(f"{name}: {time.perf_counter() - start:.1f} s, {counts_of(found)}")


if __name__ == "__main__":
    main()
