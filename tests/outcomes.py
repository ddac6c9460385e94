"""Which outcomes of which rows tests have driven: `OUTCOMES=1 script/test -n 0 tests/flows`.

Off by default, because it needs every test of the procedures in one process. Then it fails when a
row has an outcome that no test has gone through.
"""

import os
from typing import Any

WANTED = bool(os.environ.get("OUTCOMES"))
driven: set[tuple[str, str, str]] = set()


class Watched(dict[str, Any]):
    """The outcomes of a row; whoever follows one is noted."""

    def __init__(self, row: Any, outcomes: dict[str, Any]) -> None:
        super().__init__(outcomes)
        self.row = (row.flow_class.__name__, row.name)

    def __getitem__(self, outcome: str) -> Any:
        driven.add((*self.row, outcome))
        return super().__getitem__(outcome)


def watch() -> None:
    """Note from now on which outcomes are followed."""
    for row in rows():
        row.outcomes = Watched(row, row.outcomes)


def missing() -> list[str]:
    """Every outcome that nothing has followed; a hold goes back without following one."""
    return sorted(
        f"{row.flow_class.__name__}.{row.name}: {outcome}"
        for row in rows()
        if row.name != "held"
        for outcome in row.outcomes
        if (row.flow_class.__name__, row.name, outcome) not in driven
    )


def rows() -> list[Any]:
    """Every row of every procedure."""
    from processes.flows import FLOWS

    return [row for flow_class in FLOWS.values() for row in flow_class.rows()]
