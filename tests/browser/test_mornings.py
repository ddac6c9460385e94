"""A morning in the life of an official, a clerk and a deputy, in a real browser."""

import re
from datetime import timedelta
from io import StringIO
from time import sleep

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, WebSocketRoute, expect

from permissions.checks import today
from processes.audit.models import AuditEntry, Event
from processes.cases.models import Case
from processes.steps.actions import take
from tests.browser.looks import come_near
from tests.browser.people import People
from tests.browser.walk import apart, at, begin

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

REQUEST = {"need": "Kiện toàn lãnh đạo, số lượng 01.", "assignment": "Phụ trách tổng hợp."}


def choose(page: Page, kind: str, value: str) -> None:
    """Choose a language or a theme in the person's menu."""
    page.locator(".site-menu summary").click()
    page.locator(f".site-menu button[name={kind}][value={value}]").click()
    page.wait_for_load_state("load")


def tick(page: Page, case: Case) -> None:
    row = page.locator("#inbox-rows tbody tr", has_text=case.code)
    row.locator("input[type=checkbox]").check()


def search_for(page: Page, words: str) -> None:
    """Type into the search of the page's head; what is found appears below it."""
    page.locator("#site-q").fill(words)
    expect(page.locator("#site-found a").first).to_be_visible()


def test_back_shows_what_was_typed_and_nothing_once_signed_out(people: People):
    case = at("check_request")
    official = people["oc.clerk"]
    page = official.page
    official.take(case.code)
    reason = page.locator("main form[data-draft] textarea[name=reason]")
    reason.fill("Hồ sơ còn thiếu")
    page.locator(".breadcrumb a").first.click()
    page.wait_for_load_state("load")
    page.go_back()
    expect(reason).to_have_value("Hồ sơ còn thiếu")
    page.locator(".site-menu summary").click()
    page.locator("form[action='/sign-out/'] button").click()
    page.wait_for_url("**/sign-in/**")
    page.go_back()
    expect(page.locator("body")).not_to_contain_text(case.code)


def test_a_morning_of_an_official(people: People):
    cases = [at("check_request", 0), at("check_request", 1)]
    official = people["oc.clerk"]
    page = official.page
    official.visit("/inbox/?tab=take")
    for case in cases:
        tick(page, case)
    page.locator("#bulk button[value=take]").click()
    page.wait_for_load_state("load")
    official.look("together-taken")
    official.visit("/inbox/")
    for case in cases:
        expect(page.locator("#inbox-rows")).to_contain_text(case.code)
    decide_together(people, cases)
    choose(page, "theme", "dark")
    official.look("inbox-dark")
    choose(page, "language", "en")
    expect(page.locator("h1")).to_have_text("Inbox")
    official.look("inbox-dark-english")
    walk_the_tour(page)
    official.visit(f"/cases/{cases[0].pk}/")
    official.look("case-dark-english")
    talk_within(page, cases[0])
    assert people.complaints == []


def walk_the_tour(page: Page) -> None:
    """From stop to stop by the keyboard; then it is offered no more."""
    page.locator("[data-tour-opens]").press("Enter")
    stops = page.locator("#tour [data-stop]")
    for number in range(stops.count() - 1):
        expect(stops.nth(number).locator("h2")).to_be_focused()
        page.locator("[data-tour-next]").press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator("[data-tour-opens]")).to_be_focused()
    page.locator(".tour-offer form button").click()
    expect(page.locator("h1")).to_have_text("Inbox")
    expect(page.locator(".tour-offer")).to_have_count(0)


def talk_within(page: Page, case: Case) -> None:
    """Say something on the page of the case itself, which stays what it is, title and all."""
    title = page.title()
    page.locator("#talk").scroll_into_view_if_needed()
    form = page.locator("#talk form")
    form.locator("[name=text]").fill("Đã nhận tờ trình.")
    form.locator("button.btn-primary").press("Enter")  # the diagram above may still move it
    expect(page.locator(".talk-line")).to_contain_text("Đã nhận tờ trình.")
    expect(page.locator("#messages")).to_contain_text("Your comment is written.")
    expect(page.locator("#talk [name=text]")).to_have_value("")
    assert page.url.endswith(f"/cases/{case.pk}/")
    assert page.title() == title


def decide_together(people: People, cases: list[Case]) -> None:
    """One decision for two cases, an entry in the trail of each."""
    page = people["oc.clerk"].page
    for case in cases:
        tick(page, case)
    page.locator("#bulk button[value=decide]").click()
    people["oc.clerk"].look("together")
    people["oc.clerk"].send(outcome="ok")
    entries = AuditEntry.objects.filter(event=Event.CONCLUDED, step="check_request")
    assert {entry.case_id for entry in entries} == {case.pk for case in cases}


def test_a_morning_of_a_clerk(people: People):
    clerk = people["clerk"]
    page = clerk.page
    case = Case.objects.get(code=begin(clerk))
    clerk.open(case.code)
    address = page.url
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.ok):
        page.locator("[name=need]").press_sequentially(REQUEST["need"])
    page.context.clear_cookies(name="sessionid")
    sign_in_again(people, address)
    expect(page.locator("[name=need]")).to_have_value(REQUEST["need"])
    clerk.look("restored")
    clerk.send(**REQUEST, source="in_place", outcome="submit")
    clerk.visit("/inbox/?tab=waiting")
    expect(page.locator("#inbox-rows")).to_contain_text(case.code)
    clerk.look("waiting")
    search_for(page, case.code)
    clerk.visit("/calendar/")
    clerk.look("calendar")
    clerk.visit(f"/cases/{case.pk}/")
    expect(page.locator(".djs-container")).to_have_count(0)
    come_near(page.locator("[data-diagram]"))
    expect(page.locator(".djs-container")).to_be_visible()
    assert people.complaints == []


def sign_in_again(people: People, address: str) -> None:
    """The session is lost; whoever signs in goes on where they were."""
    page = people["clerk"].page
    people["clerk"].visit(address)
    number = people.site.account("clerk").pk
    page.locator(f"form[action^='/sign-in/as/{number}/'] button").first.click()
    page.wait_for_load_state("load")
    people["clerk"].visit(address)


def test_a_morning_of_a_deputy(people: People):
    case = at("appraise")
    principal, deputy = people["oc.head"], people["oc.deputy"]
    appoint(people)
    deputy.take(case.code)
    expect(deputy.page.locator("main .alert-info").first).to_contain_text(name(people, "oc.head"))
    deputy.look("on-behalf")
    deputy.send(report="Đủ tiêu chuẩn, điều kiện.", outcome="recommend")
    entry = AuditEntry.objects.filter(case=case, event=Event.CONCLUDED).latest("seq")
    assert (entry.by.username, entry.behalf.username) == ("oc.deputy", "oc.head")
    principal.visit(f"/cases/{case.pk}/trail/")
    expect(principal.page.locator(".entries")).to_contain_text(name(people, "oc.deputy"))
    call_command("verify_audit", stdout=StringIO(), stderr=StringIO())
    assert people.complaints == []


def appoint(people: People) -> None:
    """The head of the Organization Committee is away for a week."""
    principal, page = people["oc.head"], people["oc.head"].page
    principal.visit("/deputies/")
    principal.look("deputies")
    number = people.site.account("oc.head").pk
    principal.visit(f"/deputies/for/{number}/")
    principal.look("appoint-deputy")
    paper = {"name": "a.pdf", "mimeType": "application/pdf", "buffer": people.paper}
    page.set_input_files("[name=file]", paper)
    principal.send(
        deputy=people.site.account("oc.deputy").pk,
        since=today().isoformat(),
        until=(today() + timedelta(days=7)).isoformat(),
        reason="Đi công tác.",
        document="15-QĐ/BTCTU",
        issued_on=today().isoformat(),
    )
    expect(page).to_have_url(re.compile("/deputies/$"))


def name(people: People, username: str) -> str:
    return people.site.account(username).get_full_name()


def test_what_changes_before_the_socket_is_open_shows_once_it_is(people: People):
    case, official = at("check_request"), people["oc.clerk"]
    page = official.page
    task = case.task_set.get(flow_task__endswith="check_request").pk

    def taken_meanwhile(socket: WebSocketRoute) -> None:
        sleep(1)  # the rows that the page asks for by itself are there
        apart(lambda: take(task, by=people.site.account("oc.deputy")))
        socket.connect_to_server()

    page.route_web_socket("**/ws/inbox/", taken_meanwhile)
    row = official.row(case.code, "take")
    expect(row).to_have_count(0)
