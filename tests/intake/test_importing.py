"""Import of people: what becomes of each row, and that all of them go in or none."""

from datetime import date, datetime

import pytest
from django.core.management import CommandError, call_command

from permissions.checks import today
from permissions.models import User
from processes.audit.models import AuditEntry, Event
from processes.cases.models import Case
from processes.intake.fates import Fate
from processes.intake.importing import WrongRows, enter, examine
from processes.intake.reading import Unreadable
from processes.organisation.people import Cadre, Kinship, Planning, PostHeld, Theory
from processes.organisation.units import Unit, UnitName
from tests.intake.files import csv_file, person, planned, post, xlsx
from tests.make import FLOW
from tests.world import SINCE

CODE = "026080000001"


def examined(by=None, **lists):
    return examine([("people.xlsx", xlsx(**lists))], by=by)


def entered(by=None, **lists):
    return enter([("people.xlsx", xlsx(**lists))], by=by)


def faults(**lists):
    return [
        (row.line.place, row.line.number, fault.letter, fault.heading, fault.reason)
        for row in examined(**lists)
        for fault in row.faults
    ]


def the_fault(**lists):
    [(_sheet, _row, _letter, _heading, reason)] = faults(**lists)
    return reason


def test_people_their_posts_and_planning_are_entered_together(world):
    entered(posts=[post()], planning=[planned()], cadres=[person()])
    cadre = Cadre.objects.get(code=CODE)
    assert (cadre.family_name, cadre.middle_name, cadre.given_name) == ("Nguyễn", "Thị Thử", "Hà")
    assert (cadre.born_on, cadre.sex, cadre.theory) == (date(1984, 2, 3), "female", Theory.ADVANCED)
    assert cadre.unit == world.units["SNV"]
    assert cadre.posthelds.get().since == date(2020, 6, 1)
    assert cadre.plannings.get().group == world.group


def test_a_new_person_is_sorted_by_the_given_name_like_all_others(world):
    entered(cadres=[person(name="Trần Văn Ăn"), person("026080000002", name="Lê Thị Yến")])
    names = [str(c) for c in Cadre.objects.filter(code__startswith="02608").order_by("name_sort")]
    assert names == ["Trần Văn Ăn", "Lê Thị Yến"]


def test_days_and_numbers_are_read_as_spreadsheets_keep_them(world):
    entered(cadres=[person(26080000001, born=datetime(1984, 2, 3))])
    assert Cadre.objects.get(code=CODE).born_on == date(1984, 2, 3)


def test_a_title_may_stand_above_the_heading_and_columns_in_another_order(world):
    text = "DANH SÁCH CÁN BỘ\n\nSTT;Họ và tên *;Nam/Nữ;Ngày, tháng, năm sinh;CCCD;Cơ quan\n"
    text += f"1;Lê Văn Thử;Nam;03-02-1984;{CODE};Cơ quan SNV\n"
    enter([("ds.csv", text.encode())], by=None)
    assert str(Cadre.objects.get(code=CODE)) == "Lê Văn Thử"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_files_of_any_separator_are_read_together(world, separator):
    files = [
        ("a.csv", csv_file("cadres", [person()], separator)),
        ("b.csv", csv_file("posts", [post()], separator)),
    ]
    assert [row.fate for row in enter(files, by=None)] == [Fate.NEW, Fate.NEW]


def test_a_second_time_nothing_changes_and_no_entry_is_written(world):
    lists = {"cadres": [person()], "posts": [post()], "planning": [planned()]}
    entered(**lists)
    before = AuditEntry.objects.count()
    assert {row.fate for row in entered(**lists)} == {Fate.SAME}
    assert AuditEntry.objects.count() == before


def test_a_dry_run_says_what_becomes_of_every_row_and_enters_nothing(world):
    entered(cadres=[person()], posts=[post()])
    rows = examined(
        cadres=[person(), person("026080000002")], posts=[post(until="01/06/2024"), post()]
    )
    assert [row.fate for row in rows] == [Fate.SAME, Fate.NEW, Fate.CHANGED, Fate.WRONG]
    assert not Cadre.objects.filter(code="026080000002").exists()
    assert PostHeld.objects.get(cadre__code=CODE).until is None


def test_a_change_has_an_entry_with_what_stood_there_before(world):
    entered(cadres=[person()])
    entered(cadres=[person(name="Nguyễn Thị Thử Hoa", theory="")])
    cadre = Cadre.objects.get(code=CODE)
    entry = AuditEntry.objects.filter(event=Event.CHANGED).latest("pk")
    assert entry.facts["old"] == {"given_name": "Hà"}
    assert entry.facts["new"] == {"given_name": "Hoa"}
    assert (entry.facts["id"], cadre.theory) == (cadre.pk, Theory.ADVANCED)


def test_one_entry_tells_of_the_import_with_the_digest_of_the_file(world):
    entered(by=world["admin"], cadres=[person()], posts=[post()])
    entry = AuditEntry.objects.get(event=Event.IMPORTED, facts__what="people")
    assert entry.facts["counts"] == {"new": 2, "changed": 0, "same": 0, "wrong": 0}
    assert (entry.by, entry.role) == (world["admin"], "administrator")
    assert entry.unit == world.units["P26"]
    assert entry.documents == list(entry.facts["files"].values())


def test_one_wrong_row_keeps_all_out(world):
    with pytest.raises(WrongRows) as refusal:
        entered(cadres=[person(), person("026080000002", born="31/02/1980")])
    assert [row.line.number for row in refusal.value.rows] == [3]
    assert not Cadre.objects.filter(code=CODE).exists()


def test_an_error_names_sheet_row_and_column(world):
    [found] = faults(cadres=[person(), person("026080000002", born="mai")])
    assert found == ("Cán bộ", 3, "C", "Ngày sinh", "“mai” is no day; write it as 31/12/2020.")


@pytest.mark.parametrize(("row", "said"), [
    (person(""), "The cell is empty."),
    (person("abc"), "An identity number has 4 to 20 digits or letters."),
    (person(name="Hà"), "Write the whole name, family name first."),
    (person(sex="x"), "“x” is not known; write one of: Nam, Nữ."),
    (person(unit="Sở Lạ"), "There is no unit “Sở Lạ” here."),
    (person(born="01/01/2999", joined=""), "The day lies in the future."),
    (person(joined="03/02/1984"), "The day must come after 03/02/1984."),
    (person(theory="giỏi"), "“giỏi” is not known; write one of: Cao cấp,"),
])  # fmt: skip
def test_what_is_wrong_with_a_person_is_said(world, row, said):
    assert the_fault(cadres=[row]).startswith(said)


@pytest.mark.parametrize(("row", "said"), [
    (post("026080000009"), "Nobody has this identity number; enter the person as well."),
    (post(group="lạ"), "There is no title group “lạ” here."),
    (post(position="lạ"), "There is no position “lạ” here."),
    (post(until="01/06/2019"), "The day must come after 01/06/2020."),
    (post(since="01/01/1984", ends=""), "The day comes before the date of birth."),
    (post(unit="STC", position="SNV-party"), "The position is of another: Cơ quan SNV."),
    (post(title="x" * 201), "The text is too long."),
])  # fmt: skip
def test_what_is_wrong_with_a_post_is_said(world, row, said):
    assert the_fault(cadres=[person()], posts=[row]) == said


def test_a_day_out_of_reach_is_refused_as_on_the_page_of_the_person(world):
    assert the_fault(posts=[post(ends="31/12/9999")], cadres=[person()]).endswith("check the year.")


def test_the_same_number_twice_is_a_fault_of_the_second_row(world):
    [found] = faults(cadres=[person(), person()])
    assert found[1:3] == (3, "A")
    assert found[4] == "The same stands in “Cán bộ”, row 2."


@pytest.mark.parametrize("lists", [{"posts": [post(), post()]}, {"planning": [planned()] * 2}])
def test_the_same_post_or_planning_twice_is_a_fault(world, lists):
    assert {fault[1] for fault in faults(cadres=[person()], **lists)} == {3}


def test_a_post_of_a_person_whose_row_is_wrong_waits_for_it(world):
    found = faults(cadres=[person(sex="x")], posts=[post()])
    assert [fault[4] for fault in found][1:] == ["Correct the row of this person first."]


def test_a_post_that_is_full_takes_nobody_else(world):
    PostHeld.objects.create(
        cadre=world.candidates[0], position=world.positions["party"], title="Phó giám đốc",
        group=world.group, unit=world.units["SNV"], since=SINCE,
    )  # fmt: skip
    lists = {"cadres": [person()], "posts": [post(position="SNV-party")]}
    assert the_fault(**lists) == "The post has 1 seats, all of them held."
    lists["posts"] = [post(position="SNV-party", until="01/06/2021")]
    assert faults(**lists) == []


def test_a_unit_is_found_by_the_name_that_it_had(world):
    UnitName.objects.create(
        unit=world.units["STC"], name="Ty Tài chính", valid_from=SINCE, valid_to=date(2019, 1, 1)
    )
    entered(cadres=[person(unit="ty tài chính")])
    assert Cadre.objects.get(code=CODE).unit == world.units["STC"]


def test_a_post_is_in_the_unit_of_its_day(world):
    new, old = world.units["SNV"], world.units["STC"]
    Unit.objects.filter(pk=old.pk).update(name=new.name, valid_to=date(2021, 1, 1))
    Unit.objects.filter(pk=new.pk).update(valid_from=date(2021, 1, 1))
    entered(cadres=[person()], posts=[post(unit=new.name), post(unit=new.name, since="01/06/2022")])
    units = PostHeld.objects.filter(cadre__code=CODE).order_by("since").values_list("unit")
    assert [number for (number,) in units] == [old.pk, new.pk]


def test_an_administrator_enters_nobody_of_another_province(world):
    other = world.units["STC"]
    Unit.objects.filter(pk=other.pk).update(province=other)
    [row] = examined(by=world["admin"], cadres=[person(unit="STC")])
    assert [fault.reason for fault in row.faults] == ["There is no unit “STC” here."]


def test_nobody_enters_facts_about_themselves_or_a_relative(world):
    relative, other, third = world.candidates[:3]
    own = world["head"].cadre
    Cadre.objects.filter(user=world["admin"]).update(user=None)
    other.user = world["admin"]
    other.save()
    Kinship.objects.create(cadre=relative, relative=other, relation="anh em ruột")
    admin = User.objects.get(pk=world["admin"].pk)
    rows = examined(by=admin, posts=[post(c.code) for c in (relative, other, third, own)])
    assert [bool(row.faults) for row in rows] == [True, True, False, False]


def test_who_works_on_cases_enters_nothing_about_the_people_of_an_open_case(world):
    cadre, other = world.candidates[:2]
    Case.objects.create(
        flow_class=FLOW, code="case1", unit=cadre.unit, province=world.units["P26"],
        candidate=cadre, opened_on=today(), edition="R377",
    )  # fmt: skip
    posts = [post(cadre.code), post(other.code)]
    assert [bool(r.faults) for r in examined(by=world["oc_clerk"], posts=posts)] == [True, False]
    assert [bool(r.faults) for r in examined(by=world["admin"], posts=posts)] == [False, False]


@pytest.mark.parametrize(("name", "content", "said"), [
    ("a.csv", b"a,b\n1,2\n", "a.csv: no row with the headings of the template was found."),
    ("a.csv", "Số định danh,Họ và tên,Đơn vị\n".encode(), "a.csv, row 1: add the columns Ngày"),
    ("a.csv", "Số định danh,Họ".encode("utf-16"), "a.csv: save the file as UTF-8."),
    ("a.xlsx", b"PK nothing", "This is not an XLSX file, whatever its name says."),
])  # fmt: skip
def test_a_file_that_is_no_list_is_refused_as_a_whole(world, name, content, said):
    with pytest.raises(Unreadable) as refusal:
        examine([(name, content)], by=None)
    assert str(refusal.value).startswith(said)


def test_the_command_says_what_becomes_of_every_row(world, tmp_path, capsys):
    path = tmp_path / "people.xlsx"
    path.write_bytes(xlsx(cadres=[person()]))
    call_command("import_people", path, dry_run=True)
    said = capsys.readouterr().out
    assert f"Cán bộ, 2: {CODE} Nguyễn Thị Thử Hà: new" in said
    assert "1 new, 0 changed, 0 as they were, 0 wrong." in said
    assert not Cadre.objects.filter(code=CODE).exists()
    call_command("import_people", path)
    assert Cadre.objects.filter(code=CODE).exists()


def test_the_command_names_every_wrong_row(world, tmp_path):
    path = tmp_path / "people.xlsx"
    path.write_bytes(xlsx(cadres=[person(sex="x"), person()], planning=[planned("0000")]))
    with pytest.raises(CommandError) as failure:
        call_command("import_people", path)
    assert "Cán bộ, 2" in str(failure.value)
    assert "Quy hoạch, 2" in str(failure.value)
    assert Planning.objects.filter(cadre__code="0000").count() == 0
