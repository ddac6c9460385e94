"""The readable part of a bundle: a PDF with cover, checkpoint, entries and papers."""

from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from fpdf import FPDF

from processes.audit.models import AuditEntry
from processes.cases.models import Case
from processes.evidence.rows import command
from processes.log.models import Checkpoint

FONTS = Path(settings.BASE_DIR) / "static" / "vendor" / "fonts"
FAMILY = "DejaVu"
#: Modules of the code are squares of so many millimetres; a telephone reads it from paper.
MODULE = 0.75


class Sheet(FPDF):
    """A4 with a number on each page, in a font that has Vietnamese letters."""

    def __init__(self, title: str) -> None:
        super().__init__(format="A4")
        self.add_font(FAMILY, "", FONTS / "DejaVuSans.ttf")
        self.add_font(FAMILY, "B", FONTS / "DejaVuSans-Bold.ttf")
        self.set_title(title)
        self.set_margin(18)
        self.set_auto_page_break(True, 18)
        self.add_page()

    def footer(self) -> None:
        self.set_y(-12)
        self.set_font(FAMILY, "", 7)
        self.cell(0, 6, f"{self.title} · {self.page_no()}", align="C")

    def text_block(self, text: str, size: int = 9, *, bold: bool = False, gap: float = 1.5) -> None:
        self.set_font(FAMILY, "B" if bold else "", size)
        self.multi_cell(0, size * 0.5, text, new_x="LMARGIN", new_y="NEXT")
        self.ln(gap)

    def code(self, text: str) -> None:
        """The whole note of a checkpoint as a QR code, drawn as squares."""
        rows = list(segno.make(text, error="l", micro=False).matrix)
        if self.will_page_break(len(rows) * MODULE):
            self.add_page()
        left, top = self.get_x(), self.get_y()
        for line, row in enumerate(rows):
            for column, dark in enumerate(row):
                if dark:
                    self.rect(left + column * MODULE, top + line * MODULE, MODULE, MODULE, "F")
        self.set_y(top + len(rows) * MODULE + 4)


def report(
    case: Case,
    last: Checkpoint,
    entries: list[AuditEntry],
    sentences: list[str],
    left_out: set[int],
    papers: list[dict[str, Any]],
    bundle: str,
) -> bytes:
    """The whole report, in the language that is active."""
    sheet = Sheet(_("Evidence of case %(code)s") % {"code": case.code})
    _cover(sheet, case, last, len(entries), len(left_out))
    _how_to_check(sheet, bundle, last)
    sheet.text_block(_("Trail"), 13, bold=True)
    for entry, sentence in zip(entries, sentences, strict=True):
        said = _("[left out by its digest]") if entry.seq in left_out else sentence
        moment = timezone.localtime(entry.at)
        sheet.text_block(f"#{entry.seq}  {moment:%d/%m/%Y %H:%M:%S}  {entry.hash[:16]}", 7, gap=0)
        sheet.text_block(said)
    sheet.text_block(_("Papers"), 13, bold=True)
    for paper in papers:
        state = "" if paper["included"] else f" [{_('not included')}]"
        version = _("version %(number)s") % {"number": paper["version"]}
        sheet.text_block(f"{paper['title']}, {version}{state}", gap=0)
        sheet.text_block(paper["sha256"], 7)
    return bytes(sheet.output())


def _cover(sheet: Sheet, case: Case, last: Checkpoint, entries: int, left_out: int) -> None:
    sheet.text_block(str(sheet.title), 18, bold=True, gap=3)
    sheet.text_block(case.title, 11)
    facts = [
        (_("Unit"), case.unit.name_on(case.opened_on)),
        (_("Opened on"), f"{case.opened_on:%d/%m/%Y}"),
        (_("Rules"), ", ".join(case.editions or [case.edition])),
        (_("Entries"), str(entries)),
        (_("Entries with parts left out"), str(left_out)),
    ]
    for label, value in facts:
        sheet.text_block(f"{label}: {value}", gap=0.5)
    sheet.ln(3)
    sheet.text_block(_("Checkpoint %(number)s") % {"number": last.number}, 13, bold=True)
    sheet.text_block(last.note.strip(), 7)
    sheet.code(last.note)


def _how_to_check(sheet: Sheet, bundle: str, last: Checkpoint) -> None:
    sheet.text_block(_("To check this evidence without our software, on any computer with Python:"))
    sheet.text_block(command(bundle, last), 8)
    sheet.text_block(
        _(
            "Compare the key with the one in the daybook. A checkpoint that you hold yourself, also"
            " an earlier one, shows more than the one that came with this evidence."
        )
    )
