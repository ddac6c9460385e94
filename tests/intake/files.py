"""Files as personnel sections keep them."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

from processes.intake.sheets import KINDS

HEADINGS = {kind.name: [column.heading for column in kind.columns] for kind in KINDS}
TITLES = {kind.name: kind.title for kind in KINDS}
Rows = Sequence[Sequence[Any]]


def xlsx(**lists: Rows) -> bytes:
    """A workbook with these lists, each below its heading."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in lists.items():
        sheet = book.create_sheet(TITLES[name])
        sheet.append(HEADINGS[name])
        for row in rows:
            sheet.append(list(row))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def csv_file(name: str, rows: Rows, separator: str = ",") -> bytes:
    """One list as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator)
    writer.writerow(HEADINGS[name])
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def person(code: str = "026080000001", **other: Any) -> list[Any]:
    """A row of the list of cadres."""
    row = {
        "name": "Nguyễn Thị Thử Hà", "born": "03/02/1984", "sex": "Nữ", "unit": "SNV",
        "origin": "", "joined": "19/05/2006", "theory": "Cao cấp",
    }  # fmt: skip
    return [code, *(row | other).values()]


def post(code: str = "026080000001", **other: Any) -> list[Any]:
    """A row of the list of posts."""
    row = {
        "title": "Trưởng phòng", "group": "deputy-director", "unit": "SNV", "position": "",
        "since": "01/06/2020", "until": "", "ends": "01/06/2025",
    }  # fmt: skip
    return [code, *(row | other).values()]


def planned(code: str = "026080000001", **other: Any) -> list[Any]:
    """A row of the list of planning."""
    row = {
        "group": "Phó giám đốc sở", "unit": "SNV", "since": "15/01/2021", "until": "",
        "document": "15-QĐ/TU",
    }  # fmt: skip
    return [code, *(row | other).values()]
