"""The pages of the import: send, look at every row, enter all; and who may."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override
from openpyxl import load_workbook

from permissions.errors import Conflict
from processes.intake.importing import enter
from processes.intake.models import PeopleImport
from processes.intake.progress import Progress, folder
from processes.intake.sending import approve
from processes.intake.sheets import KINDS
from processes.intake.template import csv_of, workbook
from processes.organisation.people import Cadre
from tests.intake.files import person, post, xlsx
from tests.pages.conftest import words

CODE = "026080000001"
START = "/people/import/"


def sent(client, **lists):
    file = SimpleUploadedFile("people.xlsx", xlsx(**lists))
    there = client.post(START, {"file": file}).url
    return PeopleImport.objects.get(pk=int(there.strip("/").rpartition("/")[2]))


def page(client, run):
    return client.get(reverse("people_import_file", args=[run.pk]))


def work(client, run, **data):
    response = client.post(reverse("people_import_work", args=[run.pk]), data)
    run.refresh_from_db()
    return response


def test_a_file_is_checked_looked_at_and_entered(world, browser):
    client = browser("oc_clerk")
    run = sent(client, cadres=[person()], posts=[post()])
    assert "Waiting to begin" in words(page(client, run))
    work(client, run)
    assert run.state == "checked"
    assert not Cadre.objects.filter(code=CODE).exists()
    said = words(page(client, run))
    assert "Enter all rows" in said
    assert f"{CODE} Nguyễn Thị Thử Hà" in said
    work(client, run, approve=1)
    assert run.state == "approved"
    work(client, run)
    assert run.state == "done"
    assert Cadre.objects.get(code=CODE).posthelds.count() == 1
    assert "entered" in words(page(client, run))


def test_the_page_asks_for_the_progress_and_begins_by_itself(world, browser):
    client = browser("admin")
    run = sent(client, cadres=[person()])
    html = words(page(client, run))
    assert f'hx-get="{reverse("people_import_progress", args=[run.pk])}"' in html
    assert 'hx-trigger="load, submit"' in html
    Progress(run.pk)("check", 1500, 10000)
    said = words(client.get(reverse("people_import_progress", args=[run.pk])))
    assert "Checking the rows: 1500 of 10000 rows" in said
    assert 'value="1500" max="10000"' in said
    there = reverse("people_import_work", args=[run.pk])
    answer = client.post(there, headers={"hx-request": "true"})
    assert answer["HX-Redirect"] == reverse("people_import_file", args=[run.pk])
    assert Progress(run.pk).read() == ("", 0, 0)


def test_a_wrong_row_is_shown_with_its_column_and_nothing_can_be_entered(world, browser):
    client = browser("admin")
    run = sent(client, cadres=[person(sex="x"), person("026080000002")])
    work(client, run)
    assert (run.state, run.counts["wrong"]) == ("wrong", 1)
    said = words(client.get(reverse("people_import_file", args=[run.pk]), {"fate": "wrong"}))
    assert "Column D (Giới tính): “x” is not known" in said
    assert "026080000002" not in said
    assert work(client, run, approve=1).status_code == 409
    work(client, run)
    assert not Cadre.objects.filter(code="026080000002").exists()


def test_a_file_that_is_no_table_says_what_to_do(world, browser):
    client = browser("admin")
    there = client.post(START, {"file": SimpleUploadedFile("a.csv", b"a,b")}).url
    run = PeopleImport.objects.get()
    work(client, run)
    assert run.state == "wrong"
    assert "no row with the headings of the template was found" in words(client.get(there))


def test_where_data_have_changed_since_the_check_nothing_is_entered(world, browser):
    client = browser("admin")
    run = sent(client, cadres=[person()], posts=[post()])
    work(client, run)
    enter([("x.xlsx", xlsx(cadres=[person()]))], by=None)
    work(client, run, approve=1)
    work(client, run)
    assert (run.state, run.counts["same"]) == ("checked", 1)
    assert "The data have changed since the rows were checked" in words(page(client, run))
    assert Cadre.objects.get(code=CODE).posthelds.count() == 0


def test_a_file_is_kept_no_longer_than_it_is_needed(
    world, browser, django_capture_on_commit_callbacks
):
    client = browser("admin")
    with django_capture_on_commit_callbacks(execute=True):
        first = sent(client, cadres=[person()])
        second = sent(client, cadres=[person()])
        work(client, first)
        work(client, second)
        work(client, second, approve=1)
        work(client, second)
    assert (first.state, second.state) == ("sent", "done")
    assert not any((folder() / f"{run.pk}.table").exists() for run in (first, second))


@pytest.mark.parametrize("name", ["people_import_file", "people_import_progress"])
def test_a_file_of_somebody_else_does_not_exist(world, browser, name):
    run = sent(browser("oc_clerk"), cadres=[person()])
    assert browser("admin").get(reverse(name, args=[run.pk])).status_code == 404
    assert work(browser("admin"), run).status_code == 404


@pytest.mark.parametrize("who", ["clerk", "oc_head", "inspector", "stranger"])
def test_nobody_else_may_import(world, browser, who):
    assert browser(who).get(START).status_code == 403
    assert browser(who).post(START, {"file": SimpleUploadedFile("a", b"x")}).status_code == 403
    assert "Import people" not in words(browser(who).get("/inbox/"))


def test_only_what_was_checked_is_approved(world, browser):
    run = sent(browser("admin"), cadres=[person()])
    with pytest.raises(Conflict):
        approve(run, by=world["admin"])


def test_an_empty_file_is_refused_at_once(world, browser):
    response = browser("admin").post(START, {"file": SimpleUploadedFile("a.csv", b"")})
    assert response.status_code == 422


def test_the_template_can_be_filled_in_and_imported(world, browser):
    client = browser("oc_clerk")
    content = client.get("/people/import/templates/people.xlsx").content
    book = load_workbook(BytesIO(content))
    assert book.sheetnames[:3] == ["Cán bộ", "Chức vụ", "Quy hoạch"]
    book["Cán bộ"].delete_rows(2, 600)
    book["Cán bộ"].append(person())
    filled = BytesIO()
    book.save(filled)
    [row] = enter([("people.xlsx", filled.getvalue())], by=None)
    assert row.label == f"{CODE} Nguyễn Thị Thử Hà"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_list_has_a_template_as_csv(world, browser, kind):
    content = browser("admin").get(f"/people/import/templates/{kind.name}.csv").content
    assert content == csv_of(kind)
    assert all(column.heading in content.decode() for column in kind.columns)


def test_there_is_no_other_template(world, browser):
    assert browser("admin").get("/people/import/templates/x.csv").status_code == 404


def test_the_guide_names_the_title_groups_of_the_site(world):
    with override("vi"):
        book = load_workbook(BytesIO(workbook()))
    guide = [cell.value for row in book.worksheets[3] for cell in row if cell.value]
    assert {"deputy-director", "Phó giám đốc sở"} <= set(guide)
