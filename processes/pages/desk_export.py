"""Writes the answer to a question with its proofs, in the words of the pages."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from processes.cases.bars import closed_cases
from processes.evidence.models import Inquiry
from processes.intake.progress import Progress
from processes.pages.desk_cells import Cells, open_to
from processes.pages.tables import as_text
from processes.questions.asking import again, definition
from processes.questions.declared import Line
from processes.questions.export import write_export


def write_answer(made: Inquiry, path: Path, told: Progress) -> None:
    """Answer the question of an inquiry anew and write what its asker may see of it."""
    asked = made.question
    assert asked is not None  # noqa: S101 -- an inquiry of this kind has one
    columns, closed = definition(asked.name).columns, closed_cases(made.by)
    lines = [
        Line(tuple(e for e in one.entries if e.case_id not in closed), one.values)
        for one in open_to(made.by, again(asked, by=made.by).lines)
    ]

    def table(shown: list[Line]) -> tuple[Sequence[str], Iterable[Sequence[str]]]:
        cells = Cells(shown, columns)
        rows = ([as_text(cell) for cell in cells.of(one)] for one in shown)
        return [str(column.title) for column in columns], rows

    write_export(
        path, asked, lines, user=made.by, with_hidden=made.with_hidden,
        language=made.language, table=table, told=told,
    )  # fmt: skip
