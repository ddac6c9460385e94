"""`manage.py log_key`: show, make or change the key that signs checkpoints."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from processes.log.keys import NoKey, in_use, must_be_in_use, new_key, verifier


class Command(BaseCommand):
    help = "Prints the public key of the log. With --new makes the first one, or changes it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--new", action="store_true", help="make a key and use it from now on")
        parser.add_argument("--origin", default="", help="name of the log, such as a host name")

    def handle(self, *args: Any, **options: Any) -> None:
        key = in_use()
        if options["new"]:
            if key is None and not options["origin"].strip():
                raise CommandError(_("Name the log: --origin procedures.example.vn"))
            try:
                key = new_key(options["origin"].strip())
            except NoKey as error:
                raise CommandError(str(error)) from error
        try:
            self.stdout.write(str(verifier(key or must_be_in_use())))
        except NoKey as error:
            raise CommandError(str(error)) from error
