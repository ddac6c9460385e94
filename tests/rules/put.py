"""Another value of a parameter than the packaged editions have, while a test runs."""

from typing import Any

import pytest

from processes.rules import CaseRules


def put(monkeypatch: pytest.MonkeyPatch, key: str, value: Any) -> None:
    """Let every case read this value under the key."""
    read = CaseRules.value
    monkeypatch.setattr(
        CaseRules, "value", lambda rules, name: value if name == key else read(rules, name)
    )
