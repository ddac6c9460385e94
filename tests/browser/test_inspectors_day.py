"""A day of an inspector in a real browser: who saw what, how it was then, is it still so."""

import subprocess
import sys
from datetime import timedelta
from io import StringIO
from pathlib import Path
from unicodedata import normalize

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from permissions.checks import today
from processes.cases.models import Case
from processes.demo.log import build_log
from processes.demo.province import Province
from processes.demo.stories import advance
from processes.demo.walk import Walk
from processes.flows import AppointmentInPlaceFlow
from processes.inspections.models import InspectionFinding
from tests.browser.live import ROOT
from tests.browser.looks import NARROW
from tests.browser.people import People, Person
from tests.browser.test_mornings import choose
from tests.browser.walk import apart

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: On which of the last days the case went on, and up to which step.
DAYS = {2: "check_request", 1: "decide_policy"}
VERIFIER = ROOT / "verifier" / "verify_evidence.py"


def test_a_day_of_an_inspector(people: People, tmp_path: Path):
    case = apart(begun)
    people["oc.head"].visit(f"/cases/{case.pk}/")
    apart(lambda: advance(Walk(case), "conference_1"))
    reader = people.site.account("oc.head").get_full_name()
    inspector = people["inspector"]
    search(inspector, reader)
    verify(inspector, case)
    ask_who_saw(inspector, case, reader, tmp_path)
    go_back(inspector, case)
    take_evidence(inspector, case, tmp_path)
    acts_nowhere(inspector, case)
    inspect(inspector, case)
    read_by_night(inspector)
    call_command("verify_audit", stdout=StringIO(), stderr=StringIO())
    assert people.complaints == []


def begun() -> Case:
    """A case that began before yesterday and has its vote ahead, and a log with a key."""
    walk = None
    for ago, step in DAYS.items():
        with time_machine.travel(timezone.now() - timedelta(days=ago)):
            walk = walk or Walk.begin(AppointmentInPlaceFlow, Province().for_cases()[0])
            advance(walk, step)
    build_log()
    return walk.case


def search(inspector: Person, name: str) -> None:
    """Find what somebody did by a name typed without diacritics; others' entries are left out."""
    page = inspector.page
    inspector.visit("/desk/")
    expect(page.locator(".site-nav [aria-current=page]")).to_have_attribute("href", "/trail/")
    inspector.look("desk")
    page.locator("main [name=person]").fill(plain(name))
    page.locator("main form.filter button").click()
    page.wait_for_url("**/desk/?person=*")
    lines = page.locator("section[aria-labelledby=found] tbody tr")
    expect(lines.first).to_contain_text(name)
    expect(lines.filter(has_not_text=name)).to_have_count(0)
    inspector.look("desk-found")


def plain(text: str) -> str:
    """As somebody types it who has no Vietnamese keyboard."""
    return normalize("NFD", text.lower().replace("đ", "d")).encode("ascii", "ignore").decode()


def verify(inspector: Person, case: Case) -> None:
    page = inspector.page
    inspector.visit(f"/cases/{case.pk}/trail/")
    verified = case.entries.count()  # the page that tells of it is a reading itself
    page.locator(f"form[action='/trail/verify/{case.pk}/'] button").click()
    expect(page.locator(".alert-success")).to_contain_text(str(verified))
    inspector.look("case-verified")


def ask_who_saw(inspector: Person, case: Case, name: str, folder: Path) -> None:
    """Ask, take the answer along as a table, and ask again another time: it is the same."""
    page = inspector.page
    page.locator("main a[href^='/desk/questions/saw_before_vote/']").click()
    inspector.look("question")
    inspector.send(case=case.code)
    lines = page.locator("main tbody tr")
    expect(lines).to_have_count(1)
    expect(lines).to_contain_text(name)
    inspector.look("answer")
    address, digest = page.url, digest_of(page)
    sheets = load_workbook(keep(page, "main a[href$='.xlsx']", folder)).worksheets
    cells = {cell for sheet in sheets for row in sheet.values for cell in row}
    assert {digest, name} <= cells
    inspector.visit("/desk/")
    page.locator("section[aria-labelledby=former] li a").first.click()
    expect(page.locator("main .alert-success")).to_be_visible()
    assert (page.url, digest_of(page)) == (address, digest)


def digest_of(page: Page) -> str:
    return page.locator("dl.facts code").inner_text()


def go_back(inspector: Person, case: Case) -> None:
    """From day to day through the case, and what was otherwise on two of them."""
    page = inspector.page
    inspector.visit(f"/cases/{case.pk}/replay/")
    check_policy(page, 0, "done")
    inspector.look("replay")
    for ago, turn, state in ((1, "prev", "open"), (2, "prev", ""), (1, "next", "open")):
        page.locator(f"main a[rel={turn}]").click()
        check_policy(page, ago, state)
    page.locator("#id_beside").fill(today().isoformat())
    page.locator("main form.filter button").click()
    title = AppointmentInPlaceFlow.instance.node("decide_policy").task_title
    changed = page.locator("section[aria-labelledby=changes] tbody tr", has_text=str(title))
    expect(changed.first).to_be_visible()
    inspector.look("two-days")


def check_policy(page: Page, ago: int, state: str) -> None:
    """The day is shown, and on it the vote on the policy stood so."""
    expect(page.locator("h1")).to_contain_text(f"{today() - timedelta(days=ago):%d/%m/%Y}")
    step = page.locator("tr[data-step=decide_policy]")
    expect(step).to_have_count(1)
    assert (step.get_attribute("data-state") or "") == state


def take_evidence(inspector: Person, case: Case, folder: Path) -> None:
    """Sign a checkpoint, take the case with its proofs along, and have both checked elsewhere."""
    page = inspector.page
    inspector.visit("/log/")
    key = page.locator("main p code").inner_text()
    inspector.look("checkpoints")
    page.locator("form[action='/log/sign/'] button").click()
    page.wait_for_url("**/log/checkpoints/*/")
    inspector.look("checkpoint")
    note = keep(page, "main a[href$='note.txt']", folder)
    inspector.visit(f"/log/cases/{case.pk}/")
    inspector.look("evidence")
    page.locator("main form.card button.btn-primary").click()
    expect(page.locator("main a[href$='file.zip']")).to_be_visible(timeout=60_000)
    inspector.look("evidence-made")
    bundle = keep(page, "main a[href$='file.zip']", folder)
    command = [sys.executable, "-I", VERIFIER, bundle, "--key", key, "--checkpoint", note]
    checked = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 -- our own
    assert checked.returncode == 0, checked.stdout.decode()


def keep(page: Page, link: str, folder: Path) -> Path:
    """Download what a link offers."""
    with page.expect_download() as download:
        page.locator(link).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def acts_nowhere(inspector: Person, case: Case) -> None:
    """The case and its open task say who can; nothing there can be sent."""
    page = inspector.page
    inspector.visit(f"/cases/{case.pk}/")
    now = page.locator("section[aria-labelledby=now]")
    expect(now.locator("form, .btn-primary, a[href*='/actions/']")).to_have_count(0)
    expect(page.locator("main a[href*='/papers/']")).to_have_count(0)
    inspector.look("case-inspected")
    now.locator("a[href*='/tasks/']").first.click()
    page.wait_for_url("**/tasks/*/")
    expect(page.locator("main h1")).to_be_visible()
    expect(page.locator("main form[method=post]")).to_have_count(0)
    inspector.look("task-looked-at")
    assert page.request.get("/start/appointment_in_place/").status == 403


def inspect(inspector: Person, case: Case) -> None:
    """Open an inspection from the case, and record a finding in it."""
    page = inspector.page
    inspector.visit(f"/cases/{case.pk}/")
    page.locator("main a[href^='/start/inspection/']").click()
    expect(page.locator("[name=codes]")).to_have_value(case.code)
    inspector.look("inspection-begins")
    inspector.send(title="Việc lập hồ sơ nhân sự", basis="Chương trình kiểm tra năm")
    page.locator("main a[href^='/inspections/']").click()
    page.locator("main a[href$='/finding/']").click()
    inspector.look("finding")
    level = InspectionFinding.Level.VIOLATION.value
    words = "Biên bản lập sau hội nghị ba ngày làm việc."
    inspector.send(text=words, unit=case.unit_id, level=level, basis="Quy trình bổ nhiệm")
    expect(page.locator("section[aria-labelledby=findings]")).to_contain_text(words)
    expect(page.locator("section[aria-labelledby=inspected]")).to_contain_text(case.code)
    inspector.look("inspection")


def read_by_night(inspector: Person) -> None:
    """Dark and in English, with the menu open where that is chosen."""
    choose(inspector.page, "theme", "dark")
    choose(inspector.page, "language", "en")
    inspector.page.locator(".site-menu summary").click()
    inspector.page.set_viewport_size(NARROW)
    for button in inspector.page.locator(".site-menu-body button").all():
        expect(button).to_be_in_viewport(ratio=1)
    inspector.look("menu-dark-english")
