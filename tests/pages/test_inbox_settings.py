"""What people make of their inbox: columns, saved filters, tasks put off."""

from datetime import timedelta

import pytest
from django.urls import reverse

from permissions.catalogue import Role
from permissions.checks import today
from permissions.errors import Refused
from processes.audit.models import AuditEntry, Event
from processes.cases.models import CaseTask
from processes.inbox.models import SavedFilter, Snooze
from processes.inbox.writers import MOST_FILTERS, filters_of, save_filter
from tests.pages.conftest import words

INBOX = "/inbox/"
pytestmark = pytest.mark.stands("check_request")


def shown(client, **wish):
    return [line.task for line in client.get(INBOX, wish).context["lines"]]


def save(client, query="tab=take&due=late", **data):
    return client.post(f"{reverse('filters')}?{query}", {"name": "Trễ hạn", "shared": "", **data})


def test_a_person_sees_the_columns_that_they_chose(browser):
    client = browser("oc_clerk")
    client.post(reverse("columns"), {"columns": ["position", "age"]})
    page = words(client.get(INBOX, {"tab": "take"}))
    assert '<th scope="col">Position</th><th scope="col">Waiting since</th>' in page.replace(
        "> <", "><"
    )
    assert '<th scope="col">Flags</th>' not in page


def test_an_unknown_column_is_refused_and_nothing_is_kept(browser, world):
    response = browser("oc_clerk").post(reverse("columns"), {"columns": ["secret"]})
    assert response.status_code == 422
    assert not hasattr(world["oc_clerk"], "desk")


@pytest.mark.parametrize("column", ["priority", "meeting", "edition", "position", "age"])
def test_every_column_can_be_shown_in_every_list(browser, column):
    client = browser("clerk")
    client.post(reverse("columns"), {"columns": [column]})
    for tab in ("mine", "take", "waiting", "done"):
        assert client.get(INBOX, {"tab": tab}).status_code == 200


def test_a_list_is_saved_under_a_name_and_counted(walk, browser):
    client = browser("oc_clerk")
    CaseTask.objects.filter(pk=walk.task("check_request").pk).update(
        due_on=today() - timedelta(days=1)
    )
    assert save(client).url == f"{INBOX}?tab=take&due=late"
    found = words(client.get(reverse("filters_aside")))
    assert 'Trễ hạn <span class="badge mark-calm ms-1">1</span>' in found


def test_only_what_is_known_is_saved(browser, world):
    save(browser("oc_clerk"), query="tab=take&due=late&evil=1&step=x")
    assert SavedFilter.objects.get(owner=world["oc_clerk"]).query == "tab=take&due=late"


def test_the_same_name_replaces_what_was_saved(browser, world):
    client = browser("oc_clerk")
    save(client)
    save(client, query="tab=take&due=week")
    assert SavedFilter.objects.get(owner=world["oc_clerk"]).query == "tab=take&due=week"


def test_a_private_filter_is_seen_by_its_owner_alone_and_is_no_entry(browser, world):
    save(browser("oc_clerk"))
    assert list(filters_of(world["oc_head"])) == []
    assert not AuditEntry.objects.filter(event=Event.CHANGED, by=world["oc_clerk"]).exists()


def test_a_filter_shared_with_a_unit_is_seen_there_and_is_an_entry(browser, world):
    save(browser("oc_clerk"), shared=f"unit:{world.units['BTCTU'].pk}")
    assert [one.name for one in filters_of(world["oc_head"])] == ["Trễ hạn"]
    assert list(filters_of(world["clerk"])) == []
    assert AuditEntry.objects.filter(event=Event.CHANGED, by=world["oc_clerk"]).count() == 1


def test_a_filter_shared_with_a_role_is_seen_by_all_who_hold_it(browser, world):
    save(browser("clerk"), shared="role:unit_clerk")
    assert [one.name for one in filters_of(world["stranger"])] == ["Trễ hạn"]
    assert list(filters_of(world["head"])) == []


def test_what_is_counted_are_the_own_tasks_of_whoever_looks(browser):
    save(browser("clerk"), query="tab=waiting", shared="role:unit_clerk")
    assert '<span class="badge mark-calm ms-1">0</span>' in words(
        browser("stranger").get(reverse("filters_aside"))
    )


@pytest.mark.parametrize("shared", ["role:inspector", "unit:999999", "x"])
def test_nobody_shares_with_whom_they_do_not_work(browser, shared):
    assert save(browser("clerk"), shared=shared).status_code == 422
    assert not SavedFilter.objects.exists()


def test_the_writer_refuses_it_as_well(world):
    with pytest.raises(Refused):
        save_filter(by=world["clerk"], name="x", query="", role=Role.INSPECTOR)
    with pytest.raises(Refused):
        save_filter(by=world["clerk"], name="x", query="", unit=world.units["STC"])


def test_more_filters_than_anybody_reads_are_refused_with_advice(browser, world):
    for number in range(MOST_FILTERS):
        save_filter(by=world["clerk"], name=f"{number}", query="")
    response = save(browser("clerk"))
    assert response.status_code == 422
    assert "Remove one that you do not need" in words(response)


def test_the_first_page_is_the_filter_that_was_chosen_for_it(browser, world):
    client = browser("oc_clerk")
    save(client, start="on")
    assert client.get("/").url == f"{INBOX}?tab=take&due=late"
    saved = SavedFilter.objects.get(owner=world["oc_clerk"])
    client.post(reverse("filter_first", args=[saved.pk]))
    assert client.get("/").url == INBOX


def test_an_own_filter_is_removed_and_the_inbox_is_the_first_page_again(browser, world):
    client = browser("oc_clerk")
    save(client, start="on")
    saved = SavedFilter.objects.get(owner=world["oc_clerk"])
    client.post(reverse("filter_removed", args=[saved.pk]))
    assert not SavedFilter.objects.exists()
    assert client.get("/").url == INBOX


def test_a_shared_filter_is_removed_by_its_owner_only(browser, world):
    save(browser("oc_clerk"), shared=f"unit:{world.units['BTCTU'].pk}")
    saved = SavedFilter.objects.get()
    assert browser("oc_head").post(reverse("filter_removed", args=[saved.pk])).status_code == 403
    assert browser("clerk").post(reverse("filter_removed", args=[saved.pk])).status_code == 404
    assert SavedFilter.objects.exists()


def test_saved_filters_are_counted_in_one_statement(browser, world, django_assert_max_num_queries):
    for number in range(MOST_FILTERS):
        save_filter(by=world["oc_clerk"], name=f"{number}", query="tab=take&due=late")
    client = browser("oc_clerk")
    with django_assert_max_num_queries(8):
        client.get(reverse("filters_aside"))


def put_off(client, task, until):
    return client.post(reverse("put_off", args=[task.pk]), {"until": until})


def test_a_task_put_off_is_out_of_sight_until_its_day(walk, browser):
    client, task = browser("oc_clerk"), walk.task("check_request")
    assert put_off(client, task, today() + timedelta(days=2)).url == INBOX
    assert shown(client, tab="take") == []
    assert shown(client, tab="take", put_off="1") == [task]
    Snooze.objects.update(until=today())
    assert shown(client, tab="take") == [task]


def test_for_others_a_task_put_off_stays_where_it_is(walk, browser, world):
    put_off(browser("clerk"), walk.task("check_request"), today() + timedelta(days=2))
    assert shown(browser("oc_clerk"), tab="take") == [walk.task("check_request")]


def test_without_a_day_it_comes_back_at_once(walk, browser):
    client, task = browser("oc_clerk"), walk.task("check_request")
    put_off(client, task, today() + timedelta(days=2))
    put_off(client, task, "")
    assert shown(client, tab="take") == [task]


def test_a_task_is_put_off_to_a_coming_day_before_it_is_due(walk, browser):
    client, task = browser("oc_clerk"), walk.task("check_request")
    CaseTask.objects.filter(pk=task.pk).update(due_on=today() + timedelta(days=3))
    assert "still to come" in words(put_off(client, task, today()))
    assert "Give a day until then" in words(put_off(client, task, today() + timedelta(days=4)))
    assert not Snooze.objects.exists()


def test_a_stranger_puts_nothing_off(walk, browser):
    response = put_off(browser("stranger"), walk.task("check_request"), today())
    assert response.status_code == 404
