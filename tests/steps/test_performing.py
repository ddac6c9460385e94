"""Perform a step: done, refused, twice, too late; and what bars a person."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from permissions.catalogue import Role
from permissions.errors import Conflict, Refused
from permissions.grants import grant
from permissions.sessions import PeopleBackend
from processes.audit.models import AuditEntry, Event
from processes.demo.stories import REQUEST, advance, hold
from processes.demo.walk import Walk
from processes.organisation.people import Cadre, Kinship
from processes.steps.actions import perform, take
from tests.world import SINCE, World, make_cadre, make_user

OK = {"outcome": "ok", "reason": ""}


def last(walk: Walk) -> AuditEntry:
    return AuditEntry.objects.filter(chain=walk.case.pk).latest("seq")


def entries(walk: Walk) -> int:
    return AuditEntry.objects.filter(chain=walk.case.pk).count()


@pytest.mark.stands("check_request")
def test_a_step_is_done_with_one_exact_entry(walk: Walk, world: World) -> None:
    advance(walk, "check_request")
    task, before = walk.task("check_request"), entries(walk)
    perform(task.pk, by=world["oc_clerk"], data=OK)
    entry = last(walk)
    assert entries(walk) == before + 1
    assert (entry.event, entry.outcome, entry.role) == (Event.CONCLUDED, "ok", "oc_clerk")
    assert (entry.case_id, entry.task, entry.edition) == (walk.case.pk, task.pk, walk.case.edition)


@pytest.mark.stands("check_request")
def test_a_refused_step_moves_nothing(walk: Walk, world: World) -> None:
    advance(walk, "check_request")
    with pytest.raises(Refused):
        perform(walk.task("check_request").pk, by=world["stranger"], data=OK)
    assert (walk.at, last(walk).event) == (["check_request"], Event.REFUSED)


@pytest.mark.stands("check_request")
def test_a_step_done_twice_is_a_conflict(walk: Walk, world: World) -> None:
    advance(walk, "check_request")
    task = walk.task("check_request")
    perform(task.pk, by=world["oc_clerk"], data=OK)
    with pytest.raises(Conflict):
        perform(task.pk, by=world["oc_clerk"], data=OK)
    assert walk.at == ["decide_policy"]


@pytest.mark.stands("check_request")
def test_performing_what_a_colleague_has_is_a_conflict_and_no_refusal(
    walk: Walk, world: World
) -> None:
    colleague = make_user("colleague")
    grant(colleague, Role.OC_CLERK, world.units["BTCTU"], by=None, since=SINCE)
    task = walk.task("check_request")
    take(task.pk, by=world["oc_clerk"])
    before = entries(walk)
    with pytest.raises(Conflict), override("en"):
        perform(task.pk, by=colleague, data=OK)
    assert entries(walk) == before


@pytest.mark.stands("check_request")
def test_performing_what_another_has_without_the_right_is_refused(walk: Walk, world: World) -> None:
    task = walk.task("check_request")
    take(task.pk, by=world["oc_clerk"])
    with pytest.raises(Refused) as refused:
        perform(task.pk, by=world["stranger"], data=OK)
    assert (last(walk).event, refused.value.entitled) == (Event.REFUSED, False)


def test_a_step_of_an_ended_case_is_too_late(walk: Walk, world: World) -> None:
    task = walk.task("request_policy")
    walk.do("request_policy", "withdraw", reason="Thôi.", **REQUEST)
    with pytest.raises(Conflict):
        perform(task.pk, by=world["clerk"], data=OK)


@pytest.mark.stands("check_request")
def test_an_unknown_outcome_is_refused(walk: Walk, world: World) -> None:
    advance(walk, "check_request")
    with pytest.raises(ValidationError):
        perform(walk.task("check_request").pk, by=world["oc_clerk"], data={"outcome": "signed"})


@pytest.mark.stands("check_request")
def test_a_held_case_stands_still(walk: Walk, world: World) -> None:
    hold(advance(walk, "check_request"))
    with pytest.raises(Refused):
        perform(walk.task("check_request").pk, by=world["oc_clerk"], data=OK)


@pytest.mark.stands("check_request")
def test_a_step_that_another_has_taken_is_a_conflict(walk: Walk, world: World) -> None:
    advance(walk, "check_request")
    task = walk.task("check_request")
    task.owner = world["oc_head"]
    task.save()
    with pytest.raises(Conflict):
        perform(task.pk, by=world["oc_clerk"], data=OK)


def on_the_roster(world: World, name: str) -> Cadre:
    cadre = world.candidates[0]
    cadre.user = world[name]
    cadre.save()
    return cadre


@pytest.mark.stands("conference_1")
def test_nobody_acts_in_their_own_case(walk: Walk, world: World) -> None:
    on_the_roster(world, "sc_clerk")
    advance(walk, "conference_1")
    walk.case.candidate = world.candidates[0]
    walk.case.save()
    task = walk.task("conference_1")
    grant(world["sc_clerk"], Role.UNIT_CLERK, world.units["SNV"], by=None, since=SINCE)
    with override("en"):
        assert "about you" in task.flow_task.why_not(world["sc_clerk"], task)


@pytest.mark.stands("check_dossier")
def test_nobody_acts_in_a_relatives_case(walk: Walk, world: World) -> None:
    advance(walk, "check_dossier")
    clerk = make_cadre(world.units["BTCTU"], world["oc_clerk"])
    Kinship.objects.create(cadre=clerk, relative=walk.case.candidate, relation="anh em ruột")
    with override("en"), pytest.raises(Refused, match="relative"):
        walk.do("check_dossier", "complete", by=world["oc_clerk"])


@pytest.mark.stands("check_request")
def test_whoever_prepared_a_paper_does_not_approve_it(walk: Walk, world: World) -> None:
    advance(walk, "check_request")
    grant(world["clerk"], Role.OC_CLERK, world.units["BTCTU"], by=None, since=SINCE)
    with override("en"), pytest.raises(Refused, match="prepared"):
        walk.do("check_request", "ok", by=world["clerk"])


@pytest.mark.stands("appraise")
def test_whoever_checked_the_dossier_does_not_appraise_it(walk: Walk, world: World) -> None:
    grant(world["oc_clerk"], Role.OC_HEAD, world.units["BTCTU"], by=None, since=SINCE)
    advance(walk, "appraise")
    with override("en"), pytest.raises(Refused, match="prepared"):
        walk.do("appraise", "recommend", by=world["oc_clerk"], report="Tốt.")


@pytest.mark.stands("check_request")
def test_a_superuser_is_refused_like_anybody(walk: Walk, world: World) -> None:
    world["admin"].is_superuser = world["admin"].is_staff = True
    world["admin"].save()
    advance(walk, "check_request")
    with pytest.raises(Refused):
        perform(walk.task("check_request").pk, by=world["admin"], data=OK)


def test_taking_and_deciding_sends_few_statements(walk: Walk, world: World) -> None:
    """Two people's requests, two entries, the next task with its deadline: stock sends 22.

    PostgreSQL takes the task and what goes with it as one statement.
    """
    task = advance(walk, "check_request").task("check_request").pk
    person = PeopleBackend().get_user
    with CaptureQueriesContext(connection) as sent:
        take(task, by=person(world["oc_clerk"].pk))
        perform(task, by=person(world["oc_clerk"].pk), data={"outcome": "ok"})
    assert len(sent) <= (21 if connection.vendor == "postgresql" else 26)
