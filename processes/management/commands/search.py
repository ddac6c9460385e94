"""Compare the table of words with what it tells of, and write it anew."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from processes.search import upkeep


class Command(BaseCommand):
    help = (
        "Says whether the search knows everything as it is; with --rebuild writes all of it anew."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rebuild", action="store_true", help="write every row anew")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["rebuild"]:
            upkeep.install(connection)
        lacking = upkeep.missing(connection)
        wrong = {kind: number for kind, number in upkeep.differences(connection) if number}
        for kind, number in wrong.items():
            self.stdout.write(f"{kind}: {number} rows differ")
        for name in lacking:
            self.stdout.write(f"missing trigger: {name}")
        if wrong or lacking:
            raise CommandError("Run: manage.py search --rebuild.")
        self.stdout.write("The search is as it should be.")
