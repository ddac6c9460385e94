"""Recompute the trail."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from processes.audit.verify import Report, verify
from processes.evidence.whole import said_of_chain


class Command(BaseCommand):
    help = "Recomputes the trail; names the first bad entry of each chain and exits with 1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--case", type=int, help="only this case's chain; 0 is the site's own")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        report = verify(options["case"], progress=self.progress)
        if options["case"] and not report.chains:
            raise CommandError(_("There is no case %(number)s.") % {"number": options["case"]})
        self.stdout.write(as_json(report) if options["json"] else as_text(report))
        if not report.sound:
            message = _("The trail is not sound: %(count)s chains have a bad entry.")
            raise CommandError(message % {"count": len(report.findings)}, returncode=1)

    def progress(self, entries: int) -> None:
        self.stderr.write(f"{entries:,}")


def as_json(report: Report) -> str:
    return json.dumps(asdict(report) | {"sound": report.sound})


def as_text(report: Report) -> str:
    read = _("%(entries)s entries in %(chains)s chains read.")
    lines = [said_of_chain(finding) for finding in report.findings]
    return "\n".join([*lines, read % {"entries": report.entries, "chains": report.chains}])
