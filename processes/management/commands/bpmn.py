"""`manage.py bpmn PROCEDURE`: print a procedure as BPMN 2.0, from the code that runs it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import override

from processes.diagrams.xml import bpmn
from processes.flows import FLOWS
from processes.pages.labels import DEADLINES


class Command(BaseCommand):
    help = "Prints a procedure as BPMN 2.0 with its diagram, or writes all of them to a folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("procedure", nargs="?", choices=list(FLOWS))
        parser.add_argument("--folder", type=Path, help="write every procedure to a file here")
        parser.add_argument("--language", default="vi", choices=["vi", "en"])

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one, or write all."""
        with override(options["language"]):
            if folder := options["folder"]:
                folder.mkdir(parents=True, exist_ok=True)
                for name, flow_class in FLOWS.items():
                    text = bpmn(name, flow_class, DEADLINES)
                    (folder / f"{name}.bpmn").write_text(text, encoding="utf-8")
                return
            name = options["procedure"] or next(iter(FLOWS))
            self.stdout.write(bpmn(name, FLOWS[name], DEADLINES), ending="")
