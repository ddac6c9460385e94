"""Who stands above the issuing organ, in the form of the Party and of the State."""

import pytest

from permissions.checks import today
from processes.dossiers.letterhead import letterhead
from processes.organisation.units import Unit, UnitName
from tests import make


@pytest.fixture
def province(db):
    unit = make.province()
    unit.name = "Tỉnh Vĩnh Phúc"
    unit.save()
    return unit


def organ(province, name, kind):
    unit = make.unit(province)
    Unit.objects.filter(pk=unit.pk).update(name=name, kind=kind, parent=province)
    return Unit.objects.get(pk=unit.pk)


@pytest.mark.parametrize(
    ("name", "kind", "superior"),
    [
        ("Ban Tổ chức Tỉnh ủy", "party_organ", "TỈNH ỦY VĨNH PHÚC"),
        ("Sở Nội vụ", "department", "ỦY BAN NHÂN DÂN TỈNH VĨNH PHÚC"),
    ],
)
def test_an_organ_stands_below_its_committee(province, name, kind, superior):
    head = letterhead(organ(province, name, kind), province=province, on=today())
    assert (head.superior, head.organ, head.place) == (superior, name.upper(), "Vĩnh Phúc")


def test_the_provincial_committee_stands_below_nobody(province):
    head = letterhead(province, province=province, on=today())
    assert (head.superior, head.organ, head.state) == ("", "TỈNH ỦY VĨNH PHÚC", False)


def test_the_peoples_committee_stands_below_nobody(province):
    unit = organ(province, "Ủy ban nhân dân tỉnh", "state_organ")
    head = letterhead(unit, province=province, on=today())
    assert (head.superior, head.organ) == ("", "ỦY BAN NHÂN DÂN TỈNH VĨNH PHÚC")


def test_a_city_has_a_city_committee(province):
    province.name = "Thành phố Cần Thơ"
    head = letterhead(province, province=province, on=today())
    assert (head.organ, head.place) == ("THÀNH ỦY CẦN THƠ", "Cần Thơ")


def test_an_organ_bears_the_name_of_the_day(province):
    unit = organ(province, "Sở Nội vụ", "department")
    UnitName.objects.create(
        unit=unit, name="Sở Tổ chức", valid_from=make.SINCE, valid_to=today()
    )  # fmt: skip
    assert letterhead(unit, province=province, on=make.SINCE).organ == "SỞ TỔ CHỨC"
