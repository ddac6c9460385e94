"""Versions are fixed, and a lock file names no registry of anybody's machine."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PINNED = re.compile(r"[A-Za-z0-9_.-]+(\[[a-z,]+\])?==[0-9][\w.]*")


@pytest.mark.parametrize("path", sorted(ROOT.glob("requirements*.txt")), ids=lambda p: p.name)
def test_every_requirement_is_fixed(path):
    lines = [
        line for line in path.read_text("utf-8").splitlines() if line[:1] not in {"#", "-", ""}
    ]
    assert [line for line in lines if not PINNED.fullmatch(line)] == []


def test_every_front_end_package_is_fixed():
    packages = json.loads((ROOT / "package.json").read_text("utf-8"))["dependencies"]
    assert [name for name, version in packages.items() if not version[0].isdigit()] == []


def test_the_lock_file_names_no_registry():
    assert "resolved" not in (ROOT / "package-lock.json").read_text("utf-8")
