"""Lists of the inbox: what waits for others, orders, groups, filters, and pages to the very end."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from viewflow.workflow.token import Token

from permissions.checks import forget_rights, today
from permissions.models import User
from processes.cases.models import Case, CaseTask
from processes.flows import AppointmentInPlaceFlow
from processes.organisation.names import sort_key
from processes.pages import inbox_statements
from processes.pages.due import LIGHTS
from processes.pages.inbox_lists import SORTS, TABS, order_of, tasks_of
from processes.pages.inbox_statements import Asked, counts, found_by, rows
from processes.pages.keyset import beginning, ending
from processes.pages.listing import SIZE
from processes.rules import load
from processes.steps.opening import open_case
from tests.pages.conftest import words

INBOX = "/inbox/"
MANY = 2 * SIZE + 3


def shown(client, **wish):
    return [line.task for line in client.get(INBOX, wish).context["lines"]]


def many_tasks(walk, owner, count=MANY):
    """Tasks of one person, due in turn, some without a deadline; all of the case at hand."""
    node, case = AppointmentInPlaceFlow.instance.node("check_request"), walk.case
    day = today() + timedelta(days=30)
    return CaseTask.objects.bulk_create(
        CaseTask(
            process=case, flow_task=node, token=Token(f"start/{n}"), act=node.act, owner=owner,
            unit=case.unit, due_on=None if n % 5 == 0 else day + timedelta(days=n // 4),
        )
        for n in range(count)
    )  # fmt: skip


def walk_through(client, direction, **wish):
    """Every page from one end to the other, by the links of the page."""
    address, pages = f"{INBOX}?{'&'.join(f'{k}={v}' for k, v in wish.items())}", []
    while address:
        response = client.get(address)
        pages.append([line.task.pk for line in response.context["lines"]])
        address = getattr(response.context["page"], direction)
    return pages


@pytest.mark.stands("check_request")
def test_a_case_that_others_work_on_waits_for_them(walk, browser):
    assert shown(browser("clerk"), tab="waiting") == [walk.task("check_request")]
    assert shown(browser("oc_clerk"), tab="waiting") == []


@pytest.mark.stands("check_request")
def test_what_waits_for_others_says_who_has_it(walk, world, browser):
    CaseTask.objects.filter(pk=walk.task("check_request").pk).update(owner=world["oc_clerk"])
    assert str(world["oc_clerk"]) in words(browser("clerk").get(INBOX, {"tab": "waiting"}))


@pytest.mark.stands("check_request")
def test_one_who_loses_every_role_waits_for_the_cases_they_worked_on(walk, world, browser):
    world["clerk"].holdings.update(valid_until=today() - timedelta(days=1))
    assert shown(browser("clerk"), tab="waiting") == [walk.task("check_request")]


def test_a_list_is_the_same_from_either_end_and_holds_each_row_once(walk, world, browser):
    made = {task.pk for task in many_tasks(walk, world["clerk"])} | {walk.task("request_policy").pk}
    client = browser("clerk")
    forwards = [pk for page in walk_through(client, "after") for pk in page]
    assert sorted(forwards) == sorted(made)
    backwards = walk_through(client, "before", before="end")
    assert [pk for page in reversed(backwards) for pk in page][-SIZE:] == forwards[-SIZE:]


@pytest.mark.parametrize("sort", SORTS)
def test_every_order_can_be_leafed_through(walk, world, browser, sort):
    many_tasks(walk, world["clerk"])
    pages = walk_through(browser("clerk"), "after", sort=sort)
    assert [len(page) for page in pages] == [SIZE, SIZE, MANY + 1 - 2 * SIZE]
    assert len({pk for page in pages for pk in page}) == MANY + 1


def test_the_rows_without_a_deadline_come_last(walk, world, browser):
    many_tasks(walk, world["clerk"], 10)
    days = [task.due_on for task in shown(browser("clerk"))]
    dated = [day for day in days if day]
    assert days == sorted(dated) + [None] * (len(days) - len(dated))


def test_a_place_that_nobody_gave_is_the_beginning(walk, browser):
    for place in ("x", "W10", "bnVsbA", "WyJ4IiwgInkiXQ"):
        assert shown(browser("clerk"), after=place) == [walk.task("request_policy")]


def test_people_stand_in_the_vietnamese_order_of_given_names(walk, world, browser):
    cadre = walk.case.candidate or world.candidates[0]
    other = world.candidates[1]
    for person, given in ((cadre, "Đạt"), (other, "Dũng")):
        person.given_name, person.name_sort = given, sort_key(f"Nguyễn Văn {given}")
        person.save()
    second = open_case(AppointmentInPlaceFlow, by=world["clerk"], position=world.positions["state"])
    Case.objects.filter(pk=walk.case.pk).update(candidate=cadre)
    Case.objects.filter(pk=second.pk).update(candidate=other)
    found = shown(browser("clerk"), sort="candidate")
    assert [task.process.candidate.given_name for task in found] == ["Dũng", "Đạt"]


def test_the_most_urgent_case_comes_first_when_asked_so(walk, world, browser):
    second = open_case(AppointmentInPlaceFlow, by=world["clerk"], position=world.positions["state"])
    Case.objects.filter(pk=second.pk).update(priority=Case.Priority.PRESSING)
    assert [t.process for t in shown(browser("clerk"), sort="priority")] == [second, walk.case]


def test_groups_have_a_heading_where_they_begin(walk, browser):
    page = words(browser("clerk").get(INBOX, {"group": "meeting"}))
    assert page.count('<tr class="group">') == 1
    assert "No meeting yet</th>" in page
    assert "Appointment of staff in place</th>" in words(
        browser("clerk").get(INBOX, {"group": "procedure"})
    )


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        ({"flag": "late"}, True), ({"flag": "adverse_opinion"}, False),
        ({"flag": "secret"}, False), ({"flag": "on_hold"}, False),
        ({"position": "giám đốc"}, True), ({"position": "hiệu trưởng"}, False),
        ({"priority": "1"}, True), ({"priority": "2"}, False),
    ],
)  # fmt: skip
def test_the_rows_are_narrowed_by_what_the_case_is(walk, browser, wish, found):
    Case.objects.filter(pk=walk.case.pk).update(flags=["late"], priority=1)
    assert bool(shown(browser("clerk"), **wish)) == found


def test_the_rows_are_narrowed_by_the_edition(walk, browser):
    client = browser("clerk")
    assert shown(client, edition=walk.case.edition)
    others = [one.key for one in load().editions if one.key != walk.case.edition]
    assert not any(shown(client, edition=other) for other in others)


@pytest.mark.stands("check_request")
@pytest.mark.parametrize("tab", ["mine", "take", "waiting", "done"])
@pytest.mark.parametrize("who", ["clerk", "oc_clerk", "oc_head", "standing", "stranger", "head"])
def test_the_statement_of_a_stand_in_finds_what_the_person_would(walk, world, tab, who):
    user = User.objects.select_related("cadre", "desk").get(pk=world[who].pk)
    asked = Asked(tab, columns=("subject", "unit", "due", "flags"))
    plain = beginning(tasks_of(tab, user, on=today()), order_of(tab, "", ""))
    assert rows(asked, user) == list(plain)
    assert counts((tab,), user) == {tab: tasks_of(tab, user, on=today()).count()}
    end = ending(tasks_of(tab, user, on=today()), order_of(tab, "", ""))
    assert rows(replace(asked, at_end=True), user) == list(end)


@pytest.mark.stands("check_request")
@pytest.mark.parametrize("who", ["clerk", "oc_clerk", "oc_head", "stranger"])
def test_a_saved_list_is_counted_as_its_page_shows_it(walk, world, browser, who):
    user = User.objects.select_related("cadre", "desk").get(pk=world[who].pk)
    wishes = [f"due={light}" for light in LIGHTS]
    wishes += [
        "q=nguyen", "q=?!", f"edition={walk.case.edition}", "flag=on_hold", "put_off=1",
        "flag=adverse_opinion", "priority=1", "step=appointment_in_place.check_request",
        f"unit={walk.case.unit_id}", "procedure=appointment_in_place", "sort=age",
    ]  # fmt: skip
    queries = [f"tab={tab}&{wish}" for tab in TABS for wish in wishes]
    client, table = browser(who), {"HX-Request": "true"}
    shown = [client.get(f"{INBOX}?{query}", headers=table).text.count("<tr>") for query in queries]
    found = found_by(queries, user)
    assert found == [max(lines - 1, 0) for lines in shown]  # one is the head
    assert any(found) == (who in ("clerk", "oc_clerk"))


def test_a_saved_list_of_dates_is_counted_anew_each_day(walk, world, monkeypatch):
    query = "tab=mine&due=late"
    walk.case.task_set.update(owner=world["clerk"], due_on=today() + timedelta(days=1))
    assert found_by([query], world["clerk"]) == [0]
    tomorrow = today() + timedelta(days=2)
    monkeypatch.setattr(inbox_statements, "today", lambda: tomorrow)
    assert found_by([query], world["clerk"]) == [1]


@pytest.mark.stands("check_request")
def test_a_right_that_has_ended_is_asked_for_no_longer(walk, world):
    user, asked = world["oc_clerk"], Asked("take")
    assert rows(asked, user) == [walk.task("check_request")]
    user.holdings.update(valid_until=today() - timedelta(days=1))
    forget_rights(user)
    assert rows(asked, user) == []


def test_a_long_list_costs_the_same_at_its_end(walk, world, browser, django_assert_max_num_queries):
    many_tasks(walk, world["clerk"])
    CaseTask.objects.filter(owner=world["clerk"]).update(finished=timezone.now(), status="DONE")
    client = browser("clerk")
    client.get(INBOX, {"tab": "done", "before": "end"})  # prepares what the page asks
    with django_assert_max_num_queries(6):
        response = client.get(INBOX, {"tab": "done", "before": "end"})
    assert len(response.context["lines"]) == SIZE
