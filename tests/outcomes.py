"""Which outcomes of which rows the tests of the procedures have driven.

A whole run of the suite on SQLite fails where a row has an outcome that no test of tests/flows has
gone through; `OUTCOMES=1 pytest -n 0 tests/flows` asks for the same of those tests alone. Each
process notes what its own tests drive, and hands it to the one that started it.
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest

#: Where the tests of the tables are; the demo and others go down the same roads for other ends.
WHERE = "tests/flows/"
KEY = "outcomes_driven"

Row = tuple[str, str, str]


class Watched(dict[str, Any]):
    """The outcomes of a row; whoever follows one during a test of the tables is noted."""

    def __init__(self, row: Any, watch: "Outcomes") -> None:
        super().__init__(row.outcomes)
        self.row = (row.flow_class.__name__, row.name)
        self.watch = watch

    def __getitem__(self, outcome: str) -> Any:
        if self.watch.listens:
            self.watch.driven.add((*self.row, outcome))
        return super().__getitem__(outcome)


class Outcomes:
    """The plugin: it listens in every process, and speaks in the one that all come back to."""

    def __init__(self) -> None:
        self.driven: set[Row] = set()
        self.listens = False

    def pytest_collection_finish(self) -> None:
        """Note from now on which outcomes are followed."""
        for row in rows():
            row.outcomes = Watched(row, self)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[Any]:
        """Listen while a test of the tables runs, with what is set up for it."""
        self.listens = item.nodeid.startswith(WHERE)
        result = yield
        self.listens = False
        return result

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Let a process of pytest-xdist listen too."""
        node.workerinput[KEY] = True

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take over what a process of pytest-xdist has noted."""
        self.driven |= {tuple(row) for row in getattr(node, "workeroutput", {}).get(KEY, [])}

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Hand over what was noted; in the first process fail a green run with an open end."""
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput[KEY] = sorted(self.driven)
        elif session.exitstatus == pytest.ExitCode.OK and (lost := missing(self.driven)):
            print("\nOutcomes that no test has driven:", *lost, sep="\n  ")  # noqa: T201
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


def register(config: pytest.Config) -> None:
    """Watch where every test of the tables runs: in a whole run, or when it is asked for."""
    told = getattr(config, "workerinput", None)
    wanted = os.environ.get("OUTCOMES") or _whole(config) if told is None else KEY in told
    if wanted:
        config.pluginmanager.register(Outcomes(), "outcomes")


def _whole(config: pytest.Config) -> bool:
    """Whether nobody has chosen tests, other than by the database that they need."""
    return (
        config.args_source is pytest.Config.ArgsSource.TESTPATHS
        and not os.environ.get("DATABASE_URL")
        and not config.getoption("keyword")
    )


def missing(driven: set[Row]) -> list[str]:
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
