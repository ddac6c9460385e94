"""An entry says in which role somebody acted: also of what comes of a step, and of readings."""

import pytest

from permissions.catalogue import TELLER, Role, role_name
from permissions.errors import Refused
from processes.audit.models import AuditEntry, Event
from processes.steps.actions import perform
from tests.dossiers.papers import add


def roles(**which):
    return {entry.role for entry in AuditEntry.objects.filter(by__isnull=False, **which)}


@pytest.mark.stands("promulgate")
def test_whatever_comes_of_a_step_is_done_in_the_role_of_the_step(walk):
    told = AuditEntry.objects.filter(case=walk.case, by__isnull=False)
    assert told.filter(event=Event.GENERATED).exists()
    assert sorted(told.filter(role="").values_list("event", "step")) == []


@pytest.mark.stands("promulgate")
def test_a_teller_counts_as_a_teller(walk):
    assert roles(event=Event.COUNTED) == {TELLER}


@pytest.mark.parametrize(
    ("who", "role"), [("clerk", Role.UNIT_CLERK), ("inspector", Role.INSPECTOR)]
)
def test_whoever_reads_a_case_reads_in_a_role(walk, world, browser, who, role):
    browser(who).get(f"/cases/{walk.case.pk}/")
    assert roles(event=Event.READ, by=world[who]) == {role}


def test_the_organization_committee_adds_papers_in_its_own_role(walk, world):
    walk.case.participants.create(unit=world.units["BTCTU"])
    add(walk.case, world["oc_clerk"], "committee_comment")
    assert roles(event=Event.UPLOADED) == {Role.OC_CLERK}


def test_the_partys_committee_adds_papers_in_its_own_role(walk, world):
    add(walk.case, world["party"], "committee_comment")
    assert roles(event=Event.UPLOADED) == {Role.UNIT_PARTY}


def test_a_page_is_refused_to_somebody_in_a_role_of_a_unit(world, browser):
    assert browser("party").get("/trail/").status_code == 403
    entry = AuditEntry.objects.get(event=Event.REFUSED, by=world["party"])
    assert (entry.role, entry.unit) == (Role.UNIT_PARTY, world.units["SNV"])


def test_a_task_is_refused_to_somebody_in_a_role_of_its_unit(walk, world):
    with pytest.raises(Refused):
        perform(walk.case.task_set.earliest("pk").pk, by=world["party"], data={})
    assert roles(event=Event.REFUSED) == {Role.UNIT_PARTY}


def test_whoever_has_no_role_there_is_refused_without_one(walk, world):
    with pytest.raises(Refused):
        perform(walk.case.task_set.earliest("pk").pk, by=world["stranger"], data={})
    assert roles(event=Event.REFUSED) == {""}


def test_whoever_takes_a_list_along_does_so_in_a_role(walk, world, browser):
    assert browser("inspector").get("/cases.csv").status_code == 200
    assert roles(event=Event.DOWNLOADED) == {Role.INSPECTOR}


@pytest.mark.parametrize("code", ["teller", "unit_clerk"])
def test_a_role_is_told_in_words(code):
    assert role_name(code) not in ("", code)
