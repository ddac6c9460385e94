"""The own case and a relative's: that it exists, why it is closed, and nothing that is in it."""

import csv

import pytest
from django.urls import reverse

from processes.audit.models import Event
from processes.organisation.people import Kinship
from processes.steps.actions import take
from tests.pages.conftest import words
from tests.world import make_cadre

pytestmark = pytest.mark.stands("check_dossier")
CLOSED = "closed to you"


def kin(world, name):
    """Make somebody a relative of the candidate; an account that is nobody becomes a cadre."""
    user = world[name]
    cadre = getattr(user, "cadre", None) or make_cadre(world.units["UBKTTU"], user)
    Kinship.objects.create(cadre=world.candidates[0], relative=cadre, relation="anh em ruột")


@pytest.fixture(autouse=True)
def chosen(walk, world):
    """The first of the candidates of the small world is the candidate of the case."""
    walk.case.candidate = world.candidates[0]
    walk.case.save()
    return walk.case.candidate


@pytest.fixture
def own(walk, world, chosen):
    """The case is about the head of the Organization Committee."""
    chosen.user = world["oc_head"]
    chosen.save()
    return walk.case


def page(client, case):
    return client.get(reverse("case", args=[case.pk]))


def rows(client, **wish):
    return [line.task for line in client.get("/inbox/", wish).context["lines"]]


def cases(client, **wish):
    return client.get("/cases/", wish).context["page"].rows


def test_the_page_says_that_the_case_exists_and_why_it_is_closed(own, browser):
    found = words(page(browser("oc_head"), own))
    assert all(word in found for word in (own.code, "Phó giám đốc", own.unit.name))
    assert "This case is about you. Its dossier, results and trail are closed to you." in found


def test_a_relative_is_told_that_it_is_for_kinship(walk, world, browser):
    kin(world, "oc_head")
    assert "This case is about a relative of yours" in words(page(browser("oc_head"), walk.case))


def test_the_page_shows_nothing_of_what_is_in_the_case(own, chosen, browser):
    open_to, closed_to = (words(page(browser(who), own)) for who in ("head", "oc_head"))
    inside = ("Dossier<", "Trail<", "Deadlines", "Conference 3", "Opinions", str(chosen))
    assert [word for word in inside if word not in open_to] == []
    assert [word for word in inside if word in closed_to] == []


def test_looking_at_the_closed_page_is_no_reading(own, world, browser):
    page(browser("oc_head"), own)
    assert not own.entries.filter(event=Event.READ, by=world["oc_head"]).exists()


def test_to_a_relative_who_may_not_know_of_the_case_it_does_not_exist(walk, world, browser):
    kin(world, "stranger")
    assert page(browser("stranger"), walk.case).status_code == 404


def test_the_list_names_the_case_and_leaves_out_what_is_in_it(own, chosen, browser):
    assert str(chosen) in words(browser("head").get("/cases/"))
    found = words(browser("oc_head").get("/cases/"))
    assert own.code in found
    assert CLOSED in found
    assert str(chosen) not in found
    assert "Check requests" not in found


def test_no_search_finds_it(own, chosen, browser):
    for wish in ({"q": chosen.given_name}, {"q": own.code}, {"end": "open"}):
        assert cases(browser("head"), **wish) == [own]
        assert cases(browser("oc_head"), **wish) == []


def test_its_tasks_are_offered_to_others_only(walk, world, browser):
    assert rows(browser("oc_clerk"), tab="take") == [walk.task("check_dossier")]
    kin(world, "oc_clerk")
    assert rows(browser("oc_clerk"), tab="take") == []


def test_what_one_did_in_it_is_not_listed_any_more(walk, world, browser):
    assert rows(browser("oc_clerk"), tab="done")
    kin(world, "oc_clerk")
    assert rows(browser("oc_clerk"), tab="done") == []


def test_a_task_that_one_holds_is_shown_without_the_case_and_given_back(
    walk, world, chosen, browser
):
    task = walk.task("check_dossier")
    take(task.pk, by=world["oc_clerk"])
    kin(world, "oc_clerk")
    client = browser("oc_clerk")
    found = words(client.get("/inbox/"))
    assert CLOSED in found
    assert str(chosen) not in found
    assert reverse("task", args=[walk.case.pk, task.pk]) not in found
    assert reverse("give_back", args=[task.pk]) in words(page(client, walk.case))
    assert client.post(reverse("give_back", args=[task.pk])).url == "/inbox/"
    task.refresh_from_db()
    assert task.owner is None
    assert walk.case.entries.latest("seq").event == Event.GIVEN_BACK


def test_no_word_finds_a_task_that_one_holds_in_it(walk, world, chosen, browser):
    task = walk.task("check_dossier")
    take(task.pk, by=world["oc_clerk"])
    assert rows(browser("oc_clerk"), q=chosen.given_name) == [task]
    kin(world, "oc_clerk")
    assert rows(browser("oc_clerk"), q=chosen.given_name) == []


def test_the_trail_across_cases_has_no_entry_of_it_and_all_of_the_rest(walk, world, browser):
    kin(world, "inspector")
    client = browser("inspector")
    shown = [told.entry for told in client.get("/trail/").context["entries"]]
    assert shown
    assert {entry.case for entry in shown} == {None}
    assert client.get("/trail/", {"case": walk.case.code}).context["entries"] == []
    assert client.get("/trail/", {"case": walk.case.code}).context["case_number"] is None


def test_another_inspector_finds_its_entries(walk, world, browser):
    entries = browser("inspector").get("/trail/", {"case": walk.case.code}).context["entries"]
    assert entries[0].entry == walk.case.entries.latest("seq")


def test_the_file_of_the_trail_has_no_entry_of_it(walk, world, browser):
    def chains():
        response = browser("inspector").get(reverse("trail_csv"))
        text = b"".join(response.streaming_content).decode("utf-8-sig")
        return {int(row["chain"]) for row in csv.DictReader(text.splitlines())}

    assert chains() == {0, walk.case.pk}
    kin(world, "inspector")
    assert chains() == {0}


@pytest.mark.parametrize("address", ["/inbox/?tab=mine", "/inbox/?tab=take", "/inbox/?tab=done"])
def test_the_inbox_of_a_cadre_costs_ten_queries_at_most(
    own, browser, django_assert_max_num_queries, address
):
    client = browser("oc_head")
    client.get(address)  # PostgreSQL prepares statements the first time
    with django_assert_max_num_queries(10):
        client.get(address)
