"""The whole main job in a real browser: from the clerk's request to the inspector's trail."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from processes.cases.models import Case
from tests.browser.people import People
from tests.browser.walk import DAY, Walk, at, begin

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: Its pages are looked at with axe on a narrow screen too.
THOROUGH = True
#: Who conducts, chairs, writes the minutes and counts: in the department, and above it.
UNIT = ("clerk", "head", "party", ("teller1", "teller2"))
ABOVE = ("sc.clerk", "secretary", "standing", ("sc.teller1", "sc.teller2"))
ORGANS = ("ic", "ia", "police")
REQUEST = {
    "need": "Kiện toàn lãnh đạo, số lượng 01.",
    "assignment": "Phụ trách cải cách hành chính.",
}


def test_a_case_goes_from_its_request_to_its_verified_trail(people: People):
    walk = Walk(people)
    approve_policy(walk)
    hold_conferences(walk)
    check_and_consult(walk)
    decide(walk)
    assert walk.case.outcome == "appointed"
    inspect(walk)
    call_command("verify_audit", stdout=StringIO(), stderr=StringIO())
    assert people.complaints == []


def approve_policy(walk: Walk) -> None:
    clerk = walk.people["clerk"]
    clerk.open(walk.code)
    clerk.look("step")
    clerk.send(**REQUEST, source="in_place", outcome="submit")
    walk.do("oc.clerk", outcome="ok")
    walk.conference(ABOVE)


def hold_conferences(walk: Walk) -> None:
    walk.conference(UNIT, outcome="list_passed")
    for _number in (2, 3, 4):
        walk.conference(UNIT)
    walk.upload_all("clerk", only="committee_comment")
    walk.do("party", comment="Nhất trí với nhân sự được giới thiệu.", outcome="clear")
    walk.conference(UNIT)
    walk.upload_all("clerk")


def check_and_consult(walk: Walk) -> None:
    """The organs have their tasks open side by side, and answer one after the other."""
    walk.do("clerk", outcome="submit")
    walk.do("oc.clerk", outcome="complete")
    for organ in ORGANS:
        walk.people[organ].take(walk.code)
    walk.people["police"].look("opinion")
    for organ in ORGANS:
        walk.people[organ].send(stand="agree", text="Không có ý kiến khác.")
    walk.do("oc.head", report="Đủ tiêu chuẩn, điều kiện.", outcome="recommend")


def decide(walk: Walk) -> None:
    """A post of the State: the Committee's vote is carried out by the chair's decision."""
    walk.do("standing", meeting_on=DAY, outcome="scheduled")
    walk.conference(ABOVE)
    walk.do("chair", outcome="issued")
    office = walk.people["office"]
    office.take(walk.code)
    office.look("promulgation")
    left = dict.fromkeys(office.fields("post_"), "left")
    office.send(effective_on=DAY, announced_at="Hội trường Sở Nội vụ", outcome="done", **left)
    office.leave()


def inspect(walk: Walk) -> None:
    """Read the trail, narrow it to the case, take it along as a file, and verify it."""
    inspector = walk.people["inspector"]
    page = inspector.page
    inspector.visit("/trail/")
    inspector.look("trail")
    entries = walk.case.entries.count()
    page.locator("main [name=case]").fill(walk.code)
    page.locator("form.filter button").click()
    page.wait_for_url(f"**case={walk.code}*")
    codes = page.locator(".entries > li a[href^='/cases/']").all_inner_texts()
    assert set(codes) == {walk.code}
    with page.expect_download() as download:
        page.locator("a[href^='/trail.csv']").click()
    lines = list(csv.reader(StringIO(Path(download.value.path()).read_text("utf-8-sig"))))
    assert len(lines) == 1 + entries
    verified = walk.case.entries.count()  # the page that tells of it is a reading itself
    page.locator(f"form[action='/trail/verify/{walk.case.pk}/'] button").click()
    expect(page.locator(".alert-success")).to_contain_text(str(verified))
    inspector.look("case-trail")
    inspector.visit(f"/cases/{walk.case.pk}/")
    inspector.look("case")


def test_an_open_inbox_changes_when_somebody_else_acts(people: People):
    at("check_request", -1)  # a row that can be ticked
    clerk, specialist = people["clerk"], people["oc.clerk"]
    code = begin(clerk)
    with specialist.page.expect_websocket():
        specialist.visit("/inbox/?tab=take")
    rows = specialist.page.locator("#inbox-rows")
    expect(rows).not_to_contain_text(code)
    specialist.page.evaluate("window.loadedOnce = true")
    chosen = rows.locator('input[name="task"]').first
    ticked = rows.locator(f"#{chosen.get_attribute('id')}")
    ticked.check()

    clerk.open(code)
    clerk.send(**REQUEST, source="in_place", outcome="submit")

    expect(rows).to_contain_text(code)
    assert specialist.page.evaluate("window.loadedOnce")
    expect(ticked).to_be_checked()
    expect(ticked).to_be_focused()
    expect(specialist.page.locator("#picked")).to_have_text("1")
    expect(specialist.page.locator("#inbox-news")).not_to_be_empty()
    assert people.complaints == []


def test_refusals_and_lists_are_readable_too(people: People):
    clerk, stranger = people["clerk"], people["stranger"]
    case = Case.objects.get(code=begin(clerk))
    clerk.open(case.code)
    clerk.page.locator("main form button.btn-primary").first.click()
    expect(clerk.page.locator("form .alert-danger")).to_be_focused()
    clerk.look("form-refused")
    for kind, address in {
        "inbox-mine": "/inbox/",
        "cases": "/cases/",
        "withdraw": f"/cases/{case.pk}/actions/withdraw/",
        "forbidden": "/trail/",
    }.items():
        clerk.visit(address)
        clerk.look(kind)
    stranger.visit(f"/cases/{case.pk}/")
    expect(stranger.page.locator("h1")).to_be_visible()
    expect(stranger.page.locator("body")).not_to_contain_text(case.code)
    stranger.look("not-found")
