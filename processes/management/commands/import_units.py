"""Load units from CSV files, all or nothing."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from processes.organisation.horizon import within_horizon
from processes.organisation.unit_files import ImportFailed
from processes.organisation.unit_import import Counts, import_units


class Command(BaseCommand):
    help = "Load units from CSV files (code, name, level or kind, parent_code), all or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", metavar="FILE", nargs="+", type=Path)
        parser.add_argument(
            "--from",
            dest="since",
            metavar="DATE",
            type=date.fromisoformat,
            help="first day on which the units are so, as 2021-01-01; today unless given",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        since = options["since"] or timezone.localdate()
        try:
            within_horizon(since)
            counts = import_units(options["files"], by=None, since=since)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except ImportFailed as error:
            head = _("Nothing was loaded. Correct these rows and run the command again:")
            raise CommandError(f"{head}\n{error}") from error
        self.stdout.write(_sentence(counts) % vars(counts))


def _sentence(counts: Counts) -> str:
    if not counts.changed:
        return _("Nothing to do: %(unchanged)d units are as in the files.")
    return _(
        "%(added)d units added, %(renamed)d renamed, %(replaced)d replaced; "
        "%(unchanged)d are as in the files."
    )
