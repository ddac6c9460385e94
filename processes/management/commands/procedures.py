"""`manage.py procedures`: print the procedures back from the code, as Markdown."""

from typing import Any

from django.core.management.base import BaseCommand

from processes.flows import FLOWS
from processes.flows.table import table


class Command(BaseCommand):
    """Print every procedure as a table; docs/procedures.md holds the output."""

    help = "Prints the procedures as Markdown tables from the code that runs them."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print them in the order of the list."""
        self.stdout.write("# Procedures\n\n")
        for flow_class in FLOWS.values():
            self.stdout.write(table(flow_class))
