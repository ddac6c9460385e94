"""`manage.py log [--loop]`: give entries their place in the log, sign, and send copies."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from processes.log.checkpoints import checkpoint, due
from processes.log.keys import NoKey
from processes.log.places import deliver
from processes.log.sequencer import sequence_all


class Command(BaseCommand):
    help = (
        "Puts committed entries into the log, signs a checkpoint every hour and sends copies to"
        " the places outside. Run one with --loop, as a service."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--loop", action="store_true", help="go on until stopped")
        parser.add_argument("--every", type=float, default=1, metavar="SECONDS")
        parser.add_argument("--checkpoint", action="store_true", help="sign one now")

    def handle(self, *args: Any, **options: Any) -> None:
        self.once(now=options["checkpoint"])
        while options["loop"]:
            time.sleep(options["every"])
            self.once()

    def once(self, *, now: bool = False) -> None:
        """One round; a key that cannot be read stops no entry from getting its place."""
        if placed := sequence_all():
            self.stdout.write(_("Entries placed: %(number)s") % {"number": placed})
        try:
            if now or due(timezone.now()):
                made = checkpoint(by=None)
                said = _("Checkpoint %(number)s of the trail: %(size)s entries")
                self.stdout.write(said % {"number": made.number, "size": made.size})
        except NoKey as error:
            self.stderr.write(str(error))
        if sent := deliver():
            self.stdout.write(_("Copies arrived: %(number)s") % {"number": sent})
