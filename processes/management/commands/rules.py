"""Print the editions of the rules, or what in them a domain expert has to confirm."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from processes.rules import RuleError, editions_table, load, unconfirmed_table

HEAD = """\
# Unconfirmed parameters

Values of the editions that nobody has yet checked against the text of the regulation; an expert has
to confirm each. An edition inherits what it does not state, and inherits it unconfirmed.
"""


class Command(BaseCommand):
    help = "Print the editions of the rules as Markdown; fails when a file of theirs is wrong."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--unconfirmed",
            action="store_true",
            help="list the parameters that a domain expert has to confirm",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rulebook = load()
        except RuleError as error:
            message = _("The rules cannot be used. Correct the file, then try again: %(error)s")
            raise CommandError(message % {"error": error}) from error
        if options["unconfirmed"]:
            self.stdout.write(f"{HEAD}\n{unconfirmed_table(rulebook)}")
        else:
            self.stdout.write(editions_table(rulebook))
