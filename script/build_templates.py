#!/usr/bin/env python
"""Build the DOCX templates of templates/documents from their wording below.

Layout: Quy định 66-QĐ/TW Điều 15 and Hướng dẫn 36-HD/VPTW for the Party's documents, Nghị định
30/2020/NĐ-CP for the State's, each where units of both kinds issue it. Offices may change them.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

from docx import Document
from docx.shared import Cm, Pt

sys.path.insert(0, str(Path(__file__).resolve().parent))
from template_parts import BOTH, CENTRE, LEFT, columns, keep_what_is_used, rule, say, say_if

FOLDER = Path(__file__).resolve().parent.parent / "templates" / "documents"

PARTY_TITLE = "ĐẢNG CỘNG SẢN VIỆT NAM"
STATE_TITLE = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")

ATTENDANCE = (
    "Hội nghị: {{ conference }}. Thời gian: ngày {{ held_on }}. Địa điểm: {{ place_held }}.",
    "Mục đích: lấy phiếu về nhân sự chức vụ {{ title }}, {{ unit }}.",
    "Chủ trì: {{ chair }}. Thư ký: {{ secretary }}.",
    "Số người được triệu tập: {{ summoned }}. Có mặt: {{ present }}.",
)

PARTY, STATE, BOTH_FORMS = (False,), (True,), (False, True)


def lines_of(name):
    """A paragraph for each line of a list."""
    return ("{%p for line in " + name + " %}", "- {{ line }}", "{%p endfor %}")


@dataclass(frozen=True)
class Template:
    """The wording of a document: its forms, type name, summary, paragraphs, and who signs."""

    forms: tuple[bool, ...]
    kind: str
    summary: str
    body: tuple[str, ...]
    minutes: bool = False


TEMPLATES = {
    "submission": Template(
        BOTH_FORMS,
        "TỜ TRÌNH",
        "về việc {{ deed }} giữ chức vụ {{ title }}",
        (
            "Kính gửi: Ban Thường vụ Tỉnh ủy; Ban Tổ chức Tỉnh ủy.",
            "Căn cứ {{ edition }}{% if decree %}; {{ decree }}{% endif %};",
            "Căn cứ nhu cầu công tác: {{ need }}",
            "1. Quy trình và kết quả. Tập thể lãnh đạo {{ unit }} đã thực hiện quy trình nhân sự "
            "với kết quả như sau:",
            *lines_of("votes"),
            "2. Đánh giá tiêu chuẩn, điều kiện của nhân sự:",
            *lines_of("assessment"),
            "3. Đề nghị. {{ unit }} đề nghị xem xét, {{ deed }} {{ candidate }}, sinh ngày "
            "{{ born_on }}, giữ chức vụ {{ title }}. Dự kiến phân công: {{ assignment }}",
            "Hồ sơ kèm theo:",
            *lines_of("papers"),
        ),
    ),
    "count_minutes": Template(
        BOTH_FORMS,
        "BIÊN BẢN KIỂM PHIẾU",
        "{{ conference }}",
        (
            *ATTENDANCE,
            *lines_of("of_base"),
            "Tổ kiểm phiếu:",
            *lines_of("tellers"),
            "Số phiếu phát ra: {{ issued }}; thu về: {{ collected }}; hợp lệ: {{ valid }}; "
            "không hợp lệ: {{ invalid }} (trong đó phiếu trắng: {{ blank }}).",
            "Kết quả:",
            *lines_of("results"),
            "Phiếu được niêm phong, lưu giữ theo quy định. Biên bản không ghi tên người bỏ phiếu.",
        ),
        minutes=True,
    ),
    "appraisal_report": Template(
        PARTY,
        "BÁO CÁO THẨM ĐỊNH",
        "nhân sự đề nghị {{ deed }} giữ chức vụ {{ title }}",
        (
            "Nhân sự: {{ candidate }}, sinh ngày {{ born_on }}.",
            "1. Hồ sơ: nhận đủ ngày {{ received_on }}, gồm:",
            *lines_of("papers"),
            "2. Tiêu chuẩn, điều kiện:",
            *lines_of("assessment"),
            "3. Ý kiến của các cơ quan liên quan:",
            *lines_of("opinions"),
            "{%p if differing %}",
            "4. Ý kiến khác nhau, báo cáo đầy đủ để cấp có thẩm quyền xem xét:",
            *lines_of("differing"),
            "{%p endif %}",
            "Kết luận, đề nghị: {{ report }}",
        ),
    ),
    "opinions_report": Template(
        BOTH_FORMS,
        "BÁO CÁO",
        "các ý kiến khác nhau về nhân sự chức vụ {{ title }}",
        (
            "Tại hội nghị tập thể lãnh đạo, kết quả bằng đúng một nửa số người được triệu "
            "tập. Người đứng đầu lựa chọn {{ candidate }}.",
            "Lý do: {{ reason }}",
            "Ý kiến khác nhau tại hội nghị: {{ said }}",
            "Kết quả các hội nghị:",
            *lines_of("votes"),
            "{%p if opinions %}",
            "Các ý kiến:",
            *lines_of("opinions"),
            "{%p endif %}",
        ),
    ),
    "self_report": Template(
        PARTY,
        "BÁO CÁO",
        "tự nhận xét, đánh giá trong thời hạn giữ chức vụ {{ title }}",
        (
            "Họ và tên: {{ candidate }}, sinh ngày {{ born_on }}.",
            "Chức vụ: {{ title }}, {{ unit }}.",
            "{{ report }}",
        ),
    ),
    "party_decision": Template(
        PARTY,
        "QUYẾT ĐỊNH",
        "về công tác cán bộ",
        (
            "- Căn cứ {{ edition }};",
            "- Căn cứ kết quả họp Ban Thường vụ ngày {{ meeting_on }};",
            "- Xét đề nghị của Ban Tổ chức Tỉnh ủy,",
            "BAN THƯỜNG VỤ QUYẾT ĐỊNH",
            "Điều 1. {{ deed|capitalize }} {{ candidate }} giữ chức vụ {{ title }}, {{ unit }}. "
            "Thời hạn giữ chức vụ {{ period }}.",
            "Điều 2. {{ candidate }} thực hiện chức trách, nhiệm vụ và quyền hạn theo quy định.",
            "Điều 3. Văn phòng Tỉnh ủy, Ban Tổ chức Tỉnh ủy, {{ unit }} và {{ candidate }} chịu "
            "trách nhiệm thi hành quyết định này.",
        ),
    ),
    "party_conclusion": Template(
        PARTY,
        "KẾT LUẬN",
        "của Ban Thường vụ về công tác cán bộ",
        (
            "Tại phiên họp ngày {{ meeting_on }}, Ban Thường vụ thống nhất chủ trương {{ deed }} "
            "{{ candidate }} giữ chức vụ {{ title }}, {{ unit }}.",
            "Giao cơ quan có thẩm quyền ban hành quyết định hành chính theo quy định.",
        ),
    ),
    "inspection_report": Template(
        PARTY,
        "BÁO CÁO",
        "kết luận về nội dung: {{ title }}",
        (
            "Đối tượng: {{ accused }}.",
            "1. Nội dung phát hiện: {{ finding }}",
            "2. Giải trình:",
            "{%p if opinions %}",
            *lines_of("opinions"),
            "{%p else %}",
            "Không nhận được giải trình trong thời hạn.",
            "{%p endif %}",
            "3. Kết luận: {{ report }}",
            "4. Đề nghị: {{ proposal }}.",
        ),
    ),
    "inspection_conclusion": Template(
        PARTY,
        "KẾT LUẬN",
        "kiểm tra {{ title }}",
        (
            "Căn cứ kết quả kiểm tra từ ngày {{ since }} đối với {{ number_of_cases }} vụ việc:",
            *lines_of("cases"),
            "1. Kết quả kiểm tra",
            "{{ conclusion_text }}",
            "2. Khuyết điểm, vi phạm",
            "{%p if findings %}",
            *lines_of("findings"),
            "{%p else %}",
            "Không phát hiện khuyết điểm, vi phạm.",
            "{%p endif %}",
            "3. Giải trình",
            "{%p if answers %}",
            *lines_of("answers"),
            "{%p else %}",
            "Không yêu cầu giải trình hoặc không nhận được giải trình trong thời hạn.",
            "{%p endif %}",
            "4. Kiến nghị",
            "{%p if recommendations %}",
            *lines_of("recommendations"),
            "{%p else %}",
            "Không có kiến nghị.",
            "{%p endif %}",
            "Người dự thảo kết luận: {{ drafted_by }}.",
        ),
    ),
    "discipline_decision": Template(
        PARTY,
        "QUYẾT ĐỊNH",
        "về việc thi hành kỷ luật",
        (
            "- Căn cứ kết quả họp Ban Thường vụ ngày {{ meeting_on }};",
            "- Xét đề nghị của Ủy ban Kiểm tra Tỉnh ủy tại Báo cáo số {{ report_number }},",
            "BAN THƯỜNG VỤ QUYẾT ĐỊNH",
            "Điều 1. Thi hành kỷ luật {{ accused }} bằng hình thức {{ proposal }}.",
            "Điều 2. Văn phòng Tỉnh ủy, Ủy ban Kiểm tra Tỉnh ủy, {{ unit }} và đối tượng nêu tại "
            "Điều 1 chịu trách nhiệm thi hành quyết định này.",
        ),
    ),
    "opinions_synthesis": Template(
        PARTY,
        "BÁO CÁO",
        "tổng hợp ý kiến về: {{ title }}",
        (
            "Đã lấy ý kiến {{ asked }} đơn vị; {{ answered }} đơn vị trả lời bằng văn bản.",
            "1. Ý kiến và tiếp thu, giải trình:",
            "{%p for one in comments %}",
            "- {{ one.unit }} ({{ one.stand }}): {{ one.text }}",
            "  Tiếp thu, giải trình: {{ one.answer }}",
            "{%p endfor %}",
            "{%p if silent %}",
            "2. Đơn vị không trả lời trong thời hạn:",
            *lines_of("silent"),
            "{%p endif %}",
            "Tổng hợp, đề nghị: {{ synthesis }}",
        ),
    ),
    "talk_extract": Template(
        BOTH_FORMS,
        "TRÍCH NỘI DUNG TRAO ĐỔI",
        "đưa vào hồ sơ vụ việc: {{ title }}, {{ unit }}",
        (
            "Người trao đổi: {{ author }}, {{ author_unit }}. Thời điểm: {{ written_at }}.",
            "Nội dung: {{ said }}",
            "{%p if attachments %}",
            "Tệp kèm theo: {{ attachments }}.",
            "{%p endif %}",
            "Người đưa vào hồ sơ: {{ mover }}.",
        ),
    ),
    "delegation_resolution": Template(
        PARTY,
        "QUYẾT ĐỊNH",
        "về việc ủy quyền hoàn thiện và ký văn bản",
        (
            "- Căn cứ kết quả biểu quyết của {{ body }} ngày {{ voted_on }},",
            "{{ body_name }} QUYẾT ĐỊNH",
            "Điều 1. Ủy quyền {{ delegate }} hoàn thiện và ký văn bản: {{ title }}.",
            "Điều 2. Phạm vi ủy quyền: {{ scope }}",
            "Điều 3. Ủy quyền có hiệu lực đến hết ngày {{ until }}.",
        ),
    ),
    "delegated_document": Template(
        PARTY,
        "{{ title }}",
        "",
        ("Căn cứ Quyết định ủy quyền số {{ resolution }};", "{{ wording }}"),
    ),
    "state_decision": Template(
        STATE,
        "QUYẾT ĐỊNH",
        "Về công tác cán bộ",
        (
            "Căn cứ {{ decree }};",
            "Căn cứ Kết luận số {{ conclusion }} của Ban Thường vụ Tỉnh ủy;",
            "QUYẾT ĐỊNH:",
            "Điều 1. {{ deed|capitalize }} {{ candidate }} giữ chức vụ {{ title }}, {{ unit }}. "
            "Thời hạn giữ chức vụ {{ period }}.",
            "Điều 2. {{ candidate }} thực hiện nhiệm vụ, quyền hạn theo quy định của pháp luật.",
            "Điều 3. Các cơ quan liên quan và {{ candidate }} chịu trách nhiệm thi hành.",
        ),
    ),
    "rotation_decision": Template(
        PARTY,
        "QUYẾT ĐỊNH",
        "về việc luân chuyển cán bộ",
        (
            "- Căn cứ {{ edition }};",
            "- Căn cứ kết quả họp Ban Thường vụ ngày {{ meeting_on }};",
            "- Xét đề nghị của Ban Tổ chức Tỉnh ủy,",
            "BAN THƯỜNG VỤ QUYẾT ĐỊNH",
            "Điều 1. Luân chuyển {{ candidate }}, {{ source }}, đến nhận công tác và giữ chức vụ "
            "{{ title }}, {{ unit }}. Thời gian luân chuyển là {{ months }} tháng, kể từ ngày "
            "{{ starts_on }}.",
            "Điều 2. {{ candidate }} thực hiện nhiệm vụ được giao tại bản giao nhiệm vụ kèm theo. "
            "Chế độ, chính sách: {{ policy }}",
            "Điều 3. Văn phòng Tỉnh ủy, Ban Tổ chức Tỉnh ủy, {{ source }}, {{ unit }} và "
            "{{ candidate }} chịu trách nhiệm thi hành quyết định này.",
        ),
    ),
    "mission_order": Template(
        PARTY,
        "ĐẶT HÀNG, GIAO NHIỆM VỤ",
        "cho {{ candidate }}, cán bộ luân chuyển giữ chức vụ {{ title }}, {{ unit }}",
        (
            "Kèm theo Quyết định số {{ number }}. Thời gian luân chuyển: {{ months }} tháng.",
            "Nhiệm vụ, sản phẩm và thời hạn (tổng trọng số 100):",
            *lines_of("items"),
            "Kết quả được kiểm điểm, đánh giá theo quý, theo năm; {{ unit }} tạo điều kiện để cán "
            "bộ luân chuyển hoàn thành nhiệm vụ.",
        ),
    ),
    "rotation_state_decision": Template(
        STATE,
        "QUYẾT ĐỊNH",
        "Về việc luân chuyển, bổ nhiệm công chức lãnh đạo, quản lý",
        (
            "Căn cứ {{ decree }};",
            "Căn cứ Quyết định số {{ decided }} của Ban Thường vụ Tỉnh ủy;",
            "QUYẾT ĐỊNH:",
            "Điều 1. Luân chuyển {{ candidate }}, {{ source }}, đến giữ chức vụ {{ title }}, "
            "{{ unit }}. Thời gian {{ months }} tháng, kể từ ngày {{ starts_on }}.",
            "Điều 2. {{ candidate }} thực hiện nhiệm vụ, quyền hạn theo quy định của pháp luật.",
            "Điều 3. Các cơ quan liên quan và {{ candidate }} chịu trách nhiệm thi hành.",
        ),
    ),
}


def head(document, *, state):
    """Issuing organ and number at the left, title, place and date at the right."""
    left, right = columns(document, 7, 9.5)
    say_if(left, "superior", 13)
    say(left, "{{ organ }}", 13 if state else 14, bold=True)
    if state:
        rule(left, 2.3)
        say(right, STATE_TITLE[0], 12, bold=True)
        say(right, STATE_TITLE[1], 13, bold=True)
        rule(right, 1.9)
    else:
        say(left, "*", 14)
        say(right, PARTY_TITLE, 15, bold=True)
        rule(right, 1.1)
    say(left, "Số: {{ number }}" if state else "Số {{ number }}", 14)
    say(right, "{{ place }}, {{ day }}", 14, italic=True)


def foot(document):
    """Recipients at the left; authority, post and name at the right."""
    left, right = columns(document, 7, 9.5)
    say(left, "Nơi nhận:", 12, bold=True, italic=True, align=LEFT)
    for text in ("- {{ unit }};", "- Lưu hồ sơ."):
        say(left, text, 11, align=LEFT)
    say_if(right, "authority", 14, bold=True)
    for text in ("{{ post }}", "", "", "", "{{ signer }}"):
        say(right, text, 14, bold=True)


def minutes_foot(document):
    """Counting team, secretary and chair sign the minutes of a count."""
    team, secretary, chair = columns(document, 5.5, 5.5, 5.5)
    for cell, post, name in (
        (team, "{{ post }}", ""),
        (secretary, "THƯ KÝ", "{{ secretary }}"),
        (chair, "CHỦ TRÌ", "{{ chair }}"),
    ):
        for text in (post, "", "", name):
            say(cell, text, 14, bold=True)


def build(template, *, state):
    """Make one template."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(2)
    head(document, state=state)
    say(document, template.kind, 16, bold=True).paragraph_format.space_before = Pt(14)
    say(document, template.summary, 14, bold=True).paragraph_format.space_after = Pt(10)
    for text in template.body:
        ruling = text.isupper() or text.rstrip(":").endswith("QUYẾT ĐỊNH")
        centred = ruling or text.startswith("Kính gửi")
        last = say(document, text, 14, bold=ruling, align=CENTRE if centred else BOTH)
    last.paragraph_format.keep_with_next = True
    (minutes_foot if template.minutes else foot)(document)
    keep_what_is_used(document)
    return document


def built():
    """Every template by the name of its file."""
    for name, template in TEMPLATES.items():
        for state in template.forms:
            ending = ".state.docx" if state and len(template.forms) > 1 else ".docx"
            yield f"{name}{ending}", build(template, state=state)


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for file_name, document in built():
        document.save(str(FOLDER / file_name))
