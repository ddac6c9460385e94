from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from processes.audit.models import AuditEntry
from processes.organisation.unit_files import DATA, ImportFailed
from processes.organisation.unit_import import import_units
from processes.organisation.units import Unit

SINCE, LATER = date(2021, 1, 1), date(2025, 7, 1)
PROVINCE, DISTRICT, COMMUNE = "P1,Tỉnh A,province,", "D1,Huyện B,district,P1", "C1,Xã C,commune,D1"

pytestmark = pytest.mark.django_db


def load(*paths, since=SINCE):
    return import_units(paths, by=None, since=since)


def reasons(path, since=SINCE):
    with pytest.raises(ImportFailed) as failure:
        load(path, since=since)
    return [(bad.line, bad.reason) for bad in failure.value.rows]


def test_units_are_loaded_with_parent_and_province(units_csv):
    load(units_csv(COMMUNE, DISTRICT, PROVINCE))
    commune = Unit.objects.get(code="C1")
    assert (commune.parent.code, commune.province.code) == ("D1", "P1")


def test_a_province_is_its_own_province(units_csv):
    load(units_csv(PROVINCE))
    unit = Unit.objects.get(code="P1")
    assert unit.province == unit


def test_organs_have_a_kind_and_their_own_level(units_csv):
    heading = "code,name,kind,parent_code"
    organs = units_csv("SNV,Sở Nội vụ,department,P1", heading=heading, name="o.csv")
    load(units_csv(PROVINCE), organs)
    unit = Unit.objects.get(code="SNV")
    assert (unit.kind, unit.level.code) == ("department", "organ")


def test_two_provinces_may_have_organs_of_one_code(units_csv):
    heading = "code,name,kind,parent_code"
    rows = [f"SNV,Sở Nội vụ,department,{code}" for code in ("P1", "P2")]
    organs = units_csv(*rows, heading=heading, name="o.csv")
    load(units_csv(PROVINCE, "P2,Tỉnh Z,province,"), organs)
    assert Unit.objects.filter(code="SNV", valid_to=None).count() == 2


def test_a_second_time_nothing_changes_and_no_entry_is_written(units_csv):
    path = units_csv(PROVINCE, DISTRICT)
    load(path)
    before = list(Unit.objects.values()), AuditEntry.objects.count()
    assert not load(path, since=LATER).changed
    assert (list(Unit.objects.values()), AuditEntry.objects.count()) == before


def test_an_import_leaves_an_entry_with_digest_and_counts(units_csv):
    load(units_csv(PROVINCE, DISTRICT))
    entry = AuditEntry.objects.get(event="imported")
    assert entry.facts["counts"] == {"added": 2, "renamed": 0, "replaced": 0, "unchanged": 0}
    assert entry.documents == [entry.facts["files"]["u.csv"]]


def test_a_renamed_unit_keeps_its_id_and_its_name_of_then(units_csv):
    load(units_csv(PROVINCE))
    unit = Unit.objects.get(code="P1")
    load(units_csv("P1,Tỉnh Mới,province,"), since=LATER)
    unit.refresh_from_db()
    assert (unit.name_on(SINCE), unit.name_on(LATER)) == ("Tỉnh A", "Tỉnh Mới")


def test_the_file_of_before_a_rename_changes_nothing(units_csv):
    old = units_csv(PROVINCE)
    load(old)
    load(units_csv("P1,Tỉnh Mới,province,", name="new.csv"), since=LATER)
    assert not load(old).changed


def test_a_unit_that_moves_is_ended_and_has_a_successor(units_csv):
    load(units_csv(PROVINCE, DISTRICT, COMMUNE))
    load(units_csv("P2,Tỉnh Z,province,", "C1,Xã C,commune,P2"), since=LATER)
    old = Unit.objects.get(code="C1", valid_to=LATER)
    assert old.successor == Unit.objects.get(code="C1", valid_to=None)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (",Xã X,commune,D1", "code is empty"),
        ("C2,,commune,D1", "name is empty"),
        ("C2,Xã X,commune,D1,more", "too many columns"),
        ("C2,Xã X,hamlet,D1", "hamlet"),
        ("C2,Xã X,commune,D9", "D9"),
        ("C1,Xã X,commune,D1", "line 4"),
        ("C2,Xã X,commune,C1", "higher level"),
        ("C2,Xã X,commune,C2", "own parent"),
        ("C2,Xã X,commune,", "Name the unit above it"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_loaded(units_csv, row, words):
    with override("en"):
        [(line, reason)] = reasons(units_csv(PROVINCE, DISTRICT, COMMUNE, row))
    assert (line, words in reason) == (5, True), reason
    assert not Unit.objects.exists()


def test_every_bad_row_is_named(units_csv):
    path = units_csv("C1,Xã C,commune,D8", "C2,Xã D,commune,D9")
    assert [line for line, _reason in reasons(path)] == [2, 3]


def test_what_lies_below_a_bad_row_is_not_blamed(units_csv):
    path = units_csv("D1,Huyện B,district,P9", COMMUNE)
    assert [line for line, _reason in reasons(path)] == [2]


def test_a_unit_cannot_be_loaded_from_before_it_began(units_csv):
    path = units_csv(PROVINCE)
    load(path, since=LATER)
    assert [line for line, _reason in reasons(path)] == [2]


def test_a_file_without_its_columns_is_refused(units_csv):
    [(line, reason)] = reasons(units_csv("P1,A", heading="code,name"))
    assert (line, "level, parent_code" in reason) == (1, True)


def test_a_file_in_another_encoding_is_refused(tmp_path):
    path = tmp_path / "u.csv"
    path.write_bytes("code,name,level,parent_code\nP1,Tỉnh,province,\n".encode("utf-16"))
    [(line, reason)] = reasons(path)
    assert (line, "UTF-8" in reason) == (0, True)


def test_the_command_names_file_and_line(units_csv):
    path = units_csv("C1,Xã C,commune,D9")
    with pytest.raises(CommandError, match=r"u\.csv.*2"):
        call_command("import_units", str(path))


def test_the_command_refuses_a_day_out_of_reach(units_csv):
    with pytest.raises(CommandError, match="01/01/1900"):
        call_command("import_units", str(units_csv(PROVINCE)), "--from", "9999-12-31")
    assert not Unit.objects.exists()


def test_the_command_loads_the_lists_of_the_product():
    out = StringIO()
    files = [str(DATA / name) for name in ("units_2021_vinh_phuc.csv", "organs_2021_province.csv")]
    call_command("import_units", *files, "--from", "2021-01-01", stdout=out)
    assert "171" in out.getvalue()
    call_command("import_units", str(DATA / "units_2025_phu_tho.csv"), "--from", "2025-07-01")
    assert Unit.objects.in_force(LATER).filter(code="C08707").get().province.code == "P25"
