"""Appoint a deputy and end the time: done, refused, twice, too late; nothing is removed."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.utils.translation import override

from permissions.catalogue import Role
from permissions.checks import today
from permissions.errors import Conflict, Refused
from permissions.grants import grant
from permissions.models import StandIn, User
from processes.audit.models import AuditEntry
from processes.cases.announce import rights_group
from processes.deputies.writers import Scope, appoint, end
from processes.dossiers.store import read
from tests.deputies.conftest import WHY, Appoint, days, paper
from tests.dossiers.papers import EXE, PDF
from tests.world import SINCE, World, make_user


def last() -> AuditEntry:
    return AuditEntry.objects.filter(chain=0).latest("seq")


def refused(appointing: Appoint, match: str, **said: Any) -> None:
    with override("en"), pytest.raises(ValidationError, match=match):
        appointing(**said)


def test_an_appointment_is_one_entry_with_both_and_the_document(
    world: World, deputy: User, stand_in: Appoint
) -> None:
    made, entry = stand_in(), last()
    assert (entry.event, entry.by, entry.reason) == ("deputed", world["oc_head"], WHY)
    assert (entry.facts["user"], entry.facts["other"]) == (deputy.pk, world["oc_head"].pk)
    assert entry.documents == [made.sha256]
    assert read(made.file, made.sha256, "x") == PDF


@pytest.mark.parametrize("by", ["deputy", "oc_clerk", "stranger", "inspector", "admin", "head"])
def test_nobody_else_appoints(stand_in: Appoint, by: str) -> None:
    with pytest.raises(Refused):
        stand_in(by=by)


def test_the_head_appoints_for_people_of_the_unit(
    world: World, deputy: User, stand_in: Appoint
) -> None:
    made = stand_in("oc_clerk", by="oc_head")
    assert (made.principal, made.appointed_by) == (world["oc_clerk"], world["oc_head"])
    assert last().role == "oc_head"


def test_a_deputy_appoints_no_further_deputy(world: World, deputy: User, stand_in: Appoint) -> None:
    stand_in(days=(0, 5))
    third = make_user("third")
    grant(third, Role.MEMBER, world.units["BTCTU"], by=None, since=SINCE)
    with override("en"), pytest.raises(Refused, match="a deputy does not"):
        stand_in("oc_head", by="deputy", whom=third, days=(6, 9))


@pytest.mark.parametrize(
    ("first", "last_day", "match"), [(-1, 3, "today or later"), (3, 2, "before the first")]
)
def test_days_that_cannot_be_are_refused(
    stand_in: Appoint, first: int, last_day: int, match: str
) -> None:
    refused(stand_in, match, days=(first, last_day))


def test_nobody_stands_in_for_themselves(world: World, stand_in: Appoint) -> None:
    refused(stand_in, "somebody else", whom=world["oc_head"])


def test_a_deputy_works_for_the_unit(world: World, stand_in: Appoint) -> None:
    refused(stand_in, "does not work for the unit", whom=world["stranger"])


def test_a_role_that_goes_with_no_other_bars_from_being_a_deputy(
    world: World, stand_in: Appoint
) -> None:
    refused(stand_in, "goes with no other role", whom=world["inspector"])


def test_whoever_has_no_tasks_has_no_deputy(world: World, deputy: User, stand_in: Appoint) -> None:
    with override("en"), pytest.raises(Refused, match="no tasks"):
        stand_in("inspector", whom=deputy)


def test_the_document_is_read_by_its_bytes(world: World, deputy: User) -> None:
    file = SimpleUploadedFile("uy-quyen.pdf", EXE)
    with pytest.raises(ValidationError):
        appoint(
            world["oc_head"], deputy, by=world["oc_head"], reason=WHY, document="x",
            issued_on=today(), file=file, scope=Scope(), **days(0, 1),
        )  # fmt: skip
    assert not StandIn.objects.exists()


def test_two_times_for_the_same_tasks_do_not_overlap(
    world: World, deputy: User, stand_in: Appoint
) -> None:
    stand_in(days=(0, 5))
    third = make_user("third")
    grant(third, Role.MEMBER, world.units["BTCTU"], by=None, since=SINCE)
    named = rf"{deputy} stands in for .* from {today():%d/%m/%Y}"
    refused(stand_in, named, whom=third, days=(5, 9))
    assert stand_in(whom=third, days=(6, 9)).pk


def test_other_tasks_have_another_deputy(world: World, deputy: User, stand_in: Appoint) -> None:
    flow = "processes/flows.{0}.{1}Flow"
    one, other = flow.format("rotation", "Rotation"), flow.format("sanction", "Sanction")
    stand_in(procedures=[one])
    assert stand_in(procedures=[other]).pk
    refused(stand_in, "already", procedures=[one, other])


@pytest.mark.parametrize("by", ["oc_head", "deputy"])
def test_either_of_the_two_ends_the_time_today(
    world: World, deputy: User, stand_in: Appoint, by: str
) -> None:
    made = stand_in()
    end(made, by=world[by], reason="Về sớm.")
    made.refresh_from_db()
    assert (made.ended_on, made.ended_by) == (today(), world[by])
    assert (last().event, last().reason) == ("deputy_ended", "Về sớm.")
    assert not StandIn.objects.in_force(today()).exists()


@pytest.mark.parametrize("by", ["stranger", "inspector", "oc_clerk"])
def test_nobody_else_ends_it(world: World, stand_in: Appoint, by: str) -> None:
    made = stand_in()
    with pytest.raises(Refused):
        end(made, by=world[by], reason="")
    assert StandIn.objects.in_force(today()).exists()


def test_ending_twice_is_a_conflict(world: World, stand_in: Appoint) -> None:
    made = stand_in()
    end(made, by=world["oc_head"], reason="")
    with pytest.raises(Conflict):
        end(made, by=world["oc_head"], reason="")


def test_a_time_that_is_over_is_not_ended(world: World, stand_in: Appoint) -> None:
    made = stand_in()
    yesterday = today() - timedelta(1)
    StandIn.objects.filter(pk=made.pk).update(valid_from=yesterday, valid_until=yesterday)
    with pytest.raises(Conflict):
        end(made, by=world["oc_head"], reason="")


def test_the_database_removes_none(stand_in: Appoint) -> None:
    made = stand_in()
    with pytest.raises(DatabaseError, match="History is kept"), transaction.atomic():
        StandIn.objects.filter(pk=made.pk)._raw_delete("default")


def test_the_file_lies_where_no_browser_reaches_it(stand_in: Appoint, settings: Any) -> None:
    made = stand_in()
    assert (settings.DOCUMENT_ROOT / made.file).read_bytes() == paper().read()


def test_the_open_pages_of_a_deputy_are_told_when_the_time_begins_and_when_it_ends(
    deputy: User, stand_in: Appoint, django_capture_on_commit_callbacks: Any
) -> None:
    layer, group = get_channel_layer(), rights_group(deputy.pk)

    async def next_told() -> Any:
        return (await asyncio.wait_for(layer.receive("test.rights"), 1))["group"]

    async_to_sync(layer.group_add)(group, "test.rights")
    with django_capture_on_commit_callbacks(execute=True):
        made = stand_in()
    assert async_to_sync(next_told)() == group
    with django_capture_on_commit_callbacks(execute=True):
        end(made, by=deputy, reason=WHY)
    assert async_to_sync(next_told)() == group
