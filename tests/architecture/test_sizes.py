"""The budgets of the house: files that fit a sitting, functions that fit a screen."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = ("permissions", "processes", "workflow_site", "script", "tests")
LONGEST_FILE = 400
LONGEST_FUNCTION = 40


def modules() -> Iterator[Path]:
    for folder in CODE:
        yield from (ROOT / folder).rglob("*.py")


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.fixture(scope="module")
def written() -> list[Path]:
    """Modules that people write; migrations are written by Django."""
    return [path for path in modules() if "migrations" not in path.parts]


def test_no_file_is_longer_than_a_sitting(written):
    lengths = {str(p.relative_to(ROOT)): len(p.read_text("utf-8").splitlines()) for p in written}
    assert {name: n for name, n in lengths.items() if n > LONGEST_FILE} == {}


def test_no_function_is_longer_than_a_screen(written):
    found = [(str(p.relative_to(ROOT)), *f) for p in written for f in functions(p)]
    assert [f for f in found if f[2] > LONGEST_FUNCTION] == []


def test_a_long_function_would_be_found(tmp_path):
    module = tmp_path / "long.py"
    module.write_text("def f():\n" + "    x = 1\n" * LONGEST_FUNCTION)
    assert list(functions(module)) == [("f", LONGEST_FUNCTION + 1)]
