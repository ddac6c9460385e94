"""`manage.py verify_all`: chains, log, checkpoints here and outside, papers, triggers."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from processes.evidence.bar import Bar
from processes.evidence.whole import Whole, verify_whole
from processes.log.notes import BadNote, Verifier


class Command(BaseCommand):
    help = "Recomputes all that proves the history; says what is wrong and where; exits with 1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--key", action="append", default=[], help="public key that is trusted, as printed"
        )
        parser.add_argument("--no-papers", action="store_true", help="leave stored papers out")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            trusted = [Verifier.parse(text) for text in options["key"]]
        except BadNote as error:
            raise CommandError(str(error)) from error
        titles = {"chains": _("Chains"), "log": _("Log"), "papers": _("Papers")}
        bar = Bar(self.stderr, titles)
        whole = verify_whole(trusted=trusted, papers=not options["no_papers"], told=bar)
        self.stdout.write(json.dumps(whole.as_json()) if options["json"] else as_text(whole))
        if not whole.sound:
            message = _("The history is not sound: %(count)s things are wrong.")
            raise CommandError(message % {"count": len(whole.wrong)}, returncode=1)


def as_text(whole: Whole) -> str:
    read = _(
        "%(entries)s entries in %(chains)s chains, %(leaves)s places of the log, %(checkpoints)s "
        "checkpoints here and %(outside)s outside, %(papers)s papers read."
    )
    return "\n".join([*whole.wrong, read % whole.as_json()])
