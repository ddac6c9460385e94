"""`manage.py demo`: the province of 2021, its people, and cases with a past."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from permissions.checks import today
from processes.demo.build import build_demo
from processes.demo.log import build_log
from processes.demo.province import AlreadyBuilt, build_province, check_empty
from processes.demo.shown import unshown
from processes.figures.rolling import roll_up


class Command(BaseCommand):
    """Fill an empty database; the same province comes out for the same seed and day."""

    help = "Builds the demo: units of 2021, generated people, accounts, cases at every step."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take --if-empty, --seed, --without-cases and --whole."""
        parser.add_argument("--if-empty", action="store_true", help="do nothing if it is there")
        parser.add_argument("--seed", type=int, default=2021)
        parser.add_argument("--without-cases", action="store_true")
        parser.add_argument("--whole", action="store_true", help="fail where anything is not shown")

    def handle(self, *args: Any, **options: Any) -> None:
        """Build it in one transaction. CommandError where it does not belong, or is not whole."""
        if not settings.DEBUG:
            raise CommandError(_("The demo belongs on a development site only (DJANGO_DEBUG=1)."))
        try:
            check_empty()
        except AlreadyBuilt as error:
            if not options["if_empty"]:
                raise CommandError(str(error)) from error
            return
        self._build(options["seed"], with_cases=not options["without_cases"])
        if options["whole"] and unshown():
            raise CommandError(_("The demo does not show every step and every end."))

    def _build(self, seed: int, *, with_cases: bool) -> None:
        if not with_cases:
            build_province(seed, today=today())
            return
        self.stdout.write(_("Building the province and the past of its cases (about a minute)."))
        built = len(build_demo(seed, today=today()))
        self.stdout.write(_("Cases: %(number)s") % {"number": built})
        for row in unshown():
            self.stderr.write(_("No case stands at or has come to %(row)s") % {"row": row})
        roll_up()
        build_log()
