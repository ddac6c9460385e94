"""`manage.py log [--loop]`: give entries their place in the log, sign, and send copies."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

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
            self.stdout.write(f"{placed} entries placed")
        try:
            if now or due(timezone.now()):
                made = checkpoint(by=None)
                self.stdout.write(f"checkpoint {made.number}: {made.size} entries")
        except NoKey as error:
            self.stderr.write(str(error))
        if sent := deliver():
            self.stdout.write(f"{sent} copies arrived")
