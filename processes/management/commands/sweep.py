"""`manage.py sweep [--loop]`: fire due timers once, or every minute."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from permissions.checks import today
from processes.figures.rolling import roll_up_daily
from processes.retention.carry_out import carry_out_due
from processes.steps.sweep import sweep


class Command(BaseCommand):
    """Remind, escalate, expire; run it every few minutes, or with --loop."""

    help = "Fires due timers: reminders, escalation, expiry of consultations."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take --loop and --every SECONDS."""
        parser.add_argument("--loop", action="store_true")
        parser.add_argument("--every", type=int, default=60, metavar="SECONDS")

    def handle(self, *args: Any, loop: bool, every: int, **options: Any) -> None:
        """Sweep once, or until stopped."""
        while True:
            done, erased = sweep(today()), 0
            with done.apart("figures"):
                roll_up_daily()
            with done.apart("erasure"):
                erased = carry_out_due(today())
            said = _(
                "%(reminded)s reminded, %(escalated)s escalated, %(expired)s expired,"
                " %(erased)s orders of erasure carried out"
            )
            self.stdout.write(said % {**vars(done), "erased": erased})
            for failure in done.failed:
                self.stderr.write(_("Not done: %(what)s") % {"what": failure})
            if not loop:
                break
            time.sleep(every)
        if done.failed:
            said = _("%(number)s could not be done; the log says why. They are tried again.")
            raise CommandError(said % {"number": len(done.failed)}, returncode=1)
