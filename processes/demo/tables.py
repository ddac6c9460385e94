"""The tables that describe the demo province; rows are added there, not in code."""

from pathlib import Path

from processes.organisation.unit_files import data_rows

_DATA = Path(__file__).resolve().parent / "data"


def table(name: str) -> list[dict[str, str]]:
    """Rows of one table of the demo."""
    return data_rows(_DATA / f"{name}.csv")
