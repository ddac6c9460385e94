"""The empty file for personnel sections: three sheets with their headings, and how to fill them."""

import csv
import io
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from processes.intake.sheets import KINDS, Column, SheetKind
from processes.intake.values import LEVELS, SEXES
from processes.organisation.positions import TitleGroup

#: Rows that are prepared: text stays text, so that identity numbers keep their zeros.
PREPARED = 500
CHOICES: dict[str, Mapping[str, str]] = {"sex": SEXES, "theory": LEVELS}
BOLD, GREY = Font(bold=True), PatternFill("solid", fgColor="E9ECF1")


def workbook() -> bytes:
    """The template as XLSX, with the title groups of this site as they are now."""
    book = Workbook()
    for kind in KINDS:
        _sheet(book.create_sheet(kind.title), kind)
    book.remove(book.worksheets[0])
    groups = list(TitleGroup.objects.values_list("code", "name"))
    _guide(book.create_sheet(_("How to fill it in")), groups)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def csv_of(kind: SheetKind) -> bytes:
    """The heading of one list as CSV, which spreadsheets open as UTF-8."""
    text = io.StringIO()
    csv.writer(text).writerow([_heading(column) for column in kind.columns])
    return text.getvalue().encode("utf-8-sig")


def _heading(column: Column) -> str:
    return f"{column.heading} *" if column.required else column.heading


def _sheet(sheet: Worksheet, kind: SheetKind) -> None:
    sheet.append([_heading(column) for column in kind.columns])
    sheet.freeze_panes = "A2"
    for number, column in enumerate(kind.columns, start=1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = max(16, len(column.heading) + 4)
        cell = sheet.cell(1, number)
        cell.font, cell.fill = BOLD, GREY
        shape = "dd/mm/yyyy" if column.kind == "day" else "@"
        for row in range(2, PREPARED + 2):
            sheet.cell(row, number).number_format = shape
        if column.kind in CHOICES:
            words = ",".join(word.capitalize() for word in CHOICES[column.kind])
            choice = DataValidation("list", formula1=f'"{words}"', allow_blank=True)
            sheet.add_data_validation(choice)
            choice.add(f"{letter}2:{letter}{PREPARED + 1}")


def _guide(sheet: Worksheet, groups: Iterable[tuple[str, str]]) -> None:
    """What belongs into each column, and the title groups that may be named."""
    sheet.append([_("Sheet"), _("Column"), _("Needed"), _("Example")])
    for kind in KINDS:
        for column in kind.columns:
            needed = _("yes") if column.required else _("no")
            sheet.append([kind.title, column.heading, needed, column.example])
    sheet.append([])
    sheet.append([_("Title group"), _("Code")])
    for code, name in groups:
        sheet.append([name, code])
    for letter, width in zip("ABCD", (40, 32, 16, 24), strict=True):
        sheet.column_dimensions[letter].width = width
