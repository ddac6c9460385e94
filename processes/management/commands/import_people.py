"""Import cadres, posts and planning from XLSX and CSV files, all or nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from processes.intake.fates import Fate, Row
from processes.intake.importing import WrongRows, counts_of, enter, examine
from processes.intake.reading import Unreadable

WIDTH = 30


class Command(BaseCommand):
    help = "Import cadres, posts and planning from XLSX and CSV files, all or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", metavar="FILE", nargs="+", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="say what becomes of every row; enter nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            files = [(path.name, path.read_bytes()) for path in options["files"]]
            if options["dry_run"]:
                rows = examine(files, by=None, report=self._bar)
                for row in rows:
                    self.stdout.write(line_of(row))
            else:
                rows = enter(files, by=None, report=self._bar)
        except WrongRows as error:
            wrong = "\n".join(map(line_of, error.rows))
            head = _("Nothing was entered. Correct these rows and run the command again:")
            raise CommandError(f"{head}\n{wrong}") from error
        except (Unreadable, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            _("%(new)d new, %(changed)d changed, %(same)d as they were, %(wrong)d wrong.")
            % counts_of(rows)
        )

    def _bar(self, stage: str, done: int, total: int) -> None:
        """Draw how far it is, for a person at a terminal."""
        if not self.stderr.isatty() or not total:
            return
        filled = "#" * (WIDTH * done // total)
        end = "\n" if done == total else "\r"
        self.stderr.write(f"{stage:6} [{filled:{WIDTH}}] {done}/{total}", ending=end)


def line_of(row: Row) -> str:
    """Sheet, row, person and fate; of a wrong row each column with its reason."""
    head = f"{row.line.place}, {row.line.number}: {row.label}: {Fate(row.fate).label}"
    faults = [f"  {fault.letter} ({fault.heading}): {fault.reason}" for fault in row.faults]
    return "\n".join([head, *faults])
