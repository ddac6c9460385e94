"""The trail for inspectors: what they find, narrow, verify and take along."""

import csv
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.urls import reverse

from permissions.checks import today
from processes.audit.models import AuditEntry, Event
from processes.audit.sentences import names_of
from processes.audit.trail import record
from processes.demo.stories import advance
from processes.demo.walk import Walk
from processes.flows import AppointmentInPlaceFlow
from processes.organisation.units import Unit
from processes.pages import trail
from processes.pages.entries import labels
from tests.pages.conftest import words
from tests.trail_plugin import without_triggers

TRAIL = "/trail/"


def found(client, **wish):
    return [told.entry for told in client.get(TRAIL, wish).context["entries"]]


@pytest.mark.parametrize("name", ["trail", "trail_csv"])
@pytest.mark.parametrize("who", ["clerk", "oc_head", "admin"])
def test_only_inspectors_read_the_trail_across_cases(browser, who, name):
    assert browser(who).get(reverse(name)).status_code == 403


def test_an_inspector_finds_the_latest_entry_first(walk, browser):
    entries = found(browser("inspector"), case=walk.case.code)
    assert entries == list(walk.case.entries.order_by("-seq"))


def test_each_entry_is_a_sentence(walk, browser):
    assert "opened the case." in words(browser("inspector").get(TRAIL))


@pytest.mark.stands("check_request")
def test_the_entries_are_narrowed(walk, world, browser):
    client = browser("inspector")
    opened = walk.case.entries.filter(event=Event.OPENED)
    assert found(client, event="opened") == list(opened)
    assert {e.by for e in found(client, person="clerk", case=walk.case.code)} == {world["clerk"]}
    assert {e.step for e in found(client, step="request_policy")} == {"request_policy"}
    assert {e.unit for e in found(client, unit=world.units["SNV"].pk)} == {world.units["SNV"]}


def test_the_entries_are_narrowed_by_day(walk, browser):
    client, tomorrow = browser("inspector"), today() + timedelta(days=1)
    assert found(client, case=walk.case.code, since=today(), until=today())
    assert found(client, case=walk.case.code, since=tomorrow) == []


def test_a_wrong_day_is_named_and_narrows_nothing(walk, browser):
    response = browser("inspector").get(TRAIL, {"since": "yesterday"})
    assert response.context["entries"]
    assert "Enter a valid date" in words(response)


def test_older_entries_are_a_page_away(browser, monkeypatch):
    monkeypatch.setattr(trail, "SIZE", 5)
    client = browser("inspector")
    first = client.get(TRAIL)
    last = first.context["entries"][-1].entry
    second = client.get(first.context["older"])
    assert len(first.context["entries"]) == 5
    assert second.context["entries"][0].entry.pk < last.pk


def test_another_province_is_not_the_inspectors(walk, world, browser):
    other = Unit.objects.create(
        code="P99", name="Tỉnh Khác", level=world.units["P26"].level, valid_from=today()
    )
    walk.case.province = other
    walk.case.save()
    assert found(browser("inspector"), case=walk.case.code) == []


def test_a_sound_chain_is_said_to_be_sound(walk, browser):
    url = reverse("verify", args=[walk.case.pk])
    response = browser("inspector").post(url, follow=True)
    assert "the chain is whole and unaltered" in words(response)


def test_an_altered_entry_is_named(walk, browser):
    first = walk.case.entries.order_by("seq")[0]
    with without_triggers():
        AuditEntry.objects.filter(pk=first.pk).update(reason="khác")
        connection.check_constraints()  # PostgreSQL puts no trigger on a table with checks to do
    response = browser("inspector").post(reverse("verify", args=[walk.case.pk]), follow=True)
    assert "First bad entry: no. 1" in words(response)


def test_only_inspectors_verify(walk, browser):
    url = reverse("verify", args=[walk.case.pk])
    assert browser("clerk").post(url).status_code == 403


def test_the_file_has_the_entries_that_the_page_shows(walk, browser):
    response = browser("inspector").get(reverse("trail_csv"), {"case": walk.case.code})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    assert [int(row["number"]) for row in rows] == [
        entry.seq for entry in walk.case.entries.order_by("-seq")
    ]


def test_the_file_speaks_the_language_of_the_page(walk, browser):
    client = browser("inspector")
    client.cookies["django_language"] = "vi"
    text = b"".join(client.get(reverse("trail_csv")).streaming_content).decode("utf-8-sig")
    assert "opened the case." not in text


def test_a_file_of_the_trail_is_an_entry_with_the_number_of_its_rows(walk, world, browser):
    response = browser("inspector").get(reverse("trail_csv"), {"case": walk.case.code})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    entry = AuditEntry.objects.get(event=Event.DOWNLOADED, by=world["inspector"])
    rows = len(list(csv.DictReader(text.splitlines())))
    assert entry.facts == {"rows": rows, "model": "processes.auditentry", "kind": "csv"}


def test_the_file_does_not_tell_of_itself(walk, browser):
    response = browser("inspector").get(reverse("trail_csv"))
    assert "exported" not in b"".join(response.streaming_content).decode("utf-8-sig")


def test_whoever_looks_at_the_trail_of_a_case_has_read_it(walk, world, browser):
    client = browser("clerk")
    for _time in range(2):
        assert client.get(reverse("case_trail", args=[walk.case.pk])).status_code == 200
    assert walk.case.entries.filter(event=Event.READ, by=world["clerk"]).count() == 1


@pytest.mark.parametrize("wish", [{"until": "9999-12-31"}, {"since": "0001-01-01"}])
def test_a_day_that_no_calendar_has_is_said_beside_its_field(walk, browser, wish):
    client = browser("inspector")
    page = client.get(TRAIL, wish)
    assert page.status_code == 200
    assert "check the year" in words(page)
    assert b"".join(client.get(reverse("trail_csv"), wish).streaming_content)


def test_a_paper_is_called_as_its_own_procedure_calls_it(walk, world, browser):
    facts = {"item": "vote_summary", "version": 1}
    with transaction.atomic():
        record(Event.DOWNLOADED, by=world["clerk"], case=walk.case, facts=facts)
    client = browser("inspector")
    for page in (TRAIL, reverse("case_trail", args=[walk.case.pk])):
        assert "“Minutes and count minutes of each step”" in words(client.get(page))
    text = b"".join(client.get(reverse("trail_csv")).streaming_content).decode("utf-8-sig")
    assert "“Minutes and count minutes of each step”" in text


def test_papers_of_many_cases_are_named_in_one_query(walk, world, django_assert_num_queries):
    cases = [walk.case, Walk.begin(AppointmentInPlaceFlow, world.positions["state"]).case]
    with transaction.atomic():
        told = [
            record(Event.UPLOADED, by=None, case=case, facts={"item": "cv", "version": 1})
            for case in cases
        ]
    entries = list(AuditEntry.objects.filter(pk__in=[one.pk for one in told]))
    with django_assert_num_queries(1):
        assert len(names_of(entries, labels()).cases) == 2


@pytest.mark.stands("check_dossier")
def test_an_entry_names_a_paper_and_not_its_code(walk, world, browser):
    advance(walk, "check_dossier")
    told = words(browser("inspector").get(TRAIL, {"event": "uploaded"}))
    assert "“Curriculum vitae”" in told
    assert "“cv”" not in told
