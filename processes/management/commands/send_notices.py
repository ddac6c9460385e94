"""`manage.py send_notices [--loop]`: send the mails that are due once, or every few seconds."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from processes.notices.sending import send_due


class Command(BaseCommand):
    """Send mails of notices; several may run at the same time."""

    help = "Sends the mails of notices that are due."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take --loop and --every SECONDS."""
        parser.add_argument("--loop", action="store_true")
        parser.add_argument("--every", type=int, default=10, metavar="SECONDS")

    def handle(self, *args: Any, loop: bool, every: int, **options: Any) -> None:
        """Send once, or until stopped."""
        while True:
            self.stdout.write(_("Mails sent: %(number)s") % {"number": send_due(timezone.now())})
            if not loop:
                return
            time.sleep(every)
