"""What README and docs say is what the code does."""

import csv
import io
import re
import textwrap
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
FLOW = ROOT / "processes" / "flows" / "appointment_in_place.py"
ACCOUNTS = ROOT / "processes" / "demo" / "data" / "accounts.csv"
PAGES = [README, ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
GENERATED = [
    ("procedures.md", ["procedures"]),
    ("unconfirmed.md", ["rules", "--unconfirmed"]),
]


def excerpts(text: str) -> list[str]:
    """The blocks of Python in a page."""
    return re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def links(page: Path) -> list[str]:
    """Addresses that a page links to within the project, pictures too."""
    targets = re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8"))
    return [target for target in targets if "://" not in target]


def anchors(page: Path) -> set[str]:
    """Names of the headings of a page, as links write them."""
    heads = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head).strip().lower().replace(" ", "-") for head in heads}


def lost(page: Path, target: str) -> bool:
    """Whether a link leads nowhere."""
    path, _, anchor = target.partition("#")
    file = (page.parent / path).resolve() if path else page
    return not file.exists() or (bool(anchor) and anchor not in anchors(file))


def test_readme_shows_a_piece_of_the_procedure_as_it_is():
    shown = excerpts(README.read_text("utf-8"))
    flow = textwrap.dedent(FLOW.read_text("utf-8").partition("# fmt: off\n")[2])
    assert shown
    assert [piece for piece in shown if piece not in flow] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page):
    assert [target for target in links(page) if lost(page, target)] == []


def test_a_link_that_leads_nowhere_is_found(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# Head line\n[a](#head-line) [b](#tail) [c](no.md)\n")
    assert [target for target in links(page) if lost(page, target)] == ["#tail", "no.md"]


def test_every_persona_of_readme_has_an_account():
    rows = csv.DictReader(io.StringIO(ACCOUNTS.read_text("utf-8")))
    table = README.read_text("utf-8").partition("## Personas")[2].partition("\n## ")[0]
    firsts = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    named = re.findall(r"`([\w.]+)`", " ".join(firsts))
    assert named
    assert set(named) - {row["username"] for row in rows} == set()


@pytest.mark.parametrize(("name", "command"), GENERATED, ids=lambda value: str(value))
def test_a_printed_page_is_what_its_command_prints(name, command):
    printed = io.StringIO()
    call_command(*command, stdout=printed)
    remedy = f"python manage.py {' '.join(command)} > docs/{name}"
    assert (ROOT / "docs" / name).read_text("utf-8") == printed.getvalue(), remedy


def test_every_decision_is_in_the_list_of_decisions():
    folder = ROOT / "docs" / "decisions"
    written = {path.name for path in folder.glob("0*.md")}
    assert written == set(links(folder / "README.md"))
