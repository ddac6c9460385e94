#!/usr/bin/env python
"""Build the DOCX templates of templates/documents from their wording below.

Layout: Quy định 66-QĐ/TW Điều 15 and Hướng dẫn 36-HD/VPTW for the Party's documents, Nghị định
30/2020/NĐ-CP for the State's. Offices may change the templates in a word processor instead.
"""

from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

FOLDER = Path(__file__).resolve().parent.parent / "templates" / "documents"
FONT = "Times New Roman"
CENTRE, LEFT, BOTH = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)

PARTY_TITLE = "ĐẢNG CỘNG SẢN VIỆT NAM"
STATE_TITLE = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")

ATTENDANCE = (
    "Hội nghị: {{ conference }}, ngày {{ held_on }}, tại {{ place_held }}.",
    "Chủ trì: {{ chair }}. Thư ký: {{ secretary }}.",
    "Số người được triệu tập: {{ summoned }}. Có mặt: {{ present }}.",
)

#: name: (state document?, type, summary, paragraphs, lines before the signature)
TEMPLATES: dict[str, tuple[bool, str, str, tuple[str, ...]]] = {
    "submission": (
        False,
        "TỜ TRÌNH",
        "về việc bổ nhiệm chức vụ {{ title }}",
        (
            "Kính gửi: Ban Thường vụ Tỉnh ủy; Ban Tổ chức Tỉnh ủy.",
            "Căn cứ {{ edition }}; căn cứ nhu cầu công tác: {{ need }}",
            "Tập thể lãnh đạo {{ unit }} đã thực hiện quy trình nhân sự với kết quả như sau:",
            "{%p for line in votes %}",
            "- {{ line }}",
            "{%p endfor %}",
            "Căn cứ kết quả trên, {{ unit }} đề nghị xem xét, bổ nhiệm {{ candidate }}, sinh ngày "
            "{{ born_on }}, giữ chức vụ {{ title }}. Dự kiến phân công: {{ assignment }}",
            "Hồ sơ kèm theo: {{ papers }}.",
        ),
    ),
    "count_minutes": (
        False,
        "BIÊN BẢN KIỂM PHIẾU",
        "{{ conference }}",
        (
            *ATTENDANCE,
            "Tổ kiểm phiếu: {{ tellers }}.",
            "Số phiếu phát ra: {{ issued }}; thu về: {{ collected }}; hợp lệ: {{ valid }}; "
            "không hợp lệ: {{ invalid }} (trong đó phiếu trắng: {{ blank }}).",
            "Kết quả:",
            "{%p for line in results %}",
            "- {{ line }}",
            "{%p endfor %}",
            "Phiếu được niêm phong, lưu giữ theo quy định. Biên bản không ghi tên người bỏ phiếu.",
        ),
    ),
    "appraisal_report": (
        False,
        "BÁO CÁO THẨM ĐỊNH",
        "nhân sự đề nghị bổ nhiệm chức vụ {{ title }}",
        (
            "Nhân sự: {{ candidate }}, sinh ngày {{ born_on }}.",
            "Hồ sơ nhận đủ ngày {{ received_on }}.",
            "Ý kiến của các cơ quan liên quan:",
            "{%p for line in opinions %}",
            "- {{ line }}",
            "{%p endfor %}",
            "Kết quả thẩm định: {{ report }}",
        ),
    ),
    "opinions_report": (
        False,
        "BÁO CÁO",
        "các ý kiến khác nhau về nhân sự {{ title }}",
        (
            "Tại hội nghị tập thể lãnh đạo lần 3, kết quả bằng đúng một nửa số người được triệu "
            "tập. Người đứng đầu lựa chọn {{ candidate }}.",
            "Lý do: {{ reason }}",
            "Các ý kiến khác nhau:",
            "{%p for line in opinions %}",
            "- {{ line }}",
            "{%p endfor %}",
        ),
    ),
    "party_decision": (
        False,
        "QUYẾT ĐỊNH",
        "về việc bổ nhiệm cán bộ",
        (
            "- Căn cứ {{ edition }};",
            "- Căn cứ biên bản họp Ban Thường vụ ngày {{ meeting_on }};",
            "- Xét đề nghị của Ban Tổ chức Tỉnh ủy,",
            "BAN THƯỜNG VỤ QUYẾT ĐỊNH",
            "Điều 1. Bổ nhiệm {{ candidate }} giữ chức vụ {{ title }}, {{ unit }}. Thời hạn giữ "
            "chức vụ là {{ years }} năm, kể từ ngày quyết định có hiệu lực.",
            "Điều 2. {{ candidate }} thực hiện chức trách, nhiệm vụ và quyền hạn theo quy định.",
            "Điều 3. Văn phòng Tỉnh ủy, Ban Tổ chức Tỉnh ủy, {{ unit }} và {{ candidate }} chịu "
            "trách nhiệm thi hành quyết định này.",
        ),
    ),
    "party_conclusion": (
        False,
        "KẾT LUẬN",
        "của Ban Thường vụ về công tác cán bộ",
        (
            "Tại phiên họp ngày {{ meeting_on }}, Ban Thường vụ thống nhất chủ trương bổ nhiệm "
            "{{ candidate }} giữ chức vụ {{ title }}, {{ unit }}.",
            "Giao cơ quan có thẩm quyền ban hành quyết định hành chính theo quy định.",
        ),
    ),
    "state_decision": (
        True,
        "QUYẾT ĐỊNH",
        "Về việc bổ nhiệm công chức lãnh đạo, quản lý",
        (
            "Căn cứ {{ decree }};",
            "Căn cứ {{ conclusion }} của Ban Thường vụ Tỉnh ủy;",
            "QUYẾT ĐỊNH:",
            "Điều 1. Bổ nhiệm {{ candidate }} giữ chức vụ {{ title }}, {{ unit }}. Thời hạn "
            "{{ years }} năm, kể từ ngày quyết định có hiệu lực.",
            "Điều 2. {{ candidate }} thực hiện nhiệm vụ, quyền hạn theo quy định của pháp luật.",
            "Điều 3. Các cơ quan liên quan và {{ candidate }} chịu trách nhiệm thi hành.",
        ),
    ),
}


def say(cell, text, size=14, *, bold=False, italic=False, align=CENTRE):
    """Add a paragraph."""
    paragraph = cell.add_paragraph()
    paragraph.alignment = align
    run = paragraph.add_run(text)
    run.font.name, run.font.size, run.bold, run.italic = FONT, Pt(size), bold, italic
    run._element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    return paragraph


def rule_below(paragraph):
    """Draw the solid line that stands under the title."""
    border = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for key, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "auto")):
        line.set(qn(f"w:{key}"), value)
    border.append(line)
    paragraph._p.get_or_add_pPr().append(border)


def head(document, *, state):
    """Issuing organ and number at the left, title, place and date at the right."""
    left, right = document.add_table(rows=1, cols=2).rows[0].cells
    say(left, "{{ superior }}", 14)
    rule_below(say(left, "{{ organ }}", 14, bold=True))
    say(left, "Số: {{ number }}" if state else "Số {{ number }}", 14)
    if state:
        say(right, STATE_TITLE[0], 13, bold=True)
        rule_below(say(right, STATE_TITLE[1], 14, bold=True))
    else:
        rule_below(say(right, PARTY_TITLE, 15, bold=True))
    say(right, "{{ place }}, {{ day }}", 14, italic=True)


def foot(document):
    """Recipients at the left; authority, post and name at the right."""
    left, right = document.add_table(rows=1, cols=2).rows[0].cells
    say(left, "Nơi nhận:", 12, bold=True, italic=True, align=LEFT)
    say(left, "{{ recipients }}", 11, align=LEFT)
    for text in ("{{ authority }}", "{{ post }}", "", "", "{{ signer }}"):
        say(right, text, 14, bold=True)


def build(name, state, kind, summary, body):
    """Write one template."""
    document = Document()
    section = document.sections[0]
    section.left_margin, section.right_margin = Cm(3), Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(2)
    head(document, state=state)
    say(document, kind, 16, bold=True)
    say(document, summary, 14, bold=True)
    for text in body:
        ruling = text.isupper() or text.startswith("QUYẾT ĐỊNH")
        say(document, text, 14, bold=ruling, align=CENTRE if ruling else BOTH)
    foot(document)
    document.save(str(FOLDER / f"{name}.docx"))


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, (state, kind, summary, body) in TEMPLATES.items():
        build(name, state, kind, summary, body)
