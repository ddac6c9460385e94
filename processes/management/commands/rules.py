"""Print the editions of the rules, what in them an expert has to confirm, or adopt them."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from processes.cases.adoption import adopt
from processes.pages.rule_names import name_of
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

        parser.add_argument(
            "--adopt",
            action="store_true",
            help="enter editions whose text is new or has changed into the trail",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rulebook = load()
        except RuleError as error:
            message = _("The rules cannot be used. Correct the file, then try again: %(error)s")
            raise CommandError(message % {"error": error}) from error
        if options["adopt"]:
            for key in adopt():
                self.stdout.write(
                    _("The trail now says that %(edition)s is used.") % {"edition": key}
                )
        elif options["unconfirmed"]:
            self.stdout.write(f"{HEAD}\n{unconfirmed_table(rulebook, name_of=name_of)}")
        else:
            self.stdout.write(editions_table(rulebook))
