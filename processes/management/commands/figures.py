"""`manage.py figures`: count all figures over ended cases anew."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from processes.figures.rolling import roll_up


class Command(BaseCommand):
    help = "Counts the figures over ended cases anew, from the first case on."

    def handle(self, *args: Any, **options: Any) -> None:
        """Count, and say how many rows were made."""
        self.stdout.write(_("Figures counted: %(number)s") % {"number": roll_up(whole=True)})
