"""What a Vietnamese reader meets: the law book's names, and its way to write a share."""

from fractions import Fraction

import pytest
from django.utils.translation import gettext, override, pgettext

from permissions.catalogue import Lane, Role
from processes.conferences.sentences import explain, share_text
from processes.conferences.tally import Reason, Share
from processes.flows import AppointmentInPlaceFlow

#: name_vi of table 12.1, appointment_in_place.
STEPS = {
    "a01": "xin chủ trương",
    "a02": "tiếp nhận chủ trương",
    "a03": "cho chủ trương",
    "a04": "lập danh sách đủ điều kiện",
    "a04x": "báo cáo không có nguồn",
    "a05": "hội nghị lãnh đạo lần 1",
    "a06": "hội nghị mở rộng",
    "a07": "hội nghị lãnh đạo lần 2",
    "a08": "hội nghị cán bộ chủ chốt",
    "a09": "ý kiến cấp ủy, xác minh",
    "a10": "hội nghị lãnh đạo lần 3",
    "a10h": "người đứng đầu quyết",
    "a10n": "báo cáo kết quả",
    "a11": "lập hồ sơ",
    "a12": "thẩm tra hồ sơ",
    "a13": "lấy ý kiến cơ quan liên quan",
    "a14": "thẩm định",
    "a15": "đưa vào chương trình",
    "a16": "BTV quyết định",
    "a17": "ai ký quyết định",
    "a18": "ký quyết định",
    "a18s": "UBND ra quyết định",
    "a19": "ban hành, công bố",
    "a20": "cập nhật hồ sơ, đặt hạn",
}


@pytest.fixture(autouse=True)
def _vietnamese():
    with override("vi"):
        yield


@pytest.fixture
def share():
    return Share(31, 45, Fraction(31, 45), True, False, Fraction(1, 2))


def test_the_steps_bear_the_names_of_the_law_book():
    names = {row.code: str(row.task_title) for row in AppointmentInPlaceFlow.rows()}
    assert {code: names[code] for code in STEPS} == {
        code: name[:1].upper() + name[1:] for code, name in STEPS.items()
    }


def test_a_share_names_its_base_and_has_a_decimal_comma(share):
    assert share_text(share) == "31/45 triệu tập = 68,9 %"


def test_a_rule_applied_is_a_vietnamese_sentence(share):
    params = {"name": "An", "share": share, "threshold": share.threshold, "strict": True}
    assert explain(Reason("over", params)) == (
        "An đạt quá 1/2 so với tổng số người được triệu tập: 31/45 triệu tập = 68,9 %."
    )


def test_organs_and_roles_bear_their_proper_names():
    assert str(Lane.OC.label) == "Ban Tổ chức Tỉnh ủy"
    assert str(Lane.SC.label) == "Ban Thường vụ Tỉnh ủy"
    assert str(Role.STATE_CHAIR.label) == "Chủ tịch Ủy ban nhân dân tỉnh"


def test_one_english_word_is_two_in_vietnamese_where_it_means_two_things():
    assert (gettext("Secretary"), pgettext("conference", "Secretary")) == (
        "Bí thư Tỉnh ủy",
        "Thư ký",
    )
    assert (gettext("Done"), pgettext("outcome", "Done")) == ("Đã làm", "Hoàn thành")
