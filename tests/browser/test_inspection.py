"""A whole inspection in a real browser: over two cases, to a conclusion that a second one signs."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from permissions.catalogue import Act
from permissions.checks import holders, today
from processes.cases.models import Case
from processes.inspections.models import InspectionFinding
from tests.browser.people import People, Person
from tests.browser.walk import apart, at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "Việc thực hiện quy trình bổ nhiệm và bảo quản hồ sơ nhân sự"
NOTE = "Biên bản hội nghị lập sau ba ngày làm việc; đã xem bản gốc tại phòng tổ chức."
FINDING = "Chưa lấy ý kiến bằng văn bản của cấp ủy trước hội nghị cuối cùng."
REQUEST = "Đề nghị giải trình vì sao chưa lấy ý kiến cấp ủy, trách nhiệm thuộc về ai."
ANSWER = "Do sơ suất khi chuẩn bị hội nghị; đơn vị đã bổ sung văn bản và rút kinh nghiệm."
ADVICE = "Rà soát, chấn chỉnh việc lập và lưu trữ hồ sơ nhân sự."
DUE = (today() + timedelta(days=30)).isoformat()
CONCLUSION = "Đơn vị cơ bản thực hiện đúng quy trình; còn khuyết điểm đã nêu."


def test_an_inspection_from_its_first_case_to_the_second_signature(people: People):
    cases = [at("check_request", number) for number in range(2)]
    who = apart(lambda: holders(Act.ANSWER, [cases[0].unit_id])[0].username)
    inspector, head, second = (people[name] for name in ("inspector", who, "inspector2"))
    code = opened(inspector, cases)
    write(inspector, cases[0])
    inspector.open(code)
    inspector.look("examine")
    inspector.send(outcome="ask")
    explained(head, code)
    concluded(inspector, code)
    signed(second, code)
    read_afterwards(inspector, head, code)
    call_command("verify_audit", stdout=StringIO(), stderr=StringIO())
    assert people.complaints == []


def opened(inspector: Person, cases: list[Case]) -> str:
    """From the list of inspections; all cases are named at once."""
    page = inspector.page
    inspector.visit("/inspections/")
    inspector.look("no-inspections")
    page.locator("main a[href^='/start/']").click()
    inspector.look("inspection-begins")
    codes = "\n".join(case.code for case in cases)
    inspector.send(title=TITLE, basis="Chương trình kiểm tra năm", codes=codes)
    page.locator("main a[href^='/inspections/']").click()
    inspected = page.locator("section[aria-labelledby=inspected] li")
    expect(inspected).to_have_count(len(cases))
    return page.locator(".breadcrumb [aria-current=page]").inner_text()


def write(inspector: Person, case: Case) -> None:
    """A note about all cases, and a finding with its level, a request and advice about one."""
    about = {"unit": case.unit_id, "case": case.pk}
    level = InspectionFinding.Level.VIOLATION.value
    add(inspector, "note", "notes", text=NOTE)
    add(inspector, "finding", "findings", text=FINDING, **about, level=level, basis="Quy trình")
    add(inspector, "request", "requests", text=REQUEST, **about)
    add(inspector, "recommendation", "advice", text=ADVICE, **about, due_on=DUE)
    finding = inspector.page.locator("section[aria-labelledby=findings] figcaption")
    expect(finding).to_contain_text(case.code)
    expect(finding).to_contain_text("vi phạm")
    inspector.look("inspection-written")


def add(inspector: Person, what: str, section: str, **said: str | int) -> None:
    """Add something; it stands on the page of the inspection."""
    page = inspector.page
    page.locator(f"main a[href$='/{what}/']").click()
    inspector.look(f"add-{what}")
    inspector.send(**said)
    expect(page.locator(f"section[aria-labelledby={section}]")).to_contain_text(str(said["text"]))


def explained(head: Person, code: str) -> None:
    """The unit finds the request in its inbox with a day, and answers under what it is asked."""
    row = head.row(code, "take")
    expect(row.locator("time").first).to_be_visible()
    head.take(code)
    expect(head.page.locator("main")).to_contain_text(REQUEST)
    expect(head.page.locator("main")).not_to_contain_text(NOTE)
    head.look("explain")
    head.send(text=ANSWER)


def concluded(inspector: Person, code: str) -> None:
    """The draft says of each finding whether it stands; whoever wrote it does not sign it."""
    inspector.take(code)
    inspector.look("draft")
    (upheld,) = set(inspector.fields("upheld_"))
    inspector.send(**{upheld: "yes"}, text=CONCLUSION, outcome="submit")
    row = inspector.row(code, "take")
    expect(row.locator("[id^=why-]")).to_contain_text("phải do người khác phê duyệt")


def signed(second: Person, code: str) -> None:
    second.take(code)
    expect(second.page.locator("main")).to_contain_text(CONCLUSION)
    second.look("sign")
    second.send(outcome="signed")
    second.look("signed")


def read_afterwards(inspector: Person, head: Person, code: str) -> None:
    """The inspection is over with its conclusion as a paper; the unit reads what was concluded."""
    page = inspector.page
    inspector.visit("/inspections/")
    line = page.locator("main tbody tr", has_text=code)
    expect(line).to_contain_text(TITLE)
    inspector.look("inspections")
    line.locator("a").click()
    for words in (NOTE, FINDING, REQUEST, ANSWER, ADVICE):
        expect(page.locator("main")).to_contain_text(words)
    expect(page.locator("section[aria-labelledby=findings] strong").last).to_be_visible()
    expect(page.locator("section[aria-labelledby=dossier] a").first).to_be_visible()
    expect(page.locator("main a[href$='/note/']")).to_have_count(0)
    inspector.look("inspection-over")
    inspection = apart(lambda: Case.objects.get(code=code))
    assert (inspection.outcome, inspection.facts["signed"]["number"] != "") == ("inspected", True)
    head.visit(f"/cases/{inspection.pk}/")
    told = head.page.locator("main")
    expect(told).to_contain_text(CONCLUSION)
    expect(told).not_to_contain_text(NOTE)
    head.look("inspection-for-the-unit")
