"""What the page of a case says of an exception: in which check it counted, or will count."""

import pytest
from django.urls import reverse

from permissions.checks import today
from processes.audit.models import Event
from processes.audit.verify import verify
from processes.cases.models import RosterLine
from processes.demo.stories import advance, befall
from processes.eligibility.roster import NotEligible, build_roster
from processes.organisation.people import Discipline, HealthCertificate
from processes.steps.unfit import failed_checks
from tests.pages.conftest import words

NEXT_ROSTER = "It counts from the next check on: when the roster is built again"
DECISION = "It counts from the next check on: on the day of the decision."


def page(browser, walk):
    return words(browser("oc_head").get(reverse("case", args=[walk.case.pk])))


def grant_all(walk):
    for line, _label in failed_checks(walk.case):
        befall(walk, "except", reason="Đặc biệt.", line=line, document="KL 05-KL/TU")


@pytest.fixture
def excepted(walk, world):
    """Somebody on the roster was removed from office, and is passed after the check."""
    Discipline.objects.create(cadre=world.candidates[0], form="removal", decided_on=today())
    build_roster(walk.case, by=None, on=today())
    grant_all(walk)


@pytest.mark.stands("conference_1")
@pytest.mark.usefixtures("excepted")
def test_an_exception_after_the_roster_waits_for_the_next_one(walk, browser):
    assert NEXT_ROSTER in page(browser, walk)


@pytest.mark.stands("conference_1")
@pytest.mark.usefixtures("excepted")
def test_an_exception_that_a_check_has_met_names_it(walk, browser):
    build_roster(walk.case, by=None, on=today())
    found = page(browser, walk)
    assert f"It has counted since the check of {today():%d/%m/%Y} (roster)." in found
    assert NEXT_ROSTER not in found


@pytest.mark.stands("conference_1")
@pytest.mark.usefixtures("excepted")
def test_an_exception_in_a_case_that_is_over_has_counted_in_no_check(walk, browser):
    befall(walk, "withdraw", reason="Rút.")
    assert "It has counted in no check." in page(browser, walk)


@pytest.mark.stands("standing_committee")
def test_an_exception_for_the_candidate_counts_on_the_day_of_the_decision(walk, world, browser):
    HealthCertificate.objects.filter(cadre=walk.case.candidate).delete()
    build_roster(walk.case, by=None, on=today())
    grant_all(walk)
    assert DECISION in page(browser, walk)
    advance(walk, "sign_or_issue")
    assert f"check of {today():%d/%m/%Y} (decision day)." in page(browser, walk)


@pytest.mark.stands("standing_committee")
def test_a_condition_that_fails_on_the_day_of_the_decision_is_kept_and_can_be_excepted(
    walk, browser
):
    HealthCertificate.objects.filter(cadre=walk.case.candidate).delete()
    with pytest.raises(NotEligible):
        advance(walk, "sign_or_issue")
    assert walk.at == ["standing_committee"]
    line = walk.case.roster.get(stage=RosterLine.Stage.DECISION)
    entry = walk.case.entries.filter(event=Event.ROSTERED).latest("seq")
    assert (line.eligible, list(entry.facts["failed"])) == (False, [str(line.cadre_id)])
    assert [value for value, _label in failed_checks(walk.case)] == [f"{line.cadre_id}:health_ok"]
    grant_all(walk)
    assert DECISION in page(browser, walk)
    assert advance(walk).case.outcome == "appointed"
    assert verify(walk.case.pk).findings == []


@pytest.mark.stands("conference_1")
def test_without_an_exception_nothing_is_said_of_one(walk, browser):
    assert "It counts from" not in page(browser, walk)
