"""Whoever reads the rules knows which of them the site acts on."""

import re
from pathlib import Path

import pytest

from processes.rules.schema import KEYS, ONLY_STATED

ROOT = Path(__file__).resolve().parents[2] / "processes"
#: What tells of parameters without acting on them.
TOLD = ("rules", "demo", "migrations", "pages/rule_names.py", "pages/labels.py")
#: Read by the name of a conference or of an item of the checklist.
BY_NAME = re.compile(r"conferences\.|.*\.items\.")


@pytest.fixture(scope="module")
def code() -> str:
    files = (f for f in ROOT.rglob("*.py") if not str(f.relative_to(ROOT)).startswith(TOLD))
    return "".join(file.read_text(encoding="utf-8") for file in files)


def is_read(key: str, code: str) -> bool:
    """By its whole name, or by one that is put together at its last part."""
    stem, name = key.rpartition(".")[0], key.removesuffix("_special")
    return any(part in code for part in (f'"{name}"', f'"{name}{{', f'"{stem or "-"}.{{'))


@pytest.mark.parametrize("key", [key for key in KEYS if not BY_NAME.match(key)])
def test_a_parameter_is_acted_on_or_marked_as_only_stated(key: str, code: str) -> None:
    assert is_read(key, code) != (key in ONLY_STATED)
