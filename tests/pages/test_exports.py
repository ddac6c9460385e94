"""Lists as files: what the list shows, as days and texts, and never as a formula."""

import csv
from datetime import date, datetime
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from permissions.checks import today
from processes.audit.models import AuditEntry, Event
from processes.cases.models import Case
from processes.flows import AppointmentInPlaceFlow
from processes.organisation.people import Cadre, Kinship, PostHeld
from processes.pages.exports import Listing, file_of
from processes.steps.opening import open_case
from tests.world import SINCE, make_cadre

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\tx", "＝1")
#: What a workbook takes for an error value.
ERROR = "#N/A"


def content(response):
    return b"".join(response.streaming_content)


def csv_rows(response):
    return list(csv.reader(content(response).decode("utf-8-sig").splitlines()))


def xlsx_cells(response):
    return list(load_workbook(BytesIO(content(response))).active.iter_rows())


def xlsx_rows(response):
    return [[cell.value for cell in row] for row in xlsx_cells(response)]


def last_entry():
    return AuditEntry.objects.filter(event=Event.DOWNLOADED).latest("pk")


@pytest.fixture
def listing():
    return Listing("x", "X", ("text", "day", "number"), [], Cadre._meta.label_lower)


@pytest.mark.parametrize("name", ["cases", "people", "all_positions"])
def test_both_kinds_hold_the_same_rows_and_leave_an_entry(walk, world, browser, name):
    client = browser("inspector")
    in_csv = csv_rows(client.get(reverse(f"{name}_file", args=["csv"])))
    in_xlsx = xlsx_rows(client.get(reverse(f"{name}_file", args=["xlsx"])))
    assert [row[0] for row in in_csv] == [row[0] for row in in_xlsx]
    assert len(in_csv) > 1
    entry = last_entry()
    assert (entry.by, entry.facts["rows"]) == (world["inspector"], len(in_csv) - 1)
    assert entry.facts["kind"] == "xlsx"


@pytest.mark.parametrize("address", ["/cases", "/cadres", "/units/positions"])
def test_the_list_offers_the_file_of_what_it_shows(browser, address):
    page = browser("oc_head").get(f"{address.removesuffix('positions').rstrip('/')}/", {"q": "SNV"})
    for kind in ("csv", "xlsx"):
        assert f'href="{address}.{kind}?q=SNV"' in page.content.decode()


def test_another_kind_of_file_does_not_exist(browser):
    assert browser("oc_head").get("/cases.pdf").status_code == 404


def test_the_file_of_cases_holds_what_the_list_shows(walk, world, browser):
    open_case(AppointmentInPlaceFlow, by=world["clerk"], position=world.positions["state"])
    client = browser("clerk")
    wish = {"q": walk.case.code}
    shown = [case.code for case in client.get("/cases/", wish).context["page"].rows]
    assert [row[0] for row in csv_rows(client.get("/cases.csv", wish))[1:]] == shown
    assert csv_rows(browser("stranger").get("/cases.csv"))[1:] == []


def test_a_row_of_a_case_says_where_it_stands(walk, browser):
    head, row = csv_rows(browser("clerk").get("/cases.csv"))
    said = dict(zip(head, row, strict=True))
    assert said["Procedure"] == "Appointment of staff in place"
    assert said["Where it stands"] == "a01 Request policy approval, Cơ quan SNV"
    assert said["Opened"] == today().isoformat()


def test_of_a_closed_case_the_file_holds_its_cover_only(walk, world, browser):
    candidate = world.candidates[0]
    Case.objects.filter(pk=walk.case.pk).update(candidate=candidate)
    Cadre.objects.filter(pk=candidate.pk).update(user=world["clerk"])
    (row,) = csv_rows(browser("clerk").get("/cases.csv"))[1:]
    assert row[0] == walk.case.code
    assert "closed to you" in row
    assert str(candidate) not in row
    assert today().isoformat() not in row


def test_days_are_days(world, browser):
    cadre = make_cadre(world.units["SNV"], born_on=date(1980, 2, 3))
    wish = {"q": cadre.code}
    assert csv_rows(browser("head").get("/cadres.csv", wish))[1][2] == "1980-02-03"
    cell = xlsx_cells(browser("head").get("/cadres.xlsx", wish))[1][2]
    assert (cell.value, cell.number_format) == (datetime(1980, 2, 3), "dd/mm/yyyy")


def test_a_relative_is_not_in_the_file(world, browser):
    cadre = make_cadre(world.units["SNV"])
    own = Cadre.objects.get(user=world["head"])
    codes = [row[1] for row in csv_rows(browser("head").get("/cadres.csv"))]
    assert {cadre.code, own.code} <= set(codes)
    Kinship.objects.create(cadre=own, relative=cadre, relation="anh em ruột")
    assert cadre.code not in [row[1] for row in csv_rows(browser("head").get("/cadres.csv"))]


def test_positions_of_one_unit_are_a_file_of_their_own(world, browser):
    unit, post = world.units["SNV"], world.positions["party"]
    cadre = make_cadre(unit)
    PostHeld.objects.create(
        cadre=cadre, position=post, title=post.title, group=post.group, unit=unit, since=SINCE
    )
    rows = csv_rows(browser("clerk").get(reverse("positions_file", args=[unit.pk, "csv"])))[1:]
    assert {row[1]: row[6] for row in rows} == {"SNV-party": str(cadre), "SNV-state": "vacant"}
    assert last_entry().unit == unit
    other = reverse("positions_file", args=[world.units["STC"].pk, "csv"])
    assert browser("clerk").get(other).status_code == 404


@pytest.mark.parametrize("text", FORMULAS)
def test_a_cell_that_looks_like_a_formula_stays_a_text(world, listing, text):
    listing.rows.append([text, today(), 3])
    row = csv_rows(file_of(listing, "csv", by=world["oc_head"]))[1]
    assert row == [f"'{text}", today().isoformat(), "3"]
    cell, day, number = xlsx_cells(file_of(listing, "xlsx", by=world["oc_head"]))[1]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", text, True)
    assert (day.is_date, number.value) == (True, 3)


def test_a_cell_that_looks_like_an_error_stays_a_text(world, listing):
    listing.rows.append([ERROR, None, 0])
    cell = xlsx_cells(file_of(listing, "xlsx", by=world["oc_head"]))[1][0]
    assert (cell.data_type, cell.value) == ("s", ERROR)


def test_signs_that_no_workbook_can_hold_are_left_out(world, listing):
    listing.rows.append(["a\x00b\x0bc", None, 0])
    assert xlsx_rows(file_of(listing, "xlsx", by=world["oc_head"]))[1] == ["abc", None, 0]


def test_an_export_costs_the_same_for_many_rows(world, browser, django_assert_max_num_queries):
    for _n in range(30):
        make_cadre(world.units["SNV"])
    client = browser("head")
    with django_assert_max_num_queries(14):
        content(client.get("/cadres.xlsx"))
