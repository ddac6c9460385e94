"""Compare the table of words with what it tells of, and write it anew."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.translation import gettext as _

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
            said = {"kind": kind, "number": number}
            self.stdout.write(_("%(kind)s: rows that differ: %(number)s") % said)
        for name in lacking:
            self.stdout.write(_("Missing trigger: %(name)s") % {"name": name})
        if wrong or lacking:
            raise CommandError(_("Run: manage.py search --rebuild."))
        self.stdout.write(_("The search is as it should be."))
