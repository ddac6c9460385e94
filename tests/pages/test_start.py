"""Start: what a clerk sees before a case is opened, and how it is opened."""

import pytest
from django.urls import reverse

from permissions.catalogue import OWN_UNIT_LANES, Role
from permissions.checks import today
from permissions.grants import grant
from processes.cases.models import Case
from processes.organisation.people import Discipline
from processes.organisation.positions import Competence
from processes.rules import load
from tests.pages.conftest import words
from tests.world import SINCE, make_user

PLACES = "/start/appointment_in_place/"


@pytest.fixture
def vacancy(world):
    """A position without a case."""
    return world.positions["state"]


@pytest.fixture
def colleague(world):
    """Another clerk of the unit, without the clearance for confidential cases."""
    user = make_user("colleague")
    grant(user, Role.UNIT_CLERK, world.units["SNV"], by=None, since=SINCE)
    return user


def url(position, procedure="appointment_in_place"):
    return reverse("begin", args=[procedure, position.pk])


def test_a_clerk_chooses_among_the_positions_of_the_unit(world, walk, browser):
    found = browser("clerk").get(PLACES).context["positions"]
    assert set(found) == set(world.positions.values())
    assert list(browser("stranger").get(PLACES).context["positions"]) == []


def test_a_clerk_chooses_among_the_procedures_that_a_unit_starts(browser):
    flows = browser("clerk").get("/start/").context["flows"]
    assert "appointment_in_place" in flows
    assert all(flow.started_in in OWN_UNIT_LANES for flow in flows.values())


def test_positions_are_found_by_words_of_their_title(world, browser):
    assert list(browser("clerk").get(PLACES, {"q": "không có"}).context["positions"]) == []
    assert browser("clerk").get(PLACES, {"q": "giám"}).context["positions"]


def test_a_position_with_a_case_leads_to_the_case(walk, browser):
    assert f"{walk.case.code} is under way" in words(browser("clerk").get(PLACES))


def test_who_starts_no_cases_is_told_so(browser):
    response = browser("sc_clerk").get("/start/")
    assert response.status_code == 403
    assert "Only personnel clerks start cases" in words(response)


def test_the_rules_in_force_and_the_papers_are_shown(vacancy, browser):
    outlook = browser("clerk").get(url(vacancy)).context["outlook"]
    rules = load().for_case(today(), state_post=True)
    assert outlook.rules.editions == rules.editions
    assert len(outlook.papers) == len(rules.under("dossier.items"))


def test_who_is_eligible_is_shown_and_why_not(vacancy, world, browser):
    Discipline.objects.create(cadre=world.candidates[0], form="warning", decided_on=today())
    people = browser("clerk").get(url(vacancy)).context["outlook"].people
    barred = {p.cadre: [c.title for c in p.checks if c.verdict == "no"] for p in people}
    assert barred[world.candidates[0]] == ["No discipline within the barred time"]
    assert sum(person.eligible for person in people) == len(world.candidates) - 1


def test_looking_keeps_nothing(vacancy, browser):
    before = Case.objects.count()
    browser("clerk").get(url(vacancy))
    assert Case.objects.count() == before


def test_a_case_is_opened(vacancy, world, browser):
    response = browser("clerk").post(url(vacancy), {"secrecy": "secret", "reason": "Khuyết"})
    case = Case.objects.get(position=vacancy)
    assert response.url == reverse("case", args=[case.pk])
    assert (case.opened_by, case.secrecy) == (world["clerk"], "secret")


def test_a_second_case_about_a_position_is_not_opened(walk, world, browser):
    response = browser("clerk").post(url(world.positions["party"]), {"secrecy": "internal"})
    assert response.status_code == 422
    assert walk.case.code in words(response)


def test_a_position_of_another_unit_does_not_exist(vacancy, browser):
    assert browser("stranger").get(url(vacancy)).status_code == 404
    assert browser("stranger").post(url(vacancy), {"secrecy": "internal"}).status_code == 404


def test_an_unknown_procedure_does_not_exist(vacancy, browser):
    assert browser("clerk").get(url(vacancy, "promotion")).status_code == 404


def test_data_that_lack_are_named_before_the_start(vacancy, browser):
    Competence.objects.all().delete()
    found = words(browser("clerk").get(url(vacancy)))
    assert "No case can be opened:" in found
    assert "The competence matrix has no row" in found


def test_a_confidential_case_is_not_named_to_a_clerk_who_may_not_know_of_it(
    walk, world, colleague, browser
):
    Case.objects.filter(pk=walk.case.pk).update(secrecy=Case.Secrecy.SECRET)
    begun, client = url(world.positions["party"]), browser(colleague)
    pages = [client.get(PLACES), client.get(begun), client.post(begun, {"secrecy": "internal"})]
    for page in pages:
        said = words(page)
        assert "Another case" in said
        assert walk.case.code not in said
        assert reverse("case", args=[walk.case.pk]) not in said


def test_a_confidential_case_is_named_to_whoever_opened_it(walk, world, browser):
    Case.objects.filter(pk=walk.case.pk).update(secrecy=Case.Secrecy.SECRET)
    for page in (PLACES, url(world.positions["party"])):
        said = words(browser("clerk").get(page))
        assert walk.case.code in said
        assert "Another case" not in said
