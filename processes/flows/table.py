"""A procedure as the law book prints it: one row a step, with lane, kind and outcomes."""

from django.utils.translation import override

from processes.steps.automatic import CaseEnd
from processes.steps.base import Row
from processes.steps.flow import CaseFlow
from processes.steps.hold import HoldStep

HEAD = """\
| id | step | name_vi | name_en | lane | kind | outcomes → next |
|---|---|---|---|---|---|---|"""


def table(flow_class: type[CaseFlow]) -> str:
    """Print a procedure as Markdown, from the code that runs it."""
    rows = "\n".join(_row(row) for row in flow_class.rows())
    with override("en"):
        title, told = str(flow_class.process_title), str(flow_class.process_description)
    with override("vi"):
        title_vi = str(flow_class.process_title)
    return f"## {title} ({title_vi})\n\n{told}\n\n{HEAD}\n{rows}\n"


def _row(row: Row) -> str:
    with override("vi"):
        name_vi = str(row.task_title)
    with override("en"):
        name_en = str(row.task_title)
    cells = [row.code, f"`{row.name}`", name_vi, name_en, _lane(row), _kind(row), _outcomes(row)]
    return "| " + " | ".join(cells) + " |"


def _lane(row: Row) -> str:
    return row.lane.value if row.lane else "—"


def _kind(row: Row) -> str:
    """Who or what carries it out, and whether several cases can be decided at once."""
    return f"{row.kind}, in bulk" if row.in_bulk else row.kind


def _outcomes(row: Row) -> str:
    if isinstance(row, HoldStep):
        again = ", ".join(row.restartable)
        return f"resume→where it stood; restart→one of {again}; reject→z_reject"
    if isinstance(row, CaseEnd) and row.starts:
        return f"END; start {row.starts}"
    pairs = [f"{name}→{target.code}" for name, target in row.outcomes.items()]
    return "; ".join(pairs) or "END"
