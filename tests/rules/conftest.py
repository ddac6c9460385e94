"""A small set of editions on disk, which a test may spoil before it is read."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from processes.rules import Rulebook, load
from processes.rules.loader import DATA

FIRST, HEIR, DECREE = "R105_2017.yaml", "R80_2022.yaml", "D138_2020.yaml"
# The ones in C, where they are there: every test of a wrong file reads all of them.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
Spoil = Callable[[dict[str, Any]], object]


class Folder:
    """Copies of the packaged files, edited as a person would edit them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        for file in DATA.glob("*.yaml"):
            (path / file.name).write_bytes(file.read_bytes())

    def edit(self, name: str, spoil: Spoil) -> None:
        file = self.path / name
        content = yaml.load(file.read_text(encoding="utf-8"), LOADER)  # noqa: S506 -- a safe one
        spoil(content)
        file.write_text(yaml.dump(content, Dumper=DUMPER, allow_unicode=True), encoding="utf-8")

    def load(self) -> Rulebook:
        return load(self.path)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return load()
