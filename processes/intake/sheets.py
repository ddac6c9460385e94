"""The three lists that a personnel section keeps, with the headings that it gives its columns.

Headings are data of the file, so they are Vietnamese in every language of the pages.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """A column: what it is called, how it is read, and whether every row has it.

    `field` is the column of the model, `kind` names the reader in `processes.intake.values` or
    the list of `processes.intake.known` in which the cell is looked up.
    """

    field: str
    kind: str
    headings: tuple[str, ...]
    example: str
    required: bool = False

    @property
    def heading(self) -> str:
        """The heading of the template."""
        return self.headings[0]


@dataclass(frozen=True)
class SheetKind:
    """One of the lists."""

    name: str
    title: str
    columns: tuple[Column, ...]

    @property
    def required(self) -> list[Column]:
        """The columns that a sheet cannot do without."""
        return [column for column in self.columns if column.required]


CODE = Column(
    "code", "code", ("Số định danh", "Số căn cước", "Số CCCD", "CCCD"), "001080000123", True
)
UNIT = ("Đơn vị", "Đơn vị công tác", "Cơ quan, đơn vị", "Cơ quan")

CADRES = SheetKind(
    "cadres",
    "Cán bộ",
    (
        CODE,
        Column("full_name", "name", ("Họ và tên", "Họ tên"), "Nguyễn Văn Thử", True),
        Column("born_on", "day", ("Ngày sinh", "Ngày, tháng, năm sinh"), "15/03/1980", True),
        Column("sex", "sex", ("Giới tính", "Nam/Nữ"), "Nam", True),
        Column("unit", "unit", UNIT, "Sở Nội vụ", True),
        Column("origin", "unit", ("Quê quán", "Nguyên quán"), ""),
        Column("party_joined_on", "day", ("Ngày vào Đảng", "Ngày kết nạp Đảng"), "03/02/2005"),
        Column("theory", "theory", ("Lý luận chính trị", "Trình độ lý luận chính trị"), "Cao cấp"),
    ),
)
POSTS = SheetKind(
    "posts",
    "Chức vụ",
    (
        CODE,
        Column("title", "text", ("Chức vụ", "Chức danh"), "Phó Trưởng phòng", True),
        Column("group", "group", ("Nhóm chức danh",), "section_deputy", True),
        Column("unit", "unit", UNIT, "Sở Nội vụ", True),
        Column("position", "position", ("Mã vị trí",), ""),
        Column("since", "day", ("Từ ngày", "Ngày bổ nhiệm"), "01/06/2020", True),
        Column("until", "day", ("Đến ngày",), ""),
        Column("term_ends_on", "day", ("Hết nhiệm kỳ", "Hết thời hạn bổ nhiệm"), "01/06/2025"),
    ),
)
PLANNING = SheetKind(
    "planning",
    "Quy hoạch",
    (
        CODE,
        Column(
            "group", "group", ("Nhóm chức danh quy hoạch", "Nhóm chức danh"), "dept_deputy", True
        ),
        Column("unit", "unit", ("Đơn vị quy hoạch", *UNIT), "Sở Nội vụ", True),
        Column(
            "approved_on", "day", ("Ngày phê duyệt", "Ngày phê duyệt quy hoạch"), "15/01/2021", True
        ),
        Column("until", "day", ("Hiệu lực đến", "Đến ngày"), ""),
        Column("document", "text", ("Số văn bản", "Quyết định phê duyệt"), "15-QĐ/TU"),
    ),
)
KINDS = (CADRES, POSTS, PLANNING)

_ASIDE = re.compile(r"\([^)]*\)")


def folded(text: object) -> str:
    """A heading or name without what makes no difference: case, space, asterisk, remarks."""
    return " ".join(_ASIDE.sub("", str(text or "")).replace("*", "").split()).casefold()


@dataclass(frozen=True)
class Heading:
    """The heading row of a sheet: which list it is, and where its columns stand."""

    kind: SheetKind
    places: Mapping[str, int]

    @property
    def missing(self) -> list[Column]:
        """Required columns that the sheet lacks."""
        return [column for column in self.kind.required if column.field not in self.places]


def heading_of(cells: Iterable[object]) -> Heading | None:
    """The list whose heading this row is; None where it is no heading.

    Of several that fit, the one that lacks least; with two known words only, as in the guide of
    the template, it is none.
    """
    words = [folded(cell) for cell in cells]
    found = [Heading(kind, _places(kind, words)) for kind in KINDS]
    best = max(found, key=lambda one: (-len(one.missing), len(one.places)))
    return best if "code" in best.places and len(best.places) > 2 else None


def _places(kind: SheetKind, words: list[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for column in kind.columns:
        for heading in column.headings:
            at = words.index(folded(heading)) if folded(heading) in words else None
            if at is not None and at not in places.values():
                places[column.field] = at
                break
    return places
