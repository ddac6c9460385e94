"""A search shows what a person may see, and nothing by which they could guess the rest."""

from typing import Any

import pytest

from permissions.catalogue import Role
from permissions.grants import grant
from permissions.models import User
from processes.cases.models import Case
from processes.conferences.queries import result_visible_to
from processes.dossiers.models import Document
from processes.dossiers.steps import meeting_of
from processes.organisation.people import Kinship
from processes.search.finding import find
from processes.search.models import Kind
from tests.world import SINCE, World, make_cadre, make_user

pytestmark = pytest.mark.stands("appraise")


def found(user: User, text: str, kind: Kind) -> list[Any]:
    """What the next request of the person finds."""
    groups = find(User.objects.get(pk=user.pk), text, each=50).groups
    return [one for group in groups if group.kind == kind for one in group.found]


@pytest.mark.parametrize("who", ["clerk", "head", "oc_clerk", "ic", "sc_clerk", "inspector"])
def test_a_case_is_found_by_whoever_may_know_of_it(standing: Case, world: World, who: str) -> None:
    for text in (standing.code, str(standing.candidate), "pho giam doc co quan"):
        assert found(world[who], text, Kind.CASE) == [standing]


@pytest.mark.parametrize("who", ["stranger", "admin"])
def test_a_stranger_finds_neither_the_case_nor_its_papers(
    standing: Case, world: World, who: str
) -> None:
    paper = standing.documents.earliest("pk")
    for text in (standing.code, str(standing.candidate), paper.title):
        groups = find(world[who], text, each=5).groups
        assert [g.kind for g in groups if g.kind in (Kind.CASE, Kind.DOCUMENT)] == []


def test_a_confidential_case_is_found_by_the_cleared_only(standing: Case, world: World) -> None:
    colleague = make_user("colleague")
    grant(colleague, Role.UNIT_CLERK, world.units["SNV"], by=None, since=SINCE)
    assert found(colleague, standing.code, Kind.CASE) == [standing]
    Case.objects.filter(pk=standing.pk).update(secrecy=Case.Secrecy.SECRET)
    assert found(colleague, standing.code, Kind.CASE) == []
    assert found(world["clerk"], standing.code, Kind.CASE) == [standing]


@pytest.mark.parametrize("tie", ["own", "kin"])
def test_nobody_finds_their_own_case_or_a_relatives(standing: Case, world: World, tie: str) -> None:
    head, candidate = world["oc_head"], standing.candidate
    paper = standing.documents.earliest("pk")
    assert found(head, paper.title, Kind.DOCUMENT)
    if tie == "own":
        candidate.user = head
        candidate.save()
    else:
        relative = make_cadre(world.units["BTCTU"], head)
        Kinship.objects.create(cadre=candidate, relative=relative, relation="chị ruột")
    assert found(head, standing.code, Kind.CASE) == found(head, paper.title, Kind.DOCUMENT) == []


def test_a_relatives_record_is_not_found_and_ones_own_is(standing: Case, world: World) -> None:
    relative = world.candidates[1]
    own = make_cadre(world.units["BTCTU"], world["oc_head"])
    Kinship.objects.create(cadre=own, relative=relative, relation="chị ruột")
    assert found(world["oc_head"], relative.code, Kind.CADRE) == []
    assert found(world["oc_head"], own.code, Kind.CADRE) == [own]
    assert found(world["oc_clerk"], relative.code, Kind.CADRE) == [relative]


@pytest.mark.parametrize(
    ("who", "of_unit", "of_other"),
    [("head", True, False), ("oc_clerk", True, True), ("inspector", True, True),
     ("clerk", False, False), ("admin", False, False)],
)  # fmt: skip
def test_cadres_are_found_as_far_as_the_right_to_their_records_reaches(
    standing: Case, world: World, who: str, of_unit: bool, of_other: bool
) -> None:
    here, there = world.candidates[0], make_cadre(world.units["STC"])
    reached = [bool(found(world[who], cadre.code, Kind.CADRE)) for cadre in (here, there)]
    assert reached == [of_unit, of_other]


@pytest.mark.parametrize(
    ("who", "units"),
    [("clerk", {"SNV"}), ("stranger", {"STC"}), ("oc_head", {"SNV", "STC"}), ("secretary", set())],
)
def test_units_and_positions_are_found_by_whoever_sees_their_staffing(
    standing: Case, world: World, who: str, units: set[str]
) -> None:
    codes = {unit.code for unit in found(world[who], "co quan", Kind.UNIT)}
    assert codes & {"SNV", "STC"} == units
    posts = found(world[who], "pho giam doc", Kind.POSITION)
    assert {post.unit.code for post in posts} == units & {"SNV"}


def test_accounts_are_found_by_administrators_only(standing: Case, world: World) -> None:
    assert found(world["admin"], "oc_clerk", Kind.ACCOUNT) == [world["oc_clerk"]]
    assert found(world["oc_head"], "oc_clerk", Kind.ACCOUNT) == []


@pytest.mark.stands("conference_3")
def test_count_minutes_are_found_by_whoever_may_see_the_result(
    standing: Case, world: World
) -> None:
    (minutes,) = standing.documents.filter(item="vote_summary")[:1]
    meeting = meeting_of(standing, minutes.step)
    for who in ("clerk", "oc_clerk", "head", "inspector"):
        seen = minutes in found(world[who], minutes.title, Kind.DOCUMENT)
        assert seen == result_visible_to(meeting, world[who])


def test_who_had_a_task_in_a_case_finds_it_without_any_role(standing: Case, world: World) -> None:
    guest = make_user("guest")
    assert found(guest, standing.code, Kind.CASE) == []
    standing.task_set.filter(owner__isnull=True).update(owner=guest)
    standing.task_set.filter(finished__isnull=True).update(owner=guest)
    assert found(guest, standing.code, Kind.CASE) == [standing]


def test_of_several_versions_of_a_paper_the_latest_is_shown(standing: Case, world: World) -> None:
    paper = standing.documents.exclude(item="vote_summary").latest("pk")
    for version in (80, 81):
        paper.pk, paper.version, paper.title = None, version, "Phiếu bổ sung"
        paper.save()
    (shown,) = found(world["oc_clerk"], "phieu bo sung", Kind.DOCUMENT)
    assert shown == Document.objects.latest("pk")


def test_a_slip_of_the_pen_finds_what_was_meant(standing: Case, world: World) -> None:
    near = find(world["oc_clerk"], "nguyxn", each=5)
    assert (near.near, near.text) == (True, "nguyen")
    assert standing in next(g.found for g in near.groups if g.kind is Kind.CASE)


def test_nothing_near_is_said_of_what_the_person_may_not_see(standing: Case, world: World) -> None:
    assert find(world["stranger"], "nguyxn", each=5).near is False


@pytest.mark.parametrize("text", ["", " ", "a", "«»", "'; DROP", "a:* | !b", '"x" OR *', "\x00"])
def test_whatever_is_typed_is_no_error(standing: Case, world: World, text: str) -> None:
    assert find(world["clerk"], text, each=5).number >= 0
