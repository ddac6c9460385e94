"""`manage.py mining FOLDER`: models and logs for tools of process mining."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.translation import override

from processes.cases.models import Case
from processes.flows import FLOWS
from processes.pages.event_log import log_file


class Command(BaseCommand):
    help = (
        "Writes each procedure as BPMN 2.0, and its ended cases as XES and OCEL 2.0, to a folder."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--language", default="vi", choices=["vi", "en"])

    def handle(self, *args: Any, folder: Path, language: str, **options: Any) -> None:
        """Write three files for each procedure, with an entry for each log."""
        call_command("bpmn", folder=folder, language=language)
        ended = Case.objects.filter(finished__isnull=False)
        with override(language):
            for name, flow_class in FLOWS.items():
                for kind in ("xes", "ocel.json"):
                    file = log_file(ended.filter(flow_class=flow_class), kind, by=None)
                    (folder / f"{name}.{kind}").write_bytes(file.getvalue())
                    file.close()
