"""Carry out a stated change of structure: `manage.py restructure PLAN [--dry-run] [--leave]`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from processes.organisation.unit_files import ImportFailed
from processes.restructuring.carry_out import Unfinished, restructure
from processes.restructuring.plan import WrongPlan, read


class Command(BaseCommand):
    help = "Carry out a change of structure from a plan (YAML): all of it or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("plan", metavar="PLAN", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be moved and what cannot be"
        )
        parser.add_argument(
            "--leave", action="store_true", help="leave what cannot be moved where it is"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            plan = read(options["plan"])
            move = restructure(plan, leave=options["leave"], dry_run=options["dry_run"])
        except Unfinished as error:
            head = _(
                "Nothing was changed. State in the plan what becomes of these, or use --leave:"
            )
            raise CommandError(f"{head}\n{error}") from error
        except (WrongPlan, ImportFailed) as error:
            raise CommandError(str(error)) from error
        for what, number in sorted(move.counts.items()):
            self.stdout.write(f"{what}: {number}")
        for left in move.left:
            self.stdout.write(_("left: %(what)s") % {"what": left})
