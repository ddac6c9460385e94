"""Recompute the trail."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from processes.audit.verify import Report, verify
from processes.evidence.whole import said_of_chain
from processes.log.verify import first_gone
from processes.organisation.horizon import LAST_ROW


class Command(BaseCommand):
    help = "Recomputes the trail; names the first bad entry of each chain and exits with 1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--case", type=int, help="only this case's chain; 0 is the site's own")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        chain = options["case"]
        known = chain is None or chain <= LAST_ROW
        report = verify(chain, progress=self.progress) if known else Report()
        if chain and not report.chains:
            raise CommandError(_("There is no case %(number)s.") % {"number": chain})
        gone = None if options["case"] is not None else first_gone()
        self.stdout.write(as_json(report, gone) if options["json"] else as_text(report, gone))
        if gone is not None and report.sound:
            raise CommandError(_("The trail is not sound: entries are gone."), returncode=1)
        if not report.sound:
            message = _("The trail is not sound: %(count)s chains have a bad entry.")
            raise CommandError(message % {"count": len(report.findings)}, returncode=1)

    def progress(self, entries: int) -> None:
        self.stderr.write(f"{entries:,}")


def as_json(report: Report, gone: int | None) -> str:
    return json.dumps(asdict(report) | {"gone": gone, "sound": report.sound and gone is None})


def as_text(report: Report, gone: int | None) -> str:
    read = _("%(entries)s entries in %(chains)s chains read.")
    lines = [said_of_chain(finding) for finding in report.findings]
    if gone is not None:
        said = _("The entry at place %(place)s of the log is gone; verify_all says more.")
        lines.append(said % {"place": gone})
    return "\n".join([*lines, read % {"entries": report.entries, "chains": report.chains}])
