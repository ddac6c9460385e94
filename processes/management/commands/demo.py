"""`manage.py demo [--if-empty]`: the province of 2021, its people, and cases at every step."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from processes.demo.cases import build_cases
from processes.demo.province import AlreadyBuilt, Province, build_province
from processes.flows import FLOWS


class Command(BaseCommand):
    """Fill an empty database; the same province comes out each time."""

    help = "Builds the demo: units of 2021, generated people, accounts, cases at every step."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take --if-empty, --seed and --without-cases."""
        parser.add_argument("--if-empty", action="store_true", help="do nothing if it is there")
        parser.add_argument("--seed", type=int, default=2021)
        parser.add_argument("--without-cases", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Build it in one transaction. CommandError where it does not belong."""
        if not settings.DEBUG:
            raise CommandError("The demo belongs on a development site only (DJANGO_DEBUG=1).")
        try:
            with transaction.atomic():
                self._build(options["seed"], with_cases=not options["without_cases"])
        except AlreadyBuilt as error:
            if not options["if_empty"]:
                raise CommandError(str(error)) from error

    def _build(self, seed: int, *, with_cases: bool) -> None:
        build_province(seed)
        self.stdout.write("The province stands; its cases follow (about a minute).")
        if not with_cases:
            return
        for name, flow_class in FLOWS.items():
            cases = build_cases(flow_class, Province().for_cases())
            self.stdout.write(f"{name}: {len(cases)} cases")
