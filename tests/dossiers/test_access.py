"""Papers that go out: to whom, with which entry, and never when they were changed."""

import pytest
from django.http import Http404

from permissions.catalogue import Role
from permissions.checks import today
from permissions.errors import Refused
from permissions.grants import grant, revoke
from processes.audit.models import AuditEntry, Event
from processes.cases.models import Case
from processes.demo.stories import advance
from processes.demo.walk import PDF
from processes.dossiers.access import open_document
from processes.dossiers.store import Altered
from tests.dossiers.papers import add
from tests.world import SINCE, make_cadre, make_user


@pytest.fixture
def paper(case, world):
    return add(case, world["clerk"])


def downloads():
    return AuditEntry.objects.filter(event=Event.DOWNLOADED)


def test_who_may_see_the_case_gets_the_bytes_with_an_entry(paper, world):
    assert open_document(paper, by=world["head"]) == PDF
    entry = downloads().get()
    assert (entry.by, entry.role, entry.documents) == (world["head"], "unit_head", [paper.sha256])


def test_an_inspector_reads_every_paper_of_the_province(paper, world):
    assert open_document(paper, by=world["inspector"]) == PDF
    assert downloads().get().role == "inspector"


@pytest.mark.parametrize("name", ["stranger", "admin", "ic"])
def test_to_anybody_else_the_paper_does_not_exist(paper, world, name):
    with pytest.raises(Http404):
        open_document(paper, by=world[name])
    assert not downloads().exists()


def test_nobody_reads_on_after_the_role_has_ended(paper, world):
    holding = world["head"].holdings.get(role=Role.UNIT_HEAD)
    revoke(holding, by=world["admin"], on=today(), reason="Nghỉ hưu.")
    with pytest.raises(Http404):
        open_document(paper, by=type(world["head"]).objects.get(pk=world["head"].pk))


def test_a_paper_of_a_confidential_case_needs_clearance(case, paper, world):
    Case.objects.filter(pk=case.pk).update(secrecy="secret")
    colleague = make_user("colleague")
    grant(colleague, Role.UNIT_CLERK, case.unit, by=None, since=SINCE)
    with pytest.raises(Http404):
        open_document(paper, by=colleague)
    assert open_document(paper, by=world["head"]) == PDF


def test_the_candidate_does_not_read_the_own_dossier(case, paper, world):
    case.candidate = make_cadre(world.units["SNV"], world["party"])
    case.save()
    with pytest.raises(Refused, match="about you"):
        open_document(paper, by=world["party"])


@pytest.mark.parametrize("content", [PDF + b" ", b""])
def test_a_file_that_was_changed_is_handed_out_to_nobody(paper, world, folder, content):
    (folder / paper.file).write_bytes(content)
    with pytest.raises(Altered, match="administrator"):
        open_document(paper, by=world["head"])
    assert not downloads().exists()


def test_a_file_that_is_gone_is_said_to_be_gone(paper, world, folder):
    (folder / paper.file).unlink()
    with pytest.raises(Altered):
        open_document(paper, by=world["head"])


def test_the_same_bytes_uploaded_again_restore_a_file_that_was_changed(case, paper, world, folder):
    (folder / paper.file).write_bytes(b"%PDF-changed")
    add(case, world["clerk"])
    assert open_document(paper, by=world["head"]) == PDF


def test_minutes_of_a_result_that_is_not_announced_are_for_few(walk, world):
    advance(walk, "conference_3")
    minutes = walk.case.documents.get(item="vote_summary", step__startswith="c2/")
    with pytest.raises(Http404):
        open_document(minutes, by=world["head"])
    assert open_document(minutes, by=world["inspector"])


def test_minutes_of_an_announced_result_are_open_to_who_sees_the_case(walk, world):
    advance(walk, "conference_4")
    minutes = walk.case.documents.get(item="vote_summary", step__startswith="c3/")
    assert open_document(minutes, by=world["head"])
