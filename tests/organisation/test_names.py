import pytest
from django.utils.translation import override

from processes.organisation.bodies import Membership
from processes.organisation.names import sort_key
from processes.organisation.people import Cadre
from processes.pages.deputies import AppointForm


@pytest.mark.parametrize(
    "ordered",
    [
        ["Vũ Văn An", "Lê Văn Ân", "Đỗ Văn Bình"],
        ["Lê Văn Ba", "Lê Văn Bà", "Lê Văn Bả", "Lê Văn Bã", "Lê Văn Bá", "Lê Văn Bạ"],
        ["Lê Thị Dung", "Lê Thị Đào"],
        ["Lê Thị Hoa", "Nguyễn Thị Hoa"],
        ["Lê Thị Hoa", "Lê Thị Hoàng", "Lê Thị Hoàng Hoàng"],
        ["Lê An", "Lê Bá An"],
        ["Lê Văn Ô", "Lê Văn Ơ", "Lê Văn U", "Lê Văn Ư"],
    ],
)
def test_names_are_ordered_as_vietnamese_lists_are(ordered):
    backwards = ordered[::-1]
    assert sorted(backwards, key=sort_key) == ordered


def test_the_case_of_letters_does_not_count():
    assert sort_key("LÊ VĂN ÂN") == sort_key("Lê Văn Ân")


def test_composed_and_decomposed_letters_are_the_same():
    assert sort_key("Lê Văn Ấn") == sort_key("Lê Văn A\u0302\u0301n")


def test_an_empty_name_comes_first():
    assert sort_key("") < sort_key("A")


def test_a_changed_name_changes_the_order(world):
    cadre = Cadre.objects.first()
    cadre.given_name = "Ái"
    cadre.save()
    assert bytes(Cadre.objects.get(pk=cadre.pk).name_sort) == sort_key(cadre.full_name)


def test_a_list_of_cadres_follows_the_names(world):
    names = [cadre.full_name for cadre in Cadre.objects.all()]
    assert names == sorted(names, key=sort_key)


def test_a_deputy_in_a_body_is_not_called_as_somebody_who_stands_in():
    with override("vi"):
        assert str(Membership.Seat.DEPUTY.label) == "Cấp phó"
        assert str(AppointForm.base_fields["deputy"].label) == "Người làm thay"
