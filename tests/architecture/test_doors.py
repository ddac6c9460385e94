"""Some things are done in one place only, so that nobody walks around a check or the trail."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOORS = {
    "an entry of the trail is made": (r"\bAuditEntry\(|AuditEntry\.objects\.\w*create", "audit/"),
    "a task is finished": (r"\.execute\(\)", "processes/steps/"),
    "rights of guardian are read": (r"^\s*(from|import) guardian", "permissions/"),
    "Django is asked for a right": (r"\.has_perms?\(", "permissions/"),
    "rows are locked against references": (r"select_for_update\((?!.*no_key=True)", "nowhere"),
    "rows are written past their rules": (r"\._raw_delete\(|\.extra\(", "nowhere"),
}


def users(pattern):
    """Modules in which the pattern stands, outside of class headers."""
    for folder in ("permissions", "processes", "workflow_site"):
        for path in (ROOT / folder).rglob("*.py"):
            code = re.sub(r"^class .*$", "", path.read_text("utf-8"), flags=re.MULTILINE)
            if "migrations" not in path.parts and re.search(pattern, code, re.MULTILINE):
                yield str(path.relative_to(ROOT))


@pytest.mark.parametrize(("pattern", "place"), DOORS.values(), ids=DOORS)
def test_it_is_done_in_one_place(pattern, place):
    assert [name for name in users(pattern) if place not in name] == []


def test_a_door_is_found_where_it_stands():
    assert list(users(r"\bAuditEntry\(")) == ["processes/audit/trail.py"]
